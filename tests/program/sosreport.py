# SPDX-License-Identifier: GPL-2.0-only
"""
A sosreport made from a capture: what sos would have copied, and what the real cxl, daxctl and
lsmem print with the capture as their root. What udevadm and modinfo print is written in their
manner, since captures have too little of sysfs for these.
"""

import functools
import pathlib
import re
import shutil
import subprocess

import inside
import libraries
import machine

NAME = "sosreport-guest-2026-01-01-abcdefg"

# Of plugins kernel, pci and logs of sos 4: what is copied as it is.
COPIED = ("proc/iomem", "proc/cmdline", "proc/modules", "etc/modprobe.d", "sys/firmware/acpi",
          "var/log/dmesg")
OF_MODULES = ("parameters", "initstate", "refcnt", "taint", "version")

LSMEM = "lsmem -a -o RANGE,SIZE,STATE,REMOVABLE,ZONES,NODE,BLOCK"
TOOLS = ("cxl", "daxctl", "lsmem")


def why_impossible():
    """Why none can be made here; None where one can."""
    for tool in TOOLS:
        if not shutil.which(tool):
            return f"{tool} is not installed"
    return inside.why_impossible()


def file_name(command):
    """As sos makes it of a command: _mangle_command() of its report/plugins/__init__.py."""
    return re.sub(r"/", ".", re.sub(r"[^\w\-./]+", "_", command)).strip(" ._-")


def _prepare(root):
    """@root, a capture, becomes a root in which the tools work."""
    for tool in TOOLS:
        for path in (shutil.which(tool), *libraries.needed(shutil.which(tool))):
            target = root / str(path).lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                shutil.copy(path, target)
    for devices, nodes in (("cxl/devices/mem*", "dev/cxl"), ("dax/devices/dax*", "dev")):
        (root / nodes).mkdir(parents=True, exist_ok=True)
        for device in (root / "sys/bus").glob(devices):
            (root / nodes / device.name).touch()
    (root / "sys/dev/char/0:0").mkdir(parents=True, exist_ok=True)
    (root / "sys/dev/char/0:0/subsystem").symlink_to("../../../bus/dax")


def _print(root, command):
    """sos puts both outputs of a command into one file."""
    tool, *arguments = command.split(" ")
    return subprocess.run(
        [*inside.become_root(), "chroot", root, shutil.which(tool), *arguments],
        env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C"}, timeout=60, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout


def _devices(root):
    """(path below sys, subsystem) of what udev knows and cxl-sr looks for."""
    real_root = root.resolve()
    found = {}

    def add(path, subsystem):
        real = path.resolve()
        if real.is_dir() and real.is_relative_to(real_root / "sys/devices"):
            found[real] = subsystem
    for bus in ("cxl", "dax", "pci"):
        for device in (root / f"sys/bus/{bus}/devices").glob("*"):
            add(device, bus)
    for memdev in (root / "sys/bus/cxl/devices").glob("mem*"):
        add(memdev.resolve().parent, "pci")
    platform = root / "sys/devices/platform"
    for pattern in ("ACPI0017:*", "hmem_platform.*", "hmem.*", "hmem_platform.*/hmem.*"):
        for device in platform.glob(pattern):
            add(device, "platform")
    return sorted(found.items())


def udevadm(root):
    """In the manner of `udevadm info --export-db`, of systemd 252."""
    text = ""
    for path, subsystem in _devices(root):
        place = path.relative_to((root / "sys").resolve())
        lines = [f"P: /{place}", f"M: {path.name}", f"U: {subsystem}", f"E: DEVPATH=/{place}"]
        if (path / "driver").is_symlink():
            driver = pathlib.Path(path / "driver").readlink().name
            lines += [f"V: {driver}", f"E: DRIVER={driver}"]
        if subsystem == "pci" and (path / "class").exists():
            lines.append(f"E: PCI_CLASS={int((path / 'class').read_text(), 16):X}")
        text += "\n".join([*lines, f"E: SUBSYSTEM={subsystem}"]) + "\n\n"
    # Any machine has others; and never none.
    return "P: /devices/virtual/mem/null\nM: null\nE: SUBSYSTEM=mem\n\n" + text


def _modules(root):
    """The loaded ones, in the manner of lsmod and modinfo."""
    lsmod = "Module                  Size  Used by\n"
    modinfo = ""
    softdeps = ""
    for path in (root / "lib/modules").glob("*/modules.softdep"):
        softdeps = path.read_text()
    for folder in sorted((root / "sys/module").glob("*")):
        if not (folder / "initstate").exists():
            continue
        lsmod += f"{folder.name:<19} {16384:>8}  0\n"
        modinfo += f"filename:       /lib/modules/6/kernel/drivers/{folder.name}.ko\n"
        modinfo += "license:        GPL v2\n"
        for line in re.findall(rf"^softdep {folder.name} (.*)$", softdeps, re.M):
            modinfo += f"softdep:        {line}\n"
    return lsmod, modinfo


def _copy(root, to, name):
    source, target = root / name, to / name
    if not source.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)


def _copy_files(root, to):
    for name in COPIED:
        _copy(root, to, name)
    for folder in (root / "sys/module").glob("*"):
        for name in OF_MODULES:
            _copy(root, to, f"sys/module/{folder.name}/{name}")
    for path in (root / "lib/modules").glob("*/modules.dep"):
        _copy(root, to, path.relative_to(root))


def _first(root, names):
    for name in names:
        if (root / name).is_file() and (root / name).stat().st_size:
            return (root / name).read_bytes()
    return None


def _release(root):
    text = _first(root, ("proc/sys/kernel/osrelease",))
    return text.decode().strip() if text else (root / "proc/version").read_text().split()[2]


def _dmesg(root):
    """What dmesg printed, or would have of the records of /dev/kmsg."""
    text = _first(root, ("dmesg", "sos_commands/kernel/dmesg"))
    if text:
        return text
    records = _first(root, ("cxl-sr/kmsg",))
    lines = re.findall(r"^(\d+),\d+,(\d+),[^;]*;(.*)$", records.decode(errors="replace"), re.M)
    # Of the kernel, facility 0.
    return "".join(f"[{int(time) / 1e6:12.6f}] {text}\n" for priority, time, text in lines
                   if int(priority) < 8).encode()


def make(capture, folder):
    """Makes one of @capture in @folder; returns the folder that sos would pack."""
    made = machine.Machine(capture)
    root, to = pathlib.Path(made.root), pathlib.Path(folder) / NAME
    _copy_files(root, to)
    lsmod, modinfo = _modules(root)
    uname = f"Linux guest {_release(root)} #1 SMP Debian x86_64 GNU/Linux\n"
    _prepare(root)
    outputs = {
        "cxl/cxl_list_-vvv": _print(root, "cxl list -vvv"),
        "cxl/daxctl_list_-iDRM": _print(root, "daxctl list -iDRM"),
        f"memory/{file_name(LSMEM)}": _print(root, LSMEM),
        "devices/udevadm_info_--export-db": udevadm(root).encode(),
        "kernel/uname_-a": uname.encode(),
        "kernel/lsmod": lsmod.encode(),
        "kernel/modinfo_ALL_MODULES": modinfo.encode(),
        "kernel/dmesg": _dmesg(root),
    }
    for name, text in outputs.items():
        target = to / "sos_commands" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if text:
            target.write_bytes(text)
    (to / "version.txt").write_text("sosreport: 4.5.6\n")
    return to
