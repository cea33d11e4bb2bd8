# SPDX-License-Identifier: GPL-2.0-only
"""The folder that outlives a checkout: packages, unpacked kernels, apt's lists."""

import fcntl
import os
import pathlib
import shutil


def folder():
    """$CXL_SR_VM_CACHE, else where the XDG Base Directory Specification puts caches."""
    own = os.environ.get("CXL_SR_VM_CACHE")
    if own:
        return pathlib.Path(own)
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return pathlib.Path(home) / "cxl-sr/vm"


def lock():
    """Keeps a second run off the cache until the returned file is closed."""
    folder().mkdir(parents=True, exist_ok=True)
    file = open(folder() / "lock", "w", encoding="ascii")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def made(path, make):
    """@path, made by make(folder) where it is not there yet; what failed leaves nothing."""
    if not path.exists():
        work = path.with_name(path.name + ".new")
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        make(work)
        work.rename(path)
    return path
