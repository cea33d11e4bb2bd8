# SPDX-License-Identifier: GPL-2.0-only
"""
Packages of npm/package.json, as npm/package-lock.json pins them, in a folder outside of the
checkout: $CXL_SR_NPM_CACHE, or ~/.cache/cxl-sr/npm. What is there is not fetched again.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

LISTS = pathlib.Path(__file__).parent / "npm"
NAMES = ("package.json", "package-lock.json")


class Missing(Exception):
    """Why the packages are not there."""


def cache():
    return pathlib.Path(os.environ.get("CXL_SR_NPM_CACHE") or
                        pathlib.Path.home() / ".cache/cxl-sr/npm")


def install(target):
    """Beside @target first, so that what is half installed is never taken for it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new.", dir=target.parent) as folder:
        work = pathlib.Path(folder) / "packages"
        work.mkdir()
        for name in NAMES:
            shutil.copy(LISTS / name, work)
        try:
            result = subprocess.run(
                ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts",
                 "--fetch-retries=1", "--fetch-timeout=60000"],
                cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                timeout=300)
        except subprocess.TimeoutExpired as error:
            raise Missing("npm took more than 300 seconds") from error
        if result.returncode:
            lines = [line for line in result.stderr.splitlines() if line.strip()]
            raise Missing(f"npm could not fetch them: {lines[0] if lines else 'no reason given'}")
        try:
            work.rename(target)
        except OSError:  # another test was quicker
            if not target.is_dir():
                raise


def modules():
    """The folder node_modules; raises Missing."""
    for tool in ("node", "npm"):
        if not shutil.which(tool):
            raise Missing(f"{tool} is not installed")
    pinned = hashlib.sha256(b"".join((LISTS / name).read_bytes() for name in NAMES))
    target = cache() / pinned.hexdigest()[:16]
    if not target.is_dir():
        install(target)
    return target / "node_modules"
