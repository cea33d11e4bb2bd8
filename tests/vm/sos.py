# SPDX-License-Identifier: GPL-2.0-only
"""
Debian's sos in a root of its own, of another Debian than this machine's: what it needs to
run, and the tools whose output it keeps.
"""

import io
import lzma
import os
import pathlib
import re
import subprocess
import tarfile

import apt
import cache
from cpio import Cpio

SUITE = "trixie"  # the first whose sos has the plugin cxl
PACKAGES = ("sosreport", "cxl", "daxctl", "udev", "util-linux", "kmod", "coreutils", "tar",
            "xz-utils", "dash")

# What a guest's memory is too dear for.
LEFT_OUT = ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/zoneinfo",
            "usr/share/i18n", "usr/share/info", "usr/share/bash-completion", "usr/share/zsh",
            "usr/lib/x86_64-linux-gnu/gconv", "usr/lib/udev/hwdb.d", "usr/lib/locale",
            "usr/share/perl5", "usr/lib/systemd/system", "usr/bin/perl")


def _make(folder):
    apt.update()
    apt.install(PACKAGES, SUITE, folder)
    for name in LEFT_OUT:
        subprocess.run(["rm", "-rf", folder / name], check=True)
    for name in ("proc", "sys", "dev", "run", "tmp", "var/tmp", "root"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "usr/bin/sh").unlink(missing_ok=True)
    (folder / "usr/bin/sh").symlink_to("dash")
    # Made by the packages' scripts; without a version sos knows no Debian.
    (folder / "etc/debian_version").write_text("13.0\n")
    (folder / "etc/os-release").write_text('NAME="Debian GNU/Linux"\nID=debian\n'
                                           'VERSION_ID="13"\nPRETTY_NAME="Debian 13"\n')
    for name in ("passwd", "group"):
        (folder / "etc" / name).write_text("root:x:0:0:root:/root:/bin/sh\n" if name == "passwd"
                                           else "root:x:0:\n")
    (folder / "var/lib/dpkg").mkdir(parents=True, exist_ok=True)
    (folder / "var/lib/dpkg/status").write_text("")


def root():
    """The folder, from the cache where it is there; raises apt.Failed."""
    return cache.made(cache.folder() / f"sos-{SUITE}", _make)


def archive():
    """It as a part of an initramfs, below /sos."""
    cpio = Cpio()
    top = root()
    for folder, folders, files in os.walk(top):
        place = pathlib.Path(folder)
        cpio.folder(str(pathlib.Path("sos", place.relative_to(top))))
        for name in sorted(folders + files):
            path = place / name
            target = f"sos/{path.relative_to(top)}"
            if path.is_symlink():
                cpio.link(target, os.readlink(path))
            elif path.is_file():
                cpio.file(target, path.read_bytes(), path.stat().st_mode & 0o777)
    return cpio.bytes()


# --- a sosreport, reduced to what is read of it ----------------------------------------

NAME, TIME = "sosreport-guest-2026-01-01-abcdefg", 1767225600

KEPT = re.compile(
    r"version\.txt|lib|(?:usr/)?lib/modules/[^/]+/modules\.dep|etc/modprobe\.d|"
    r"proc/(?:iomem|cmdline|modules)|sys/firmware/acpi/tables/(?:SRAT|HMAT|CEDT)|"
    r"sys/module/(?:cxl_\w+|dax\w*|kmem|device_dax|device_hmem|memory_hotplug)/.*|"
    r"sos_commands/cxl/(?:cxl|daxctl)_list.*|sos_commands/devices/.*|"
    r"sos_commands/kernel/(?:dmesg|uname_-a|lsmod|modinfo_ALL_MODULES)|"
    r"sos_commands/memory/lsmem.*|sys/class/dmi/id|"
    r"sys/(?:class|devices/virtual)/dmi/id/(?:bios|board|product|sys)_(?:vendor|name|version|"
    r"date|release)")
SUBSYSTEM = re.compile(r"^E: SUBSYSTEM=(cxl|dax|pci|platform|mem|nd)$", re.M)
MODULE_FILE = re.compile(r"filename:.*/(?:cxl|dax|nvdimm)/")


def _reduced_text(name, data):
    if name.endswith("udevadm_info_--export-db"):
        records = data.decode().split("\n\n")
        return "".join(f"{record}\n\n" for record in records
                       if SUBSYSTEM.search(record)).encode()
    if name.endswith("modinfo_ALL_MODULES"):
        blocks = re.split(r"^(?=filename:)", data.decode(), flags=re.M)
        return "".join(block for block in blocks if MODULE_FILE.match(block)).encode()
    return data


def reduced(archive):
    """The bytes of a small sosreport, the same for the same one."""
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(archive)) as whole, \
            tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as small:
        for member in sorted(whole, key=lambda item: item.name):
            name = member.name.partition("/")[2]
            if not KEPT.fullmatch(name):
                continue
            data = _reduced_text(name, whole.extractfile(member).read()) \
                if member.isfile() else b""
            member.name, member.size, member.mtime = f"{NAME}/{name}", len(data), TIME
            small.addfile(member, io.BytesIO(data))
    return lzma.compress(out.getvalue(), preset=9)
