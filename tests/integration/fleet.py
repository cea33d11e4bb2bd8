# SPDX-License-Identifier: GPL-2.0-only
"""
A fleet's reports and predictions of today and of last week. Each is what the program says of a
capture, with another firmware, another patch release of its kernel and another host; the same
numbers give the same fleet.
"""

import functools
import json
import random
import re

from machine import CAPTURES, faults, names, run

# vendor, product, vendor of the firmware, [(version, date, how many of 100 hosts lose memory)]
KINDS = [
    ("Example Computer", "Server 9000", "Example Computer",
     [("2.3.0", "11/20/2025", 45), ("2.4.1", "03/31/2026", 3)]),
    ("Sample Systems", "Blade 40", "Firmware Corp.",
     [("1.08", "06/02/2025", 20), ("1.10", "01/15/2026", 4)]),
    (None, None, None, [(None, None, 10)]),
]
MEMBERS = ("sys_vendor", "product_name", "bios_vendor", "bios_version", "bios_date")


def of_capture(name, command):
    result = run(command, "--json=compact", "--sysroot", CAPTURES / f"{name}.tgz")
    assert result.status == 0 and result.out.count("\n") == 1, (name, command, result.err)
    return result.json()


@functools.cache
def documents(capture):
    return of_capture(capture, "report"), of_capture(capture, "predict")


@functools.cache
def sorted_out(captures):
    """Those that lose memory, and the others."""
    def loses(name):
        summary = documents(name)[0]["summary"]
        return summary["lost_bytes"] + summary["unusable_bytes"] > 0
    return [name for name in captures if loses(name)], [name for name in captures if not loses(name)]


@functools.cache
def texts(capture, patch, firmware):
    """Report and prediction of such a host, as bytes."""
    report, prediction = (json.loads(json.dumps(document)) for document in documents(capture))
    for document in (report, prediction):
        release = document["kernel"]["release"]
        document["kernel"]["release"] = re.sub(
            r"^(\d+\.\d+\.)(\d+)", lambda match: f"{match[1]}{int(match[2]) + patch}", release)
    report["dmi"].update(zip(MEMBERS, firmware))
    assert not faults(report) and not faults(prediction)
    return tuple((json.dumps(document, separators=(",", ":")) + "\n").encode()
                 for document in (report, prediction))


def with_firmware(dice, captures, host):
    """The host with a firmware of its kind, and a capture that goes with that."""
    vendor, product, bios_vendor, versions = KINDS[host["kind"]]
    version, date, losing = versions[host["version"] % len(versions)]
    host["firmware"] = (vendor, product, bios_vendor, version, date)
    host["capture"] = dice.choice(sorted_out(captures)[dice.randrange(100) >= losing])
    return host


def write(folder, name, host):
    report, prediction = texts(host["capture"], host["patch"], host["firmware"])
    (folder / "report" / name).write_bytes(report)
    (folder / "predict" / name).write_bytes(prediction)


def make(folder, count, seed, captures=None, drift=30):
    """
    Writes today/ and last-week/ of @count hosts: of 1000 of them, @drift have changed; of 500,
    one is new, one is gone, and one did not answer today.
    """
    dice = random.Random(seed)
    captures = captures or tuple(names())
    for week in ("today", "last-week"):
        for kind in ("report", "predict"):
            (folder / week / kind).mkdir(parents=True)
    for number in range(1, count + 1):
        name = f"node{number:0{len(str(count))}}"
        host = with_firmware(dice, captures, {"kind": dice.choices((0, 1, 2), (60, 35, 5))[0],
                                              "version": dice.randrange(2),
                                              "patch": dice.randrange(2)})
        if number % 500 != 1:
            write(folder / "last-week", name, host)
        if dice.randrange(1000) < drift:
            host["version"] += dice.randrange(2)
            host["patch"] += dice.randrange(2)
            host = with_firmware(dice, captures, host)
        if number % 500 != 2:
            write(folder / "today", name, host)
        if number % 500 == 3:
            (folder / "today/report" / name).write_bytes(b"")
