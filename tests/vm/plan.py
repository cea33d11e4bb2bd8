# SPDX-License-Identifier: GPL-2.0-only
"""What the firmware of a guest is told to do: see firmware/main.c."""

SOFT_RESERVED = 0xEFFFFFFF  # E820_TYPE_SOFT_RESERVED of arch/x86/include/asm/e820/types.h

# CXL 3.1 section 8.2.4.20.7, HDM Decoder Control
LOCK_ON_COMMIT = 1 << 8
HOST_ONLY = 1 << 12

# Host bridges' _UID is the number of their bus.
FIRST_BUS, BUS_STEP = 12, 48


def bus(bridge):
    return FIRST_BUS + BUS_STEP * bridge


def places(scenario):
    """(bridge, root port) of each device, by its index."""
    return [(index, port) for index, bridge in enumerate(scenario.bridges)
            for port in range(len(bridge.devices))]


def _control(region):
    control = HOST_ONLY | (region.granularity.bit_length() - 9)
    control |= (len(region.devices).bit_length() - 1) << 4
    return control | (LOCK_ON_COMMIT if region.locked else 0)


def _bridge_size(region):
    """
    A host bridge's decoder that goes on behind the region decodes all the same, but the
    kernel wants the very range (match_auto_decoder() of drivers/cxl/core/region.c).
    """
    return region.size * (2 if region.unassembled else 1)


def _decoder(kind, owner, index, start, size, control, targets):
    return f"{kind} {owner} {index} {start:#x} {size:#x} {control:#x} {targets:#x}"


class _Decoders:
    """Each has the next decoder that its owner did not use yet; addresses must rise."""

    def __init__(self):
        self._used = {}

    def next(self, kind, owner):
        index = self._used.get((kind, owner), 0)
        self._used[kind, owner] = index + 1
        return index


def _region_lines(scenario, region, decoders):
    """QEMU's host bridge has no decoders where there is one root port only."""
    where = places(scenario)
    bridges = {where[device][0] for device in region.devices}
    assert len(bridges) == 1, "regions over several host bridges are not supported"
    bridge = bridges.pop()
    owner = bus(bridge)
    ports = [where[device][1] for device in region.devices]
    targets = sum(port << 8 * position for position, port in enumerate(ports))
    if len(scenario.bridges[bridge].devices) > 1:
        yield _decoder("bridge", owner, decoders.next("bridge", owner), region.start,
                       _bridge_size(region), _control(region), targets)
    for device in region.devices:
        if device not in region.missing:
            yield _decoder("device", device + 1, decoders.next("device", device),
                           region.start, region.size, _control(region), 0)


def lines(scenario, command_line):
    decoders = _Decoders()
    for region in sorted(scenario.regions, key=lambda region: region.start):
        yield from _region_lines(scenario, region, decoders)
    for start, size in scenario.soft_reserved:
        yield f"map {start:#x} {size:#x} {SOFT_RESERVED:#x}"
    yield f"boot {command_line}"


def text(scenario, command_line):
    return "".join(line + "\n" for line in lines(scenario, command_line))
