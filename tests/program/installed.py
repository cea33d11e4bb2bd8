# SPDX-License-Identifier: GPL-2.0-only
"""
What `meson install` installs: expected-install.txt, one file a line, with its mode and the
option of meson that names its folder.
"""

import pathlib
import stat

LIST = pathlib.Path(__file__).parent / "expected-install.txt"
HEAD = "# tests/program/check-install PROGRAM . --write makes this anew.\n"

# In this order: the first that has the file names it.
OPTIONS = ("bindir", "mandir", "datadir", "sysconfdir", "prefix")
USR = {"bindir": "/usr/bin", "mandir": "/usr/share/man", "datadir": "/usr/share",
       "sysconfdir": "/etc", "prefix": "/usr"}


def files(root):
    """{path below @root, with a slash before it: mode} of all files that are there."""
    return {f"/{path.relative_to(root)}": stat.S_IMODE(path.lstat().st_mode)
            for path in sorted(root.rglob("*")) if not path.is_dir() or path.is_symlink()}


def in_one_usr(path):
    """Some systems have the units of /usr in /lib."""
    return f"/usr{path}" if path.startswith("/lib/systemd/") else path


def named(found, folders):
    """The lines of the list for what was @found."""
    lines = []
    for path, mode in found.items():
        path = in_one_usr(path)
        option = next(option for option in OPTIONS if path.startswith(f"{folders[option]}/"))
        lines.append(f"{mode:04o} {option}{path.removeprefix(folders[option])}")
    return sorted(lines, key=lambda line: line.split()[1])


def expected():
    return [line for line in LIST.read_text().splitlines() if not line.startswith("#")]


def in_usr():
    """The paths for a package."""
    paths = (line.split()[1].split("/", 1) for line in expected())
    return [f"{USR[option]}/{rest}" for option, rest in paths]
