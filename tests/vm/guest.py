# SPDX-License-Identifier: GPL-2.0-only
"""One guest: its files are laid out, it is run, and what it says is held together."""

import gzip
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field

import followed
import initramfs
import plan
import qemu
import scenario as scenarios
import sos
import tables
import verdicts
from observed import Observed

# Also what kmem says of memory that it could not take back.
KERNEL_FAULT = re.compile(r"\bBUG:|\bOops\b|cut here|\bWARNING:|until (the next )?reboot")

# panic=-1: a guest that dies ends at once.
COMMAND_LINE = "console=ttyS0 loglevel=4 panic=-1"


@dataclass
class Row:
    """A decision unit, or a committed region without Soft Reserved."""
    start: int
    end: int
    predicted: tuple  # owner, driver, bytes online; None: no rule says anything of it
    shown: tuple      # what the report says is so; None: it says nothing
    observed: tuple
    codes: list = field(default_factory=list)


@dataclass
class Cell:
    kernel: object
    scenario: object
    rows: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    skipped: str = None


def _tables(scenario):
    """Those that QEMU's give way to."""
    if scenario.srat is None:
        return {}
    made = {"SRAT": tables.srat(qemu.PROCESSORS, scenario.srat)}
    if scenario.hmat:
        made["HMAT"] = tables.hmat(len(scenario.srat) + 1)
    return made


def lay_out(folder, build, kernel, scenario, base, carried=None):
    """
    The files that qemu.command() names. @carried: files of the boot before, whose steps are
    not done again.
    """
    script = scenarios.script(scenario, with_steps=carried is None)
    early, late = initramfs.of_scenario(script, _tables(scenario), carried or {},
                                        scenario.unit and build / "systemd" / scenario.unit,
                                        sos.archive() if scenario.sosreport else b"")
    shutil.copy(build / "tests/vm/firmware", folder / "firmware")
    (folder / "kernel").symlink_to(kernel.image)
    (folder / "initramfs").write_bytes(early + base + late)
    (folder / "plan").write_text(
        plan.text(scenario, f"{COMMAND_LINE} {scenario.command_line}".rstrip()))


def _drivers(devices):
    names = sorted({device["driver"] for device in devices if device["driver"]})
    return "+".join(names) or None


def _rows_of_units(report, seen):
    for item in report["ranges"]:
        for unit in item["units"]:
            start, end = int(unit["start"], 16), int(unit["end"], 16)
            yield Row(start, end,
                      (unit["expected"], unit["expected_driver"], unit["expected_online"]),
                      (unit["owner"], _drivers(unit["dax"]), unit["online"]),
                      seen.levels(start, end), unit["why"])


def _rows_of_regions(report, seen):
    ranges = [(int(item["start"], 16), int(item["end"], 16)) for item in report["ranges"]]
    for start, end, committed in sorted(seen.regions.values()):
        if committed and not any(first <= end and start <= last for first, last in ranges):
            yield Row(start, end, None, None, seen.levels(start, end))


def _check_ranges(cell, report):
    """The report has each Soft Reserved range of the firmware's map, and no other."""
    if "memmap=" in cell.scenario.command_line:
        return
    want = sorted((start, start + size - 1) for start, size in cell.scenario.soft_reserved)
    got = [(int(item["start"], 16), int(item["end"], 16)) for item in report["ranges"]]
    if got != want:
        cell.faults.append(f"Soft Reserved: {got}, but firmware has {want}")


