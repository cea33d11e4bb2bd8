# SPDX-License-Identifier: GPL-2.0-only
"""What fuzzing starts from, taken out of the captures: the same in the same order each time."""

import functools
import json
import pathlib
import struct
import tarfile


@functools.lru_cache(maxsize=None)
def members(source):
    """(capture, path below its root, content) of all files in all captures."""
    found = []
    for capture in sorted(pathlib.Path(source, "tests/captures").glob("*.t*")):
        with tarfile.open(capture) as archive:
            for member in archive:
                if member.isfile() and member.size:
                    path = "/" + member.name.lstrip("./")
                    found.append((capture.name, path, archive.extractfile(member).read()))
    return found


def ending_in(source, *ends):
    return [content for _, path, content in members(source) if path.endswith(ends)]


def pieces(texts, limit):
    """Of texts that are too long, the parts with what concerns us."""
    words = (b"BIOS-e820", b"user:", b"e820:", b"SRAT", b"ACPI:", b"HMAT", b"Linux version",
             b"ommand line:", b"CXL", b"oft ", b"region", b"dax", b"softdep", b"P: ", b"E: ")
    for text in texts:
        if len(text) > limit:
            lines = text.splitlines(keepends=True)
            text = b"".join(line for line in lines if any(word in line for word in words))
        yield text[:limit]


def tables(source, name):
    return ending_in(source, f"/firmware/acpi/tables/{name}")


def hmat(source):
    for srat, table in zip(tables(source, "SRAT"), tables(source, "HMAT")):
        yield struct.pack("<H", len(srat)) + srat + table


