# SPDX-License-Identifier: GPL-2.0-only
"""What the analysers share: the files that the program is made of, and how each is compiled."""

import json
import os
import pathlib
import shlex
import sys

SOURCE, BUILD = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
AT_ONCE = max(2, os.cpu_count() or 1)


def skip(why):
    print(why)
    sys.exit(77)


def without_output(words):
    words = iter(words)
    for word in words:
        if word in ("-MQ", "-MF", "-o", "-c"):
            next(words)
        elif word != "-MD":
            yield word


def commands():
    """Each C file of lib/ and cxl-sr/ once, and the words that compile it, without its output."""
    found = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        path = (BUILD / entry["file"]).resolve()
        if path.suffix == ".c" and {SOURCE / "lib", SOURCE / "cxl-sr"} & set(path.parents):
            found[path] = list(without_output(shlex.split(entry["command"])))
    if len(found) < 100:
        sys.exit(f"{BUILD}: only {len(found)} files of lib/ and cxl-sr/ are compiled there")
    return sorted(found.items())


def finish(outputs):
    """@outputs: what was said of each file, "" where nothing was found."""
    outputs = [text for text in outputs if text]
    print("\n".join(outputs))
    sys.exit(f"{len(outputs)} files with findings" if outputs else 0)
