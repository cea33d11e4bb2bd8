# SPDX-License-Identifier: GPL-2.0-only
"""
Examples: man/examples/*.txt, and the blocks of README.md between "<!-- example: ... -->" and
"<!-- example end -->". Each begins with its command; what follows is what that prints.
"""

import re
import shlex
import sys
import textwrap

import docs

sys.path.append(str(docs.SOURCE / "tests/program"))
import watched

README = docs.SOURCE / "README.md"
LICENCE = "# SPDX-License-Identifier: GPL-2.0-only\n"
BLOCK = re.compile(r"(<!-- example: (.*?) -->\n)(.*?)(<!-- example end -->)", re.S)


def output(line, folder):
    """@line with what it prints; not for a terminal, so 80 columns wide."""
    words = shlex.split(line)
    if words[0] != "cxl-sr" or words[1] not in docs.commands():
        raise SystemExit(f"not an example of a command of cxl-sr: {line}")
    if words[1] == "watch":
        return f"$ {line}\n{watched.example()}"
    if "|" in words:
        return f"$ {line}\n{docs.pipeline(line, folder)}"
    return f"$ {line}\n{docs.report(*words[2:], folder=folder, command=words[1])}"


def of_man():
    """
    (path, text, what it should be) of each example; the captures are in its folder. Those of
    other tools are made and held by a check in tests/integration, which starts these.
    """
    for path in sorted((docs.MAN / "examples").glob("*.txt")):
        text = path.read_text()
        line = re.search(r"^\$ (.*)$", text, re.M)
        if not line:
            raise SystemExit(f"{path.name}: has no line that begins with $")
        if path.stem == "watch" and watched.why_impossible():
            print(f"{path.name}: {watched.why_impossible()}")
            yield path, text, text
            continue
        own = line[1].startswith("cxl-sr ")
        yield path, text, LICENCE + output(line[1], docs.CAPTURES) if own else text


def of_readme(text):
    """(match, text without indent and fence, what it should be) of each block."""
    for match in BLOCK.finditer(text):
        block = re.sub(r"^```.*\n", "", textwrap.dedent(match[3]), flags=re.M)
        yield match, block.strip("\n") + "\n", output(f"cxl-sr {match[2]}", docs.SOURCE)
