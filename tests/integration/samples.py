# SPDX-License-Identifier: GPL-2.0-only
"""
What the checks of contrib/ share: machines to run a sample on, and what contrib/README.md shows.
CHECK PROGRAM SOURCE --write writes the latter anew: read the diff.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

import machine
import tap

CONTRIB = machine.SOURCE.resolve() / "contrib"
WRITE = sys.argv[3:] == ["--write"]

_folder = tempfile.TemporaryDirectory(prefix="cxl-sr-samples.")
FOLDER = pathlib.Path(_folder.name)
# Servers and ordinary users of the checks get at it, too.
FOLDER.chmod(0o755)

# A machine of which nothing can be read.
NOTHING = FOLDER / "nothing"
NOTHING.mkdir()


def capture(name):
    return machine.CAPTURES / f"{name}.tgz"


def script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}")
    path.chmod(0o755)
    return path


def command_on(sysroot):
    """A folder for PATH, in which cxl-sr is the program on @sysroot."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bin.", dir=FOLDER))
    folder.chmod(0o755)
    script(folder / "cxl-sr", 'command=$1\nshift\n'
           f'exec {machine.PROGRAM} "$command" --sysroot {sysroot} "$@"\n')
    return folder


def run(command, *folders, **settings):
    """Runs @command with @folders in front of PATH."""
    environment = {**machine.ENVIRONMENT, **settings.pop("environment", {})}
    environment["PATH"] = ":".join([*map(str, folders), environment["PATH"], "/usr/sbin"])
    return subprocess.run([*map(str, command)], env=environment, stdin=subprocess.DEVNULL,
                          timeout=120, text=True, capture_output=True, check=False, **settings)


def shown(name, text):
    """@text is what contrib/README.md shows between the marks of @name."""
    path = CONTRIB / "README.md"
    readme = path.read_text()
    block = re.search(f"(<!-- shown: {name} -->\n)(.*?)(<!-- shown end -->)", readme, re.S)
    if WRITE:
        wanted = "\n" + textwrap.indent(text.rstrip("\n") + "\n", "    ") + "\n"
        path.write_text(readme[:block.start(2)] + wanted + readme[block.end(2):])
        return
    tap.same(textwrap.dedent(block[2]).strip("\n") if block else None, text.strip("\n"),
             f"contrib/README.md shows {name} as it is")


def as_shell(command, output):
    return f"$ {command}\n{output}"
