# SPDX-License-Identifier: GPL-2.0-only
"""ACPI tables in place of QEMU's: SRAT and HMAT (ACPI 6.5 sections 5.2.16 and 5.2.28)."""

import struct

RAM = 2 << 30
HOLE = (0xA0000, 0x100000)

# Flags of a memory affinity structure
ENABLED, HOT_PLUGGABLE = 1, 2


def _table(signature, revision, body):
    """
    As a later revision of QEMU's own: the kernel replaces nothing else
    (acpi_table_initrd_override() of drivers/acpi/tables.c).
    """
    head = struct.pack("<4sIBB6s8sI4sI", signature.encode(), 36 + len(body), revision, 0,
                       b"BOCHS ", b"BXPC    ", 2, b"TEST", 1)
    checksum = -sum(head + body) & 0xFF
    return head[:9] + bytes([checksum]) + head[10:] + body


def _memory(domain, start, end, flags=ENABLED):
    return struct.pack("<BBIHQQIIQ", 1, 40, domain, 0, start, end - start, 0, flags, 0)


def _processor(apic):
    return struct.pack("<BBBBI3sBI", 0, 16, 0, apic, 1, b"", 0, 0)


def srat(processors, ranges):
    """The machine's own memory is domain 0, @ranges (start, end) are domains from 1 on."""
    body = struct.pack("<IQ", 1, 0)
    body += b"".join(_processor(apic) for apic in range(processors))
    body += _memory(0, 0, HOLE[0]) + _memory(0, HOLE[1], RAM)
    for domain, (start, end) in enumerate(ranges, 1):
        body += _memory(domain, start, end, ENABLED | HOT_PLUGGABLE)
    return _table("SRAT", 1, body)


def hmat(domains):
    """Attributes of the domains from 0 on, all reached from domain 0."""
    body = bytes(4)
    for domain in range(domains):
        body += struct.pack("<HHIHHIIIQQ", 0, 0, 40, 1, 0, 0, domain, 0, 0, 0)
    return _table("HMAT", 2, body)
