# SPDX-License-Identifier: GPL-2.0-only
"""
The same live in a guest of tests/vm: real sysfs, a real kernel log, real files of modules. What
a report reads is traced in the guest, too.
"""

import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "vm"), str(HERE.parent / "program")]

import guest
import initramfs
import kernels
import qemu
import scenario as scenarios
from cpio import Cpio

SCENARIO = "two-windows"

# bench NAME COMMAND...: one run of each, one behind the other
STEPS = """
settle
env -i /bin/strace -f -qq -y -s 4096 -e {traced} -o /tmp/trace /bin/cxl-sr report >/dev/null
awk -v root= -f /files-of.awk /tmp/trace >/tmp/files
wc -l </tmp/files >/out/files
for round in $(seq {rounds}); do
{commands}
done
"""


def missing(build):
    version = qemu.version()
    if not version or version < qemu.OLDEST:
        return f"{qemu.QEMU} 8.1 or later is not installed"
    if not shutil.which("strace"):
        return "strace is not installed"
    return initramfs.absent(build)


def _programs(chosen):
    cpio = Cpio()
    for name in ("floor", "launch"):
        cpio.file(f"bin/{name}", (chosen.build / f"tests/bench/{name}").read_bytes())
    initramfs._add_program(cpio, "bin/strace", shutil.which("strace"))
    cpio.file("files-of.awk", (HERE / "files-of.awk").read_bytes(), 0o644)
    return cpio.bytes()


def _scenario(chosen, commands):
    scenario = scenarios.read(HERE.parent / f"vm/scenarios/{SCENARIO}.toml")
    lines = "".join(f"/bin/launch - /bin/{command} >>/out/bench.{number}\n"
                    for number, command in enumerate(commands))
    scenario.steps = STEPS.format(traced="trace=open,openat,readlink", rounds=chosen.runs + 2,
                                  commands=lines)
    return scenario


def _results(chosen, files, commands):
    results = {}
    for number, command in enumerate(commands):
        lines = files[f"bench.{number}"].decode().splitlines()[2:]
        values = [tuple(map(int, line.split())) for line in lines]
        column = 2 if chosen.processor else 1
        results[command.replace(" /tmp/files", "")] = [(value[column] / 1000, value[3])
                                                       for value in values]
    return results


def run(chosen, commands):
    """The title and what measure() gives, or why not."""
    why = missing(chosen.build)
    if why:
        return None, why
    try:
        kernel = kernels.get(chosen.guest)
    except kernels.Missing as error:
        return None, f"Linux {chosen.guest}: {error}"
    commands = [*commands, "floor /tmp/files"]
    scenario = _scenario(chosen, commands)
    base = initramfs.base(kernel, chosen.build) + _programs(chosen)
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        guest.lay_out(folder, chosen.build, kernel, scenario, base)
        qemu.choose_accelerator(scenario, folder)
        seen, _ = qemu.run(scenario, folder)
    if f"bench.{len(commands) - 1}" not in seen.files:
        return None, f"the guest handed nothing over: {seen.console[-300:]}"
    return (f"live in a guest of {kernel.release} ({qemu.accelerator()}); "
            f"{seen.files['files'].decode().strip()} files, folders and links",
            _results(chosen, seen.files, commands))
