# SPDX-License-Identifier: GPL-2.0-only
"""Looks up in a capture what explain says stands in its files. Knows nothing of the program."""

import os
import re
import struct

ADDRESS = r"0x[0-9a-f]+"


def squeeze(text):
    return " ".join(text.split())


def number(text):
    try:
        return int(text, 0)
    except ValueError:
        return None


def changed(value):
    """A member of a fact and what it must not be."""
    if value.startswith("("):
        digits = re.search(r"[1-9a-f](?=[-,])", value)
        if digits:
            yield "value", value[:digits.start()] + "7" + value[digits.end():]
        return
    yield "value", value + "1"
    yield "value", "(none)"


class Chain:
    def __init__(self, capture, unit):
        self.capture, self.unit = capture, unit
        self.start, self.end = int(unit["start"], 0), int(unit["end"], 0)

    # --- files ---

    def path(self, name):
        return self.capture.root / name.lstrip("/")

    def text(self, name):
        return self.path(name).read_text(errors="replace")

    def overlaps(self, start, end):
        return start <= self.end and end >= self.start

    def number_in(self, name):
        try:
            return int(self.text(name), 0)
        except (OSError, ValueError):
            return None

    def devices(self, pattern, folder="/sys/bus/cxl/devices"):
        if not self.path(folder).is_dir():
            return []
        return [f"{folder}/{name}" for name in sorted(os.listdir(self.path(folder)))
                if re.fullmatch(pattern, name)]

    def span_of(self, folder, start):
        first, size = self.number_in(f"{folder}/{start}"), self.number_in(f"{folder}/size")
        return (first, first + size - 1) if first is not None and size else None

    def here(self, pattern, start, folder="/sys/bus/cxl/devices"):
        """Devices whose range overlaps the unit."""
        spans = [(device, self.span_of(device, start))
                 for device in self.devices(pattern, folder)]
        return [device for device, span in spans if span and self.overlaps(*span)]

    def nodes(self):
        for line in self.text("/proc/iomem").splitlines():
            match = re.fullmatch(r" *([0-9a-f]+)-([0-9a-f]+) : (.*)", line)
            if match:
                yield int(match[1], 16), int(match[2], 16), match[3]

    # --- tables: ACPI 6.5, 5.2.16.2; CXL 3.1, 9.18.1.3 ---

    def structures(self, name, header, with_length_of_two):
        data = self.path(name).read_bytes()
        at = header
        while at < len(data):
            length = (struct.unpack_from("<H", data, at + 2)[0] if with_length_of_two
                      else data[at + 1])
            yield data[at:at + length]
            at += length

    def memory(self, name):
        for item in self.structures(name, 48, False):
            if item[0] == 1 and item[28] & 1:
                domain, = struct.unpack_from("<I", item, 2)
                base, size = struct.unpack_from("<QQ", item, 8)
                yield base, base + size - 1, domain, item[28] & 2

    def windows(self, name):
        for item in self.structures(name, 36, True):
            if item[0] == 1:
                base, size = struct.unpack_from("<QQ", item, 8)
                yield base, base + size - 1, struct.unpack_from("<H", item, 32)[0]

    # --- what is said of a file, in brackets ---

    def said(self, path, value):
        """Whether it holds; None where nobody here knows what it means."""
        exists = os.path.lexists(self.path(path))
        simple = {
            "(none)": lambda: self.is_empty(path),
            "(not loaded)": lambda: not exists,
            "(there)": lambda: exists,
            "(there, but the kernel does not take it)": lambda: exists,
            "(built in)": lambda: exists and not self.path(f"{path}/initstate").exists(),
            "(has no entry here)": lambda: self.has_no_entry(path),
            "(no CXL Window overlaps it)": lambda: exists and not [
                node for node in self.nodes()
                if node[2].startswith("CXL Window") and self.overlaps(*node[:2])],
            "(no region overlaps it)": lambda: exists and not self.here(r"region\d+", "resource"),
            "(no endpoint decoder for this range)": lambda: exists and not [
                decoder for decoder in self.here(r"decoder\d+\.\d+", "start")
                if "endpoint" in os.path.realpath(self.path(decoder))],
            "(no dax device for this range)": lambda: exists and not self.here(
                r"dax\d+\.\d+", "resource", path),
            "(no dax_regionN for this range)": lambda: exists and not [
                region for region in self.here(r"region\d+", "resource")
                if self.devices(region.rsplit("/", 1)[-1].replace("region", "dax_region"))],
            "(no hmem.N for this range)": lambda: exists and not self.devices(r"hmem\.\d+", path),
            "(no memory block for this range)": lambda: exists and not [
                block for block in range(self.start // self.block(path),
                                         self.end // self.block(path) + 1)
                if self.path(f"{path}/memory{block}").exists()],
            "(has no memory range here)": lambda: not [
                item for item in self.memory(path) if self.overlaps(*item[:2])],
            "(has no CFMWS here)": lambda: not [
                item for item in self.windows(path) if self.overlaps(*item[:2])],
            "(dax_cxl needs no other module)": lambda: self.depends(path, "dax_cxl") == [],
        }
        if value in simple:
            return simple[value]()
        match = re.fullmatch(rf"\(memory ({ADDRESS})-({ADDRESS}), domain (\d+)(, hot-pluggable)?\)",
                             value)
        if match:
            return (int(match[1], 0), int(match[2], 0), int(match[3]),
                    2 if match[4] else 0) in self.memory(path)
        match = re.fullmatch(rf"\(CFMWS ({ADDRESS})-({ADDRESS})((?:, \w+)*)\)", value)
        if match:
            bits = {"accelerators": 1, "expanders": 2, "volatile": 4, "persistent": 8}
            allowed = sum(bits[word] for word in match[3].split(", ")[1:])
            return (int(match[1], 0), int(match[2], 0), allowed) in [
                (*item[:2], item[2] & 15) for item in self.windows(path)]
        match = re.fullmatch(r"\(has no (\w+)\)", value)
        if match:
            return self.depends(path, match[1]) is None
        return None

    def is_empty(self, path):
        """A name that its folder may have, which is not there or has nothing in it."""
        place = self.path(path)
        known = re.fullmatch(r"driver|region|mode|target\d+|SRAT|HMAT|CEDT", place.name)
        return known and place.parent.is_dir() and (
            not os.path.lexists(place) or place.is_file() and not self.text(path).strip())

    def has_no_entry(self, folder):
        return self.path(folder).is_dir() and not [
            entry for entry in self.devices(r"\d+", folder)
            if self.overlaps(self.number_in(f"{entry}/start"), self.number_in(f"{entry}/end"))]

    def block(self, folder):
        return int(self.text(f"{folder}/block_size_bytes"), 16)

    def depends(self, path, module):
        """Names in the line of modules.dep; None without a line."""
        for line in self.text(path).splitlines():
            name, rest = line.split(":", 1)
            if os.path.basename(name).split(".ko")[0] == module:
                return [os.path.basename(item).split(".ko")[0] for item in rest.split()]
        return None

    # --- what stands in a file ---

    def stands(self, path, value):
        place = self.path(path)
        if path == "/proc/iomem":
            return squeeze(value) in [squeeze(line) for line in self.text(path).splitlines()]
        if path == "/proc/cmdline":
            return value in self.text(path).split()
        if path == "/dev/kmsg":
            path = "/cxl-sr/kmsg"
        if path.endswith(("dmesg", "kmsg")):
            return bool(re.search(re.escape(squeeze(value)) + r"(?!\S)", squeeze(self.text(path))))
        if path.endswith("/modules.dep"):
            module, names = value.split(": ")
            return self.depends(path, module) == names.split(",")
        if path.endswith("/modules.softdep"):
            return squeeze(value) in [squeeze(line) for line in self.text(path).splitlines()]
        if place.is_symlink() and place.name in ("driver", "uport"):
            return os.path.basename(os.readlink(place)) == value
        if place.is_symlink():
            return os.path.realpath(place) == os.path.realpath(self.path(value))
        if place.name == "valid_zones":
            return self.text(path).split()[0] == value
        text = self.text(path).strip()
        return number(text) == number(value) if number(text) is not None else text == value

    def holds(self, path, value):
        unread = r"\((unknown|not there|hidden|unreadable|read in part|incomplete|not used)\b"
        if value is None or re.match(unread, value):
            return True
        try:
            return self.said(path, value) if value.startswith("(") else self.stands(path, value)
        except (OSError, ValueError, IndexError, struct.error):
            return False

    def faults(self):
        found = []
        for step in self.unit["steps"]:
            for fact in step["facts"]:
                for path in self.expand(fact["path"]):
                    if not self.holds(path, fact["value"]):
                        found.append(f"{step['stage']}: {path} = {fact['value']}")
        return found

    @staticmethod
    def expand(path):
        """As a shell does: memory{1..3} are memory1, memory2 and memory3."""
        match = re.search(r"\{(\d+)\.\.(\d+)\}", path)
        if not match:
            return [path]
        return [path.replace(match[0], str(index))
                for index in range(int(match[1]), int(match[2]) + 1)]
