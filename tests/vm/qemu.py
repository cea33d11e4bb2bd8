# SPDX-License-Identifier: GPL-2.0-only
"""The emulated machine: QEMU's command line, a guest's run, what it handed over."""

import io
import os
import re
import shutil
import subprocess
import tarfile

import plan
import scenario as scenarios

QEMU = "qemu-system-x86_64"
OLDEST = (8, 1)  # the first with volatile CXL memory
RAM = "2G"
PROCESSORS = 1  # guests run side by side instead
SECONDS = 120
SOSREPORT_SECONDS = 1500
KVM_SECONDS = 15

# The emulator's own fault, now and then at a boot; the guest is started again.
ASSERTION = re.compile(r"Assertion|assertion failed|iotlb_to_section")
TRIES = 3


def version():
    """As a tuple; None where QEMU is not installed."""
    if not shutil.which(QEMU):
        return None
    text = subprocess.run([QEMU, "--version"], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    return tuple(int(part) for part in re.search(r"version (\d+)\.(\d+)", text).groups())


_accelerator = "tcg"


def choose_accelerator(scenario, folder):
    """
    KVM where the guest in @folder gets as far as its kernel's first line under it: inside
    some virtual machines /dev/kvm is there, and ends with an error of emulation.
    """
    global _accelerator
    if not os.access("/dev/kvm", os.R_OK | os.W_OK):
        return
    _accelerator = "kvm"
    try:
        subprocess.run(command(scenario, folder), cwd=folder, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       timeout=KVM_SECONDS)
    except subprocess.TimeoutExpired:
        pass
    if "Linux version" not in (folder / "console").read_text(errors="replace"):
        _accelerator = "tcg"


def accelerator():
    return _accelerator


def _devices(scenario):
    """The switches of bridges, root ports and memory devices."""
    number = 0
    for index, bridge in enumerate(scenario.bridges):
        yield from ("-device", f"pxb-cxl,bus_nr={plan.bus(index)},bus=pcie.0,id=bridge{index}")
        for port, kind in enumerate(bridge.devices):
            yield from ("-device", f"cxl-rp,port={port},bus=bridge{index},id=port{number},"
                                   f"chassis=0,slot={number + 2}")
            yield from _memory(number, kind)
            number += 1


def _memory(number, kind):
    backend = f"memory-backend-ram,share=on,size={scenarios.DEVICE_SIZE}"
    yield from ("-object", f"{backend},id=memory{number}")
    device = f"cxl-type3,bus=port{number},id=device{number},sn={number + 1}"
    if kind == "pmem":
        yield from ("-object", f"memory-backend-ram,share=on,size=256K,id=labels{number}")
        yield from ("-device", f"{device},persistent-memdev=memory{number},lsa=labels{number}")
    else:
        yield from ("-device", f"{device},volatile-memdev=memory{number}")


def _windows(scenario):
    """All in one argument: QEMU takes no second one."""
    return ["-M", ",".join(f"cxl-fmw.{index}.targets.0=bridge{index},"
                           f"cxl-fmw.{index}.size={bridge.window}"
                           for index, bridge in enumerate(scenario.bridges))]


def _seconds(scenario):
    return SOSREPORT_SECONDS if scenario.sosreport else SECONDS


def command(scenario, folder):
    # Without CXL's cache flush instruction a kernel refuses regions; it believes to be able
    # to flush where no hypervisor shows (drivers/cxl/core/region.c).
    cpu = "host,-hypervisor" if accelerator() == "kvm" else "max,-hypervisor"
    hmat = "on" if scenario.hmat else "off"
    return [QEMU, "-machine", f"q35,cxl=on,hmat={hmat},accel={accelerator()}", "-cpu", cpu,
            "-m", f"{RAM},maxmem=64G,slots=8", "-smp", str(PROCESSORS),
            "-object", f"memory-backend-ram,id=ram,size={RAM}",
            "-numa", f"node,nodeid=0,cpus=0-{PROCESSORS - 1},memdev=ram",
            "-nographic", "-nodefaults", "-no-reboot",
            "-serial", f"file:{folder}/console", "-serial", f"file:{folder}/out.tar",
            *_devices(scenario), *_windows(scenario),
            "-kernel", f"{folder}/firmware", "-initrd", "kernel,initramfs,plan"]


class Guest:
    """What one run left: the console's text, and the files that were handed over."""

    def __init__(self, folder):
        console = folder / "console"
        self.console = console.read_text(errors="replace") if console.exists() else ""
        self.files = self._read(folder / "out.tar")

    @staticmethod
    def _read(path):
        try:
            with tarfile.open(fileobj=io.BytesIO(path.read_bytes())) as archive:
                return {member.name.removeprefix("./"): archive.extractfile(member).read()
                        for member in archive if member.isfile()}
        except (OSError, tarfile.TarError):
            return {}

    def text(self, name):
        return self.files.get(name, b"").decode(errors="replace")


def run(scenario, folder):
    """
    Runs the guest whose firmware, kernel, initramfs and plan are in @folder. Returns it,
    and how many times the emulator itself failed before.
    """
    for failures in range(TRIES):
        try:
            completed = subprocess.run(command(scenario, folder), cwd=folder, text=True,
                                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, timeout=_seconds(scenario))
            output = completed.stdout
        except subprocess.TimeoutExpired as expired:
            output = str(expired)
        (folder / "qemu").write_text(output)
        if not ASSERTION.search(output):
            break
    return Guest(folder), failures
