# SPDX-License-Identifier: GPL-2.0-only
"""
A host on which apply can come to its end: the capture before-apply@7.3 as root of the program,
and a thread that does with what is written what a kernel does, until the host looks like
after-apply@7.3. Attributes are plain files, which strace shows to the program as sysfs.
"""

import os
import pathlib
import shutil
import subprocess
import threading

import inside
import machine

BEFORE, AFTER = "before-apply@7.3", "after-apply@7.3"
UNBIND = "sys/bus/platform/drivers/hmem/unbind"
PROBE = "sys/bus/cxl/drivers_probe"
REGIONS = "sys/devices/platform/ACPI0017:00/root0/decoder0.0"


def as_sysfs(*more, calls="fstatfs"):
    """Runs what follows; SYSFS_MAGIC, as fstatfs(2) has it in f_type."""
    return ["strace", "-qq", "-o", "/dev/null", "-e", f"trace={calls}",
            "-e", "inject=fstatfs:poke_exit=@arg2=7265656200000000", *more]


def why_impossible():
    if inside.why_impossible():
        return inside.why_impossible()
    if not shutil.which("strace"):
        return "strace is not installed"
    probe = subprocess.run([*as_sysfs(), "true"], check=False, capture_output=True)
    return "strace cannot change what is returned here" if probe.returncode else None


class Host:
    """@busy: the second write of an apply gets EBUSY, as from a kernel."""

    def __init__(self, capture=BEFORE, busy=False):
        self.inside = inside.Inside(capture)
        self.root = self.inside.made.root
        self.inside.made.write("proc/sys/kernel/random/boot_id", "one\n")
        (self.root / "var/lib").mkdir(parents=True, exist_ok=True)
        for name in (UNBIND, PROBE):
            self.inside.made.write(name, "")
        # A capture has no devices of this bus.
        for device in self.root.glob("sys/devices/platform/hmem_platform.0/hmem.*"):
            self.inside.made.link(f"sys/bus/platform/devices/{device.name}",
                                  f"../../../devices/platform/hmem_platform.0/{device.name}")
        self._busy = busy
        self._after = machine.Machine(AFTER)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._react, daemon=True)
        self._thread.start()

    def command(self):
        """The program on this host, as a list of words."""
        sysfs = as_sysfs()
        if self._busy:
            sysfs = as_sysfs("-P", self.root / UNBIND, "-P", self.root / PROBE,
                             "-e", "inject=write:error=EBUSY:when=2", calls="fstatfs,write")
        return [*map(str, [*inside.become_root(), *sysfs, "chroot", self.root, machine.PROGRAM])]

    def there(self):
        """What is in the folder of the journal."""
        folder = self.root / "var/lib/cxl-sr"
        return sorted(os.listdir(folder)) if folder.exists() else []

    def run(self, *arguments):
        return self.inside.run(*arguments)

    def content(self):
        return {path.relative_to(self.root): path.read_bytes() for folder in ("sys", "proc", "var")
                for path in (self.root / folder).rglob("*")
                if path.is_file() and os.access(path, os.R_OK)}

    def end(self):
        self._end.set()
        self._thread.join()

    def _react(self):
        while not self._end.wait(0.02):
            for name, act in ((UNBIND, self._let_go), (PROBE, self._probe)):
                path = f"{self.root}/{name}"
                if os.path.exists(path) and os.path.getsize(path):
                    text = pathlib.Path(path).read_text().strip()
                    os.truncate(path, 0)
                    act(text)

    def _let_go(self, name):
        device = self.root / "sys/devices/platform/hmem_platform.0" / name
        for dax in device.glob("dax[0-9]*"):
            (self.root / "sys/bus/dax/devices" / dax.name).unlink()
            shutil.rmtree(dax)
        shutil.rmtree(device / "dax_region")
        (device / "driver").unlink()

    def _probe(self, name):
        """CXL makes a dax device of the region, and kmem memory of it."""
        number = name.removeprefix("dax_region")
        after = self._after.root
        region = f"{REGIONS}/region{number}/{name}"
        # Its driver comes last: that is what shows that it is done.
        for path in (f"sys/bus/dax/devices/dax{number}.0", "proc/iomem", "sys/devices/system/memory",
                     "sys/devices/system/node", f"{region}/dax{number}.0", f"{region}/dax_region",
                     f"{region}/driver"):
            self._take(after / path, self.root / path)

    def _take(self, source, target):
        """Each file at once: it may be read right now."""
        if source.is_dir() and not source.is_symlink():
            target.mkdir(exist_ok=True)
            for child in source.iterdir():
                self._take(child, target / child.name)
            return
        new = self.root / "new"
        shutil.copy(source, new, follow_symlinks=False)
        new.replace(target)
