# SPDX-License-Identifier: GPL-2.0-only
"""
The libraries that a program needs to be run in another root: those that it is linked with, and
those of which it has a note that it loads them (lib/libraries), which ldd does not show.
"""

import functools
import json
import pathlib
import re
import subprocess


class Absent(Exception):
    """A library is not installed; says which."""


def _output(*command):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout


def _linked(path):
    return {pathlib.Path(name) for name in re.findall(r"(?:=> |^\s+)(/\S+) \(0x",
                                                      _output("ldd", path), re.M)}


def loaded(path):
    """The sonames in the notes of dlopen(3)."""
    notes = re.findall(rb'\[\{"feature".*?\}\](?=\0)', pathlib.Path(path).read_bytes())
    return sorted(soname for note in notes for item in json.loads(note)
                  for soname in item["soname"])


def _find(soname):
    """As the loader does."""
    match = re.search(rf"^\s*{re.escape(soname)} .*=> (\S+)$", _output("/sbin/ldconfig", "-p"),
                      re.M)
    if not match:
        raise Absent(f"{soname} is not installed")
    return pathlib.Path(match[1])


@functools.cache
def needed(path):
    """All of them, with what they need themselves; raises Absent."""
    libraries = {_find(soname) for soname in loaded(path)}
    return sorted(_linked(path).union(libraries, *map(_linked, libraries)))
