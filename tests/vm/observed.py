# SPDX-License-Identifier: GPL-2.0-only
"""Who has which memory, by what guest/observe read: owner, driver and bytes online."""

from dataclasses import dataclass, field


@dataclass
class Device:
    name: str
    path: str
    driver: str
    ranges: list = field(default_factory=list)  # (start, end), inclusive

    @property
    def owner(self):
        if "/ACPI0017:" in self.path:
            return "cxl"
        return "hmem" if "/hmem." in self.path else "other"


class Observed:
    def __init__(self, text):
        self.devices = {}
        self.regions = {}   # name: (start, end, committed)
        self.blocks = {}    # number: state
        self.block_size = 0
        for line in text.splitlines():
            what, *words = line.split()
            getattr(self, "_" + what.replace("-", "_"))(*words)

    def _dax(self, name, path, driver=None):
        self.devices[name] = Device(name, path, driver)

    def _mapping(self, name, start, end):
        self.devices[name].ranges.append((int(start, 16), int(end, 16)))

    def _size(self, name, resource, size):
        """A device without memory is where its dax region starts (drivers/dax/bus.c)."""
        if not self.devices[name].ranges and int(size):
            start = int(resource, 16)
            self.devices[name].ranges.append((start, start + int(size) - 1))
        elif not int(size):
            self.devices[name].ranges.append((int(resource, 16), int(resource, 16)))

    def _region(self, name, start, size, commit):
        self.regions[name] = (int(start, 16), int(start, 16) + int(size, 16) - 1, commit == "1")

    def _block_size(self, size):
        self.block_size = int(size, 16)

    def _block(self, number, state):
        self.blocks[int(number)] = state

    def online(self, start, end):
        """Bytes of [start, end] in memory blocks that are online."""
        total = 0
        for number, state in self.blocks.items():
            first = number * self.block_size
            overlap = min(end, first + self.block_size - 1) - max(start, first) + 1
            total += overlap if state == "online" and overlap > 0 else 0
        return total

    def levels(self, start, end):
        """(owner, driver, bytes online) of the memory; several of one level by "+"."""
        found = [device for device in self.devices.values()
                 if any(first <= end and start <= last for first, last in device.ranges)]
        owners = sorted({device.owner for device in found})
        drivers = sorted({device.driver for device in found if device.driver})
        return ("+".join(owners) or "none", "+".join(drivers) or None, self.online(start, end))
