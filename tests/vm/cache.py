# SPDX-License-Identifier: GPL-2.0-only
"""The folder that outlives a checkout: packages, unpacked kernels, apt's lists."""

import contextlib
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


@contextlib.contextmanager
def _locked():
    """Keeps the other threads and a second run off the cache."""
    folder().mkdir(parents=True, exist_ok=True)
    with open(folder() / "lock", "w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # of this open file, so between threads as well
        yield


def made(path, make):
    """@path, made by make(folder) where it is not there yet; what failed leaves nothing."""
    with _locked():
        if not path.exists():
            work = path.with_name(path.name + ".new")
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(parents=True)
            make(work)
            work.rename(path)
    return path
