# SPDX-License-Identifier: GPL-2.0-only
"""What the style checks share: the files of the tree, and how a check ends."""

import pathlib
import re
import sys

C_FOLDERS = ("lib", "cxl-sr", "tests")


def root():
    return pathlib.Path(sys.argv[1]).resolve()


def build():
    return pathlib.Path(sys.argv[2]).resolve()


def files(folder):
    """All files below @folder, sorted, without build folders and git's."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            if not re.match(r"build|\.git$|__pycache__$", path.name):
                yield from files(path)
        elif path.is_file():
            yield path


def c_files(*folders, suffixes=(".c", ".h")):
    for folder in folders or C_FOLDERS:
        for path in files(root() / folder):
            if path.suffix in suffixes:
                yield path


def name(path):
    return path.relative_to(root()).as_posix()


def interpreter(path):
    """The interpreter in the first line of a script, without its folder; None elsewhere."""
    with path.open("rb") as file:
        line = file.readline(200)
    match = re.match(rb"#!\s*(\S+)((?:\s+\S+)*)", line)
    if not match:
        return None
    words = [match[1].decode().rsplit("/", 1)[-1]] + match[2].decode().split()
    while len(words) > 1 and (words[0] == "env" or words[0].startswith("-")):
        words.pop(0)
    return words[0]


def without_comments(text):
    """C text with its comments and the inside of its strings blanked, line numbers kept."""
    token = re.compile(
        r'/\*.*?\*/|//[^\n]*|(?<=include )"[^"\n]*"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S
    )

    def blank(match):
        found = match[0]
        if found[0] == "/":
            return "\n" * found.count("\n")
        previous = text[: match.start()].rsplit("\n", 1)[-1]
        return found if previous.strip().startswith("#include") else '""'

    return token.sub(blank, text)


def finish(faults):
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} found", file=sys.stderr)
    sys.exit(1 if faults else 0)
