# SPDX-License-Identifier: GPL-2.0-only
"""Debian's kernels, by series: the newest that can be downloaded of each."""

import os
import pathlib
import re
import subprocess
from dataclasses import dataclass

import apt
import cache

# One for each rule that Debian's kernels have had (cxl-sr-rules(7)), and the newest.
SERIES = ("6.1", "6.12", "6.18", "7.2", "7.3")

# A flavour without further words: not cloud, not rt.
PACKAGE = re.compile(r"linux-(image|binary)-(\d+\.\d+\.\d+(?:-\d+|\+deb\d+(?:\.\d+)?))-amd64")


@dataclass(frozen=True)
class Kernel:
    series: str
    release: str
    image: pathlib.Path
    modules: pathlib.Path  # lib/modules/RELEASE, with the indexes that depmod makes


class Missing(Exception):
    """No kernel of that series can be had; says why."""


def _numbers(release):
    return [int(number) for number in re.findall(r"\d+", release)]


def _releases(series):
    """What apt knows of the series: release, kind of package; the newest first."""
    found = {}
    for name in apt.search(rf"^linux-(image|binary)-{re.escape(series)}\..*-amd64$"):
        match = PACKAGE.fullmatch(name)
        if match:
            found.setdefault(match[2], set()).add(match[1])
    return sorted(found.items(), key=lambda item: _numbers(item[0]), reverse=True)


def _packages(release, kinds):
    """Up to v6.18 one package holds all; later ones are three."""
    if "binary" in kinds:
        return [f"linux-{part}-{release}-amd64" for part in ("binary", "modules", "base")]
    return [f"linux-image-{release}-amd64"]


def _index(folder):
    """Makes what the packages' scripts would make when they are installed."""
    usr = folder / "usr/lib/modules"
    if usr.is_dir() and not (folder / "lib").exists():
        (folder / "lib").symlink_to("usr/lib")
    for modules in (folder / "lib/modules").iterdir():
        subprocess.run(["depmod", "-b", folder, modules.name], check=True,
                       env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"})


def _get(series, folder):
    apt.update()
    for release, kinds in _releases(series):
        if all(apt.unpack(package, folder) for package in _packages(release, kinds)):
            _index(folder)
            return
    raise Missing(f"no package of Linux {series} can be downloaded")


def _kernel(series, folder):
    modules = next((folder / "lib/modules").iterdir())
    image = next(path for path in (folder / f"boot/vmlinuz-{modules.name}",
                                   modules / "vmlinuz") if path.is_file())
    return Kernel(series, modules.name, image, modules)


def get(series):
    """The kernel of @series, from the cache where it is there; raises Missing."""
    folder = cache.folder() / "kernels" / series
    try:
        cache.made(folder, lambda work: _get(series, work))
    except apt.Failed as error:
        raise Missing(str(error)) from error
    return _kernel(series, folder)