def kmsg(source, limit):
    for number, text in enumerate(pieces(ending_in(source, "/dmesg"), limit // 2)):
        lines = text.splitlines()
        yield b"".join(b"%d,%d,%d,-;%s\n" % (6 if at % 9 else 14, at + number % 2, at, line)
                       for at, line in enumerate(lines))[:limit]


def lines_of(source, *ends):
    return [line for text in ending_in(source, *ends) for line in text.splitlines()]


def journal():
    """As sr_journal_text() writes it, without the last line, which the target puts there."""
    head = (b"cxl-sr journal 1\ntool\t0.1\nboot\t7b4a5c1e-0000-4000-8000-000000000000\n"
            b"policy\tcxl\nfingerprint\tf0\nmode\t%s\nauto-online\t%s\nsteps\t%d\n")
    steps = (b"step\t0\toffline\tdone\t0\tdax0.0\t-\t0x1290000000\t0x12afffffff\t536870912\t-\t"
             b"echo online_movable > /sys/devices/system/memory/memory594/state\n"
             b"blocks\t594\t4\tmovable\n",
             b"step\t1\tunbind-device\tfailed\t16\tdax0.0\t-\t-\t-\t0\tkmem\t-\n",
             b"step\t2\tunload-module\tplanned\t0\tcxl_acpi\t-\t-\t-\t0\t-\t-\n")
    yield head % (b"apply", b"-", 0)
    yield head % (b"apply", b"online_movable", 1) + steps[0]
    yield head % (b"rollback", b"offline", 3) + b"".join(steps)


def plan():
    for policy in (b"cxl", b"hmem", b"global", b"kernel"):
        yield b'{"schema": "cxl-sr.plan/1", "policy": "%s", "fingerprint": "0", "steps": []}' % policy


def reports(source):
    """What the program prints of the captures; the byte before says which side it is on."""
    for number, path in enumerate(sorted(pathlib.Path(source, "tests/program/expected")
                                         .glob("*.json"))):
        document = json.loads(path.read_text())
        yield bytes([number % 3]) + json.dumps(document, separators=(",", ":")).encode()


def archives(source, limit):
    """Small captures: a few files of a large one, packed as tar, without compression."""
    def header(name, size, kind, link=b""):
        block = bytearray(512)
        block[0:len(name)] = name
        block[100:107] = b"0000644"
        block[124:135] = b"%011o" % size
        block[156:157] = kind
        block[157:157 + len(link)] = link
        block[257:265] = b"ustar\x0000"
        block[148:156] = b" " * 8
        block[148:155] = b"%06o\0" % sum(block)
        return bytes(block)

    wanted = ("/proc/iomem", "/proc/cmdline", "/proc/version")
    by_capture = {}
    for capture, path, content in members(source):
        if path.endswith(wanted):
            by_capture.setdefault(capture, []).append((path, content))
    for files in list(by_capture.values())[:4]:
        text = header(b"sys/", 0, b"5") + header(b"sys/link", 0, b"2", b"../proc")
        for path, content in files:
            text += header(path[1:].encode(), len(content), b"0")
            text += content + bytes(-len(content) % 512)
        yield (b"\1" + text + bytes(1024))[:limit]


def dull(count, size):
    """Bytes without a meaning, for targets that take them for choices."""
    state = 20261123
    for number in range(count):
        content = bytearray()
        while len(content) < size * (number + 1) // count:
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            content.append(state >> 56)
        yield bytes(content)


WORDS = {
    "number": [b"0", b"18446744073709551615", b"0xffffffffffffffff", b"-1", b"12x"],
    "explain": [b"1", b"2.1", b"0x1000000000", b"0x1000000000-0x103fffffff", b"region0",
                b"dax0.0"],
    "value": [b"30", b"+WHY,NODE", b"RANGE,SIZE,STATE", b"cxl", b"auto", b"per-range"],
    "options": [b"--json=compact\0-fs\0value", b"--settle=3\0-J\0--help", b"--value\0-f\0one"],
    "uevent": [b"add@/devices/x\0ACTION=add\0SUBSYSTEM=dax\0SEQNUM=1\0",
               b"libudev\0\xfe\xed\xca\xfe", b"bind@/module/cxl\0SUBSYSTEM=module\0"],
    "name": [b"./proc/iomem", b"host/sys//bus/cxl/../x", b"/lib/modules/6/modules.dep"],
    "mask": [b'{"serial":"0xabc","host":"x"}\n', b"root=UUID=4d9e0b6c-1f4e-4a7b-9c2d-1a2b3c4d5e6f\n",
             b"Nov 22 07:45:11 host-7 kernel: eth0: 52:54:00:12:34:56\n", b"user=alice /home/al/x\n"],
    "deferred": [b"hmem.0\tdax_hmem: waiting\n0000:0c:00.0\n"],
    "modinfo": [b"filename:       /lib/modules/6/kernel/dax_hmem.ko\nname:           dax_hmem\n"
                b"softdep:        pre: cxl_acpi\n",
                b"Module                  Size  Used by\ndax_hmem               16384  0\n"],
}


def of(target, source, limit):
    found = {
        "iomem": lambda: ending_in(source, "/proc/iomem"),
        "log": lambda: pieces(ending_in(source, "/dmesg"), limit),
        "log-line": lambda: lines_of(source, "/dmesg")[::97],
        "kmsg": lambda: kmsg(source, limit),
        "cedt": lambda: tables(source, "CEDT"),
        "srat": lambda: tables(source, "SRAT"),
        "hmat": lambda: hmat(source),
        "command-line": lambda: ending_in(source, "/proc/cmdline"),
        "modules": lambda: pieces(ending_in(source, "modules.dep"), limit),
        "mask": lambda: [*WORDS["mask"], *ending_in(source, "/proc/cmdline")],
        "sos-cxl": lambda: ending_in(source, "cxl-list.json", "/cxl_list_-vvv"),
        "sos-dax": lambda: ending_in(source, "daxctl-list.json", "/daxctl_list_-iDRM"),
        "sos-devices": lambda: pieces(ending_in(source, "udevadm_info_--export-db"), limit),
        "lsmem": lambda: [text for _, path, text in members(source) if "lsmem" in path],
        "journal": journal,
        "plan-file": plan,
        "diff": lambda: reports(source),
        "archive": lambda: archives(source, limit),
        "machines": lambda: dull(16, limit),
        "plans": lambda: dull(16, limit),
        "tree": lambda: dull(32, 128),
    }.get(target, lambda: WORDS.get(target, []))
    return list(dict.fromkeys(content[:limit] for content in found() if content))
