# SPDX-License-Identifier: GPL-2.0-only
"""Copies of the source to build packages in: what git has, or what a tarball had."""

import os
import pathlib
import re
import shutil
import subprocess

from machine import PROGRAM, SOURCE

VERSION = re.search(r"^\tversion: '(.*)',$", (SOURCE / "meson.build").read_text(), re.M)[1]
BUILD = pathlib.Path(PROGRAM).parent.parent

# What a developer's shell may hold must not change what is built.
ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def of_git():
    """The names of git's files, new ones too; None where this is no checkout."""
    def git(*arguments):
        return subprocess.run(["git", "-C", SOURCE, *arguments], capture_output=True, text=True,
                              check=False)
    if not shutil.which("git"):
        return None
    top = git("rev-parse", "--show-toplevel")
    if top.returncode or pathlib.Path(top.stdout.strip()).resolve() != SOURCE.resolve():
        return None
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return [name for name in listed.stdout.split("\0") if name] if not listed.returncode else None


def of_folder():
    """All files but those of builds."""
    for folder, folders, files in os.walk(SOURCE):
        folders[:] = [name for name in folders
                      if not re.match(r"build|obj-|\.git$|__pycache__$", name)]
        yield from (os.path.relpath(os.path.join(folder, name), SOURCE) for name in files)


def copy(target, mtime=None):
    """Below @target, which is made; with @mtime all files are of that time."""
    for name in sorted(of_git() or of_folder()):
        if not os.path.lexists(SOURCE / name):
            continue  # removed, and not yet committed
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SOURCE / name, path, follow_symlinks=False)
        if mtime:
            os.utime(path, (mtime, mtime), follow_symlinks=False)
    return target


def run(command, folder, environment=None, timeout=600):
    """A command, or a line for a shell; (exit status, stdout and stderr as they came)."""
    result = subprocess.run(command, cwd=folder, shell=isinstance(command, str), text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False,
                            stderr=subprocess.STDOUT, env={**ENVIRONMENT, **(environment or {})},
                            timeout=timeout, errors="replace")
    return result.returncode, result.stdout


def tail(text, count=30):
    return "".join(f"# {line}\n" for line in text.splitlines()[-count:])


def missing(*tools):
    return [tool for tool in tools if not shutil.which(tool)]
