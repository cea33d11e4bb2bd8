# SPDX-License-Identifier: GPL-2.0-only
"""What a guest runs from: busybox, tools with their libraries, modules, a scenario."""

import lzma
import pathlib
import shutil
import subprocess
import tempfile

import libraries
from cpio import Cpio

HERE = pathlib.Path(__file__).resolve().parent
COLLECTOR = HERE.parent.parent / "cxl-sr/cxl-sr-collect"

# What a scenario may name, and what that needs is added.
MODULES = ("cxl_acpi", "cxl_pci", "cxl_mem", "cxl_port", "cxl_pmem", "nd_pmem", "dax_pmem",
           "dax_hmem", "dax_cxl", "device_dax", "kmem")
TOOLS = ("cxl", "daxctl", "lsmem")

SYSTEMD = "/lib/systemd/systemd"
UNIT_OUT = """[Service]
ExecStart=
ExecStart=/bin/cxl-sr watch --json
StandardOutput=file:/out/watch
StandardError=file:/out/watch.err
"""


class Absent(Exception):
    """Something that every guest needs is not installed; says what."""


def _path(command):
    path = shutil.which(command) or shutil.which(command, path="/usr/sbin:/sbin")
    if not path:
        raise Absent(f"{command} is not installed")
    return path


def absent(build):
    """What is not installed; None where all is there."""
    try:
        for command in ("depmod", "kmod", "busybox", "ldd", *TOOLS):
            _path(command)
        libraries.needed(build / "cxl-sr/cxl-sr")
    except (Absent, libraries.Absent) as error:
        return str(error)
    return None


def _add_program(cpio, name, path):
    cpio.file(name, pathlib.Path(path).read_bytes())
    for library in libraries.needed(path):
        cpio.file(str(library), library.read_bytes())


def _add_busybox(cpio):
    busybox = _path("busybox")
    cpio.file("bin/busybox", pathlib.Path(busybox).read_bytes())
    applets = subprocess.run([busybox, "--list"], check=True, text=True,
                             stdout=subprocess.PIPE).stdout.split()
    for applet in applets:
        if applet not in ("modprobe", "busybox"):
            cpio.link(f"bin/{applet}", "busybox")


def _add_programs(cpio, program):
    _add_program(cpio, "bin/cxl-sr", program)
    # The kernel asks for /sbin/modprobe; busybox's knows no blacklist of softdeps.
    _add_program(cpio, "sbin/modprobe", _path("kmod"))
    for tool in TOOLS:
        _add_program(cpio, f"bin/{tool}", _path(tool))


# --- modules ------------------------------------------------------------------------


def _dependencies(modules):
    """{module file: the files it needs}, of modules.dep."""
    lines = (modules / "modules.dep").read_text().splitlines()
    return {name: needs.split() for name, needs in (line.split(":", 1) for line in lines)}


def _stem(file):
    return file.rsplit("/", 1)[-1].split(".")[0].replace("-", "_")


def _wanted(dependencies):
    todo = [file for file in dependencies if _stem(file) in MODULES]
    found = set()
    while todo:
        file = todo.pop()
        if file not in found:
            found.add(file)
            todo += dependencies[file]
    return sorted(found)


def _plain(path):
    data = path.read_bytes()
    return lzma.decompress(data) if path.suffix == ".xz" else data


def _write_modules(kernel, to):
    for file in _wanted(_dependencies(kernel.modules)):
        target = to / file.removesuffix(".xz")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_plain(kernel.modules / file))
    for index in ("modules.builtin", "modules.builtin.modinfo", "modules.order"):
        if (kernel.modules / index).exists():
            shutil.copy(kernel.modules / index, to)


def _add_modules(cpio, kernel):
    with tempfile.TemporaryDirectory() as folder:
        to = pathlib.Path(folder, "lib/modules", kernel.release)
        to.mkdir(parents=True)
        _write_modules(kernel, to)
        subprocess.run([_path("depmod"), "-b", folder, kernel.release], check=True,
                       stderr=subprocess.DEVNULL)
        for path in sorted(to.rglob("*")):
            if path.is_file():
                cpio.file(f"lib/modules/{kernel.release}/{path.relative_to(to)}",
                          path.read_bytes(), 0o644)


def base(kernel, build):
    """The part that all guests of a kernel share."""
    cpio = Cpio()
    for folder in ("dev", "proc", "sys", "run", "tmp", "mnt", "var/lib", "out", "etc/modprobe.d"):
        cpio.folder(folder)
    cpio.file("init", (HERE / "guest/init").read_bytes())
    cpio.file("bin/observe", (HERE / "guest/observe").read_bytes())
    cpio.file("bin/pattern", (build / "tests/vm/pattern").read_bytes())
    cpio.file("bin/cxl-sr-collect", COLLECTOR.read_bytes())
    _add_busybox(cpio)
    _add_programs(cpio, build / "cxl-sr/cxl-sr")
    _add_modules(cpio, kernel)
    return cpio.bytes()


def _add_unit(cpio, path):
    """systemd, with a unit that writes to /out what it would write to the journal."""
    _add_program(cpio, SYSTEMD, SYSTEMD)
    for target in sorted(pathlib.Path("/lib/systemd/system").glob("*.target")):
        if not target.is_symlink():
            cpio.file(str(target), target.read_bytes(), 0o644)
    cpio.file(f"lib/systemd/system/{path.name}", path.read_bytes(), 0o644)
    cpio.file(f"lib/systemd/system/{path.name}.d/out.conf", UNIT_OUT.encode(), 0o644)
    cpio.file("etc/machine-id", b"c" * 32 + b"\n", 0o644)
    cpio.file("etc/passwd", b"root:x:0:0::/:/bin/sh\n", 0o644)


def of_scenario(script, tables, carried, unit=None, more=b""):
    """
    The part of one scenario: @script, which init runs, files of the boot before, the file of a
    systemd unit, @more, and ACPI tables in place of the machine's own
    (Documentation/admin-guide/acpi/initrd_table_override.rst), which the kernel wants first.
    """
    first, last = Cpio(), Cpio()
    for name, table in tables.items():
        first.file(f"kernel/firmware/acpi/{name.lower()}.aml", table, 0o644)
    last.file("scenario", script.encode())
    for name, data in carried.items():
        last.file(name, data, 0o644)
    if unit:
        _add_unit(last, unit)
    return first.bytes() if tables else b"", last.bytes() + more