def _same_report(cell, guest, build, what):
    """A capture (@what: its command and its file) gives what the guest gave, byte for byte."""
    command, name = what
    capture = guest.files.get(name)
    if not capture:
        cell.faults.append(f"no {name}: {guest.text(command + '.err.err').strip()}")
        return
    with tempfile.NamedTemporaryFile(suffix=".tar") as file:
        file.write(capture)
        file.flush()
        for name, options in (("report.json", ["report", "--json"]), ("report.txt", ["report"]),
                              ("lint.json", ["lint", "--json"]), ("check.txt", ["check"])):
            out = subprocess.run([build / "cxl-sr/cxl-sr", *options, "--sysroot", file.name],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout
            if out != guest.files.get(name):
                cell.faults.append(f"{name} of {what[1]} is not that of the guest")


def _same_verdict(cell, guest, build):
    """A sosreport of the guest says nothing else than the guest did, and that it is partial."""
    archive = guest.files.get("sosreport.tar.xz")
    if not archive:
        cell.faults.append(f"no sosreport: {guest.text('sosreport.err.err').strip()[-300:]}")
        return
    with tempfile.NamedTemporaryFile(suffix=".tar.xz") as file:
        file.write(archive)
        file.flush()
        out = subprocess.run([build / "cxl-sr/cxl-sr", "report", "--json", "--sysroot",
                              file.name], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if out.returncode:
        cell.faults.append(f"the sosreport: {out.stderr.decode().strip()}")
        return
    report = json.loads(out.stdout)
    cell.faults += [f"the sosreport: {line}" for line in
                    verdicts.differences(json.loads(guest.text("report.json")), report)]
    if not report["summary"]["partial"]:
        cell.faults.append("the sosreport: its report is not marked as partial")


def _check_kernel(cell, guest):
    """A kernel that has faulted is no witness of what kernels do."""
    for line in guest.text("dmesg").splitlines():
        if KERNEL_FAULT.search(line):
            cell.faults.append(f"the kernel: {line}")
            return


def _check_plan(cell, guest, seen):
    """Where a plan was executed: the machine is as the plan promised."""
    if "plan.json" not in guest.files:
        return
    plan = json.loads(guest.text("plan.json"))
    status = guest.text("apply.txt.status").strip()
    # With steps and this status it was refused before the first one.
    if status == "1" and plan["steps"]:
        cell.notes.append(f"refused: {guest.text('apply.txt.err').strip()[:200]}")
        return
    cell.notes.append(f"{plan['policy']}: {plan['class']}, {len(plan['steps'])} steps")
    for end in plan["end_state"]:
        owner, _, online = seen.levels(int(end["start"], 16), int(end["end"], 16))
        if (owner, online) != (end["owner"], end["online"]):
            cell.faults.append(f"{end['start']}: the plan promised {end['owner']} and "
                               f"{end['online']} bytes online, observed {owner} and {online}")


def _check_steps(cell, guest):
    if guest.text("steps.status").strip() != "0":
        cell.faults.append(f"the steps failed: {guest.text('steps')[-400:]!r}")


def _judge(cell, guest, build):
    _check_kernel(cell, guest)
    _check_steps(cell, guest)
    for name in ("unsettled", "not-loaded"):
        if name in guest.files:
            cell.notes.append(f"{name}: {' '.join(guest.text(name).split())}")
    report = json.loads(guest.text("report.json"))
    seen = Observed(guest.text("observed"))
    _check_ranges(cell, report)
    _check_plan(cell, guest, seen)
    cell.faults += followed.faults(guest)
    cell.rows = [*_rows_of_units(report, seen), *_rows_of_regions(report, seen)]
    _same_report(cell, guest, build, ("capture", "capture.tar"))
    if cell.scenario.collector:
        _same_report(cell, guest, build, ("collect", "collected.tar"))
    if cell.scenario.sosreport:
        _same_verdict(cell, guest, build)


def _last_words(guest, folder):
    text = (folder / "qemu").read_text() + guest.console
    return " / ".join(text.split("\n")[-4:])[-300:]


def _boot(cell, chosen, base, carried=None):
    scenario = cell.scenario
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        lay_out(folder, chosen.build, cell.kernel, scenario, base, carried)
        guest, failures = qemu.run(scenario, folder)
        if "report.json" not in guest.files:
            cell.faults.append(f"the guest handed nothing over: {_last_words(guest, folder)}")
        if chosen.keep:
            again = "+" if carried is not None else ""
            _keep(guest, folder, chosen.keep / f"{scenario.name}@{cell.kernel.series}{again}")
    if failures:
        cell.notes.append(f"the emulator failed {failures} times, and was started again")
    return guest


def run(chosen, kernel, scenario, base):
    """@chosen: the options of the run."""
    cell = Cell(kernel, scenario)
    if scenario.unit and not pathlib.Path(initramfs.SYSTEMD).exists():
        cell.skipped = "systemd is not installed"
        return cell
    guest = _boot(cell, chosen, base)
    if scenario.carry and not cell.faults:
        _check_steps(cell, guest)
        carried = {name: guest.files.get(f"carry/{name}", b"") for name in scenario.carry}
        guest = _boot(cell, chosen, base, carried)
    if not cell.faults:
        _judge(cell, guest, chosen.build)
    if chosen.captures and "capture.tar" in guest.files:
        _write_capture(guest, chosen.captures / f"{scenario.name}@{kernel.series}.tgz")
    if chosen.captures and "sosreport.tar.xz" in guest.files:
        path = chosen.captures / f"{scenario.name}@{kernel.series}.tar.xz"
        path.write_bytes(sos.reduced(guest.files["sosreport.tar.xz"]))
    return cell


def _keep(guest, folder, to):
    to.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / "console", to)
    shutil.copy(folder / "plan", to)
    for name, data in guest.files.items():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_bytes(data)


def _write_capture(guest, path):
    """The same bytes for the same capture: gzip would add the time and the name."""
    path.write_bytes(gzip.compress(guest.files["capture.tar"], mtime=0))
