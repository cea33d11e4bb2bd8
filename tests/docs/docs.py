# SPDX-License-Identifier: GPL-2.0-only
"""What the checks of documents share: what the program says of itself, man pages, the end."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
CAPTURES = SOURCE / "tests/captures"
MAN = SOURCE / "man"

# What a developer's shell may hold must not change what a test sees.
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **{
    name: value for name, value in os.environ.items()
    if name.startswith(("ASAN_", "UBSAN_", "LSAN_"))}}

faults = []


def fault(text):
    faults.append(text)


def same(what, got, want):
    """A fault for each thing that only one of two lists or sets has, or for their order."""
    for item in want:
        if item not in got:
            fault(f"{what}: {item} is missing")
    for item in got:
        if item not in want:
            fault(f"{what}: {item} does not exist")
    for item in {item for item in got if list(got).count(item) > 1}:
        fault(f"{what}: {item} is there twice")
    if not isinstance(got, (set, frozenset)) and set(got) == set(want) and list(got) != list(want):
        fault(f"{what}: the order is {list(got)}, should be {list(want)}")


def finish():
    for text in faults:
        print(text)
    sys.exit(1 if faults else 0)


def skip(text):
    print(text)
    sys.exit(77)


def run(*arguments, folder=SOURCE, program=PROGRAM):
    """Runs the program, or another one; the completed process, with texts."""
    return subprocess.run([program, *arguments], cwd=folder, env=ENVIRONMENT, timeout=120,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def report(*arguments, folder=CAPTURES, command="report"):
    """
    What a command prints of a capture; ends the test where captures cannot be read here. The
    status of `check` is its verdict, and that of `diff` may tell of differences.
    """
    result = run(command, *arguments, folder=folder)
    if "namespaces are refused here" in result.stderr + result.stdout:
        skip(f"no captures, so nothing was compared: {result.stderr.strip()}")
    # Which standard error repeats, with what is missing.
    told = result.stdout.startswith("Partial report:")
    messages = [line for line in result.stderr.splitlines()
                if not (told and line.startswith("cxl-sr: this report is partial: "))]
    allowed = {"check": range(256), "diff": (0, 1)}.get(command, (0,))
    if result.returncode not in allowed or messages:
        print(f"cxl-sr {command} {' '.join(arguments)}: exit {result.returncode}: {result.stderr}")
        sys.exit(1)
    return result.stdout


def pipeline(line, folder):
    """What a line of the shell prints that runs the program, as cxl-sr, on a capture."""
    with tempfile.TemporaryDirectory() as path:
        (pathlib.Path(path) / "cxl-sr").symlink_to(PROGRAM)
        result = subprocess.run(["sh", "-c", line], cwd=folder, timeout=120, text=True,
                                env={**ENVIRONMENT, "PATH": f"{path}:{ENVIRONMENT['PATH']}"},
                                stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if "namespaces are refused here" in result.stderr:
        skip(f"no captures, so nothing was compared: {result.stderr.strip()}")
    if result.returncode or result.stderr:
        print(f"{line}: exit {result.returncode}: {result.stderr}")
        sys.exit(1)
    return result.stdout


def commands():
    return run("--list-cmds").stdout.split()


def code_list():
    """What explain --list says as JSON, and {group: [codes]} of what it says as text."""
    groups = {}
    for line in run("explain", "--list").stdout.splitlines():
        if re.fullmatch(r"[A-Z][a-z].*:", line):
            groups[line[:-1]] = []
        elif re.fullmatch(r"[A-Z_]+ \(.*\)", line):
            groups[list(groups)[-1]].append(line.split()[0])
    return json.loads(run("explain", "--list", "--json").stdout), groups


def of_code(code):
    """What stands in cxl-sr-codes(7) below the sentence of @code and what is said of it."""
    return f"Problem of: {code['owner']}. Next: {code['action']}."


class Help:
    """--help of the program or of a command, taken apart."""

    def __init__(self, *command):
        self.text = run(*command, "--help").stdout
        self.options = re.findall(r"^ ((?:-\w, |    )--[\w-]+(?:\[=\w+\]| [A-Z]+)?)  ",
                                  self.text, re.M)
        self.options = [option.strip() for option in self.options]
        columns = re.findall(r"^ ([* ])([A-Z]+) +\S", self.text, re.M)
        self.columns = [name for _, name in columns]
        self.default_columns = [name for mark, name in columns if mark == "*"]
        self.commands = re.findall(r"^ ([a-z][\w-]*) ", self.text, re.M)
        line = re.search(r"^Exit status: (.*?)\.$", self.text, re.M | re.S)
        self.exit_status = re.findall(r"\b(\d+)\s", line[1]) if line else []
        wrong_use = re.search(r"\b(\d+) [^,]*wrong use", line[1]) if line else None
        self.wrong_use = int(wrong_use[1]) if wrong_use else 1
        self.rules = re.findall(r"^  ([a-z][a-z-]*)  +\S", self.text, re.M)

    def names(self):
        """The long options alone."""
        return [re.search(r"--[\w-]+", option)[0] for option in self.options]


class Page:
    """A man page in asciidoc: its sections, and the entries ("label::") in each of them."""

    def __init__(self, path):
        self.text = path.read_text()
        self.sections = {}
        name = None
        for line in self.text.splitlines():
            heading = re.match(r"={2,3} (.*)", line)
            if heading:
                name = heading[1]
                self.sections[name] = []
            elif name:
                self.sections[name].append(line)

    def entries(self, section):
        """[(label without marks, its text in one line)] of a section."""
        found = []
        for line in self.sections.get(section, []):
            if line.endswith("::"):
                label = re.sub(r"\*|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)", "", line[:-2])
                found.append([label, ""])
            elif found:
                found[-1][1] = f"{found[-1][1]} {line}".strip()
        if not found:
            fault(f"section {section} is missing or has no entries")
        return found

    def labels(self, section):
        return [label for label, _ in self.entries(section)]


def pages():
    return {path.name.removesuffix(".adoc"): Page(path) for path in sorted(MAN.glob("*.adoc"))}
