# SPDX-License-Identifier: GPL-2.0-only
"""A scenario: one TOML file, checked word by word; README.md tells what may be in it."""

import copy
import re
import tomllib
from dataclasses import dataclass

# Where QEMU puts the windows of the machine that qemu.py describes, and of which size
# window and device are unless the scenario says so.
FIRST_WINDOW = 0x1290000000
WINDOW_SIZE = "4G"
DEVICE_SIZE = "512M"
DEVICES = ["ram", "ram"]

# The order of a distribution that loads by alias; then what takes the memory into use.
MODULES = ["cxl_pci", "cxl_acpi", "cxl_mem", "cxl_pmem", "kmem", "device_dax", "dax_hmem",
           "dax_cxl"]

UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
LEVELS = ("owner", "driver", "online")


class Wrong(Exception):
    """The file says something that is not understood."""


def size(text):
    """Bytes of "512M", "4G"."""
    match = re.fullmatch(r"(\d+)([KMG]?)", str(text))
    if not match:
        raise Wrong(f"no size: {text!r}")
    return int(match[1]) * UNITS.get(match[2], 1)


@dataclass
class Bridge:
    devices: list  # "ram" or "pmem", a root port each
    window: int    # bytes


@dataclass
class Region:
    start: int
    size: int
    devices: list  # indexes, in the order of the interleave
    granularity: int
    locked: bool
    missing: list      # devices whose decoders are not committed
    unassembled: bool  # the memory decodes, but the kernel refuses the region


@dataclass
class Scenario:
    name: str
    title: str
    bridges: list
    regions: list
    soft_reserved: list  # (start, size)
    srat: list           # (start, end) in the SRAT besides the machine's own; None: QEMU's
    hmat: bool           # whether there is an HMAT
    modules: list
    command_line: str
    steps: str
    carry: list          # files that a second boot gets from the first, which did the steps
    unit: str            # a systemd unit that the guest has, and systemd; None: neither
    collector: bool      # whether the collector of captures is run, too
    sosreport: bool      # whether sos is run, too
    by_hand: dict        # series: levels on which steps or order make other than the rule
                         # gives, and the code that says so
    any_end: bool        # the rule of the kernel says nothing of what steps come to
    open: dict           # series: levels that no rule can tell there
    expect: dict         # series: [(owner, driver, bytes)...], an entry each unit
    skip: dict           # series: why it cannot be had there

    def window(self, index):
        return FIRST_WINDOW + sum(bridge.window for bridge in self.bridges[:index])


KEYS = {"title", "bridges", "region", "soft-reserved", "srat", "hmat", "modules",
        "blacklist", "command-line", "steps", "carry", "unit", "collector", "sosreport",
        "by-hand", "open", "expect", "skip"}


def _check(table, known, where):
    for key in table:
        if key not in known:
            raise Wrong(f"{where}: what is {key!r}?")


def address(scenario, text):
    """"window1+512M" or "0x60000000"."""
    match = re.fullmatch(r"window(\d)(?:([+-])(\w+))?", text)
    if not match:
        return int(text, 16)
    offset = size(match[3]) if match[3] else 0
    return scenario.window(int(match[1])) + (-offset if match[2] == "-" else offset)


def _range(scenario, text):
    """"window0+512M 256M": start and size."""
    start, _, length = text.partition(" ")
    return address(scenario, start), size(length)


def _bridges(tables):
    for table in tables:
        _check(table, {"devices", "window"}, "bridges")
    return [Bridge(table.get("devices", DEVICES), size(table.get("window", WINDOW_SIZE)))
            for table in tables]


def _region(scenario, table):
    _check(table, {"range", "devices", "granularity", "locked", "missing", "unassembled"},
           "region")
    start, length = _range(scenario, table["range"])
    return Region(start, length, table["devices"], table.get("granularity", 256),
                  table.get("locked", False), table.get("missing", []),
                  table.get("unassembled", False))


def _level(text):
    """"cxl kmem 512M" or "hmem - 0"."""
    words = text.split()
    if len(words) != len(LEVELS):
        raise Wrong(f"expect: owner, driver and bytes online, not {text!r}")
    return words[0], None if words[1] == "-" else words[1], size(words[2])


def _by_series(table, value):
    """Keys such as "6.12 6.18" stand for several series."""
    return {series: value(entry) for key, entry in table.items() for series in key.split()}


def _expected(entry):
    return [_level(text) for text in ([entry] if isinstance(entry, str) else entry)]


def _command_line(scenario, document):
    text = re.sub(r"\{([^}]+)\}", lambda match: hex(address(scenario, match[1])),
                  document.get("command-line", ""))
    blacklist = document.get("blacklist", [])
    return f"{text} module_blacklist={','.join(blacklist)}" if blacklist else text


def _srat(scenario, document):
    if "srat" not in document:
        return None
    ranges = [_range(scenario, text) for text in document["srat"]]
    return [(start, start + length) for start, length in ranges]


def parse(name, text):
    document = tomllib.loads(text)
    _check(document, KEYS, name)
    scenario = Scenario(
        name=name, title=document["title"], bridges=_bridges(document.get("bridges", [{}])),
        regions=[], hmat=document.get("hmat", True), soft_reserved=[], srat=None, modules=document.get("modules", MODULES),
        command_line="", steps=document.get("steps", ""),
        carry=document.get("carry", []), unit=document.get("unit"),
        collector=document.get("collector", False), sosreport=document.get("sosreport", False),
        by_hand=_by_series(document.get("by-hand", {}), str.split),
        any_end=False, open=_by_series(document.get("open", {}), str.split),
        expect=_by_series(document.get("expect", {}), _expected),
        skip=_by_series(document.get("skip", {}), str))
    scenario.regions = [_region(scenario, table) for table in document.get("region", [])]
    scenario.soft_reserved = [_range(scenario, text)
                              for text in document.get("soft-reserved", [])]
    scenario.srat = _srat(scenario, document)
    scenario.command_line = _command_line(scenario, document)
    return scenario


def read(path):
    try:
        return parse(path.stem, path.read_text())
    except KeyError as error:
        raise Wrong(f"{path}: there is no {error}") from error
    except OSError as error:
        raise Wrong(f"{path}: {error.strerror}") from error
    except (Wrong, ValueError) as error:
        raise Wrong(f"{path}: {error}") from error


def with_policy(scenario, policy):
    """The same, and then apply: whatever that comes to, the machine is as the plan promised."""
    after = copy.copy(scenario)
    after.name = f"{scenario.name}+{policy}"
    after.title = f"{scenario.title}; then policy {policy}"
    after.steps = f"{scenario.steps}\napply_whatever {policy}"
    after.expect, after.open = {}, {}
    after.any_end = True
    return after


def script(scenario, with_steps=True):
    """What guest/init runs of it."""
    steps = scenario.steps if with_steps else ""
    return (f"MODULES='{' '.join(scenario.modules)}'\n"
            f"COLLECTOR={'yes' if scenario.collector else ''}\n"
            f"SOSREPORT={'yes' if scenario.sosreport else ''}\n"
            f"CARRY='{' '.join(scenario.carry) if with_steps else ''}'\n"
            f"steps() {{\n:\n{steps}\n}}\n")
