# SPDX-License-Identifier: GPL-2.0-only
"""
The text format in which Prometheus reads metrics, read as strictly as what reads it, and held to
the conventions that `promtool check metrics` knows; and which metrics an expression asks for.
"""

import re

LINE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?[0-9]+)')
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)')

# What metrics of other types end in, and names that a scrape adds.
RESERVED_ENDS = ("_total", "_count", "_sum", "_bucket", "_created", "_gauge", "_timestamp")
RESERVED_LABELS = {"instance", "job", "le", "quantile"}
# Units that are not base units, and abbreviations of such.
WRONG_UNITS = {"b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib", "kilobytes", "megabytes",
               "gigabytes", "kibibytes", "mebibytes", "gibibytes", "ms", "us", "ns", "sec", "s",
               "minutes", "hours", "percent"}


class Exposition:
    """help and values: {metric: text}, {(metric, ((label, value), ...)): number}."""

    def __init__(self, text):
        self.help, self.values, self.faults = {}, {}, []
        self._typed, self._name = set(), None
        if not text.endswith("\n"):
            self.faults.append("does not end with a newline")
        if not text.isascii() or re.search(r"[^\n -~]", text):
            self.faults.append("not printable ASCII")
        for number, line in enumerate(text.split("\n")[:-1], 1):
            fault = self._take(line)
            if fault:
                self.faults.append(f"line {number}: {fault}: {line!r}")
        for name in set(self.help) ^ self._typed:
            self.faults.append(f"{name}: HELP or TYPE is missing")
        for name in self.help:
            self.faults += lint(name, self.help[name])

    def _take(self, line):
        words = line.split(" ", 3)
        if words[:2] == ["#", "HELP"] and len(words) == 4:
            self._name = words[2]
            fault = self._name in self.help and "a second HELP"
            self.help[self._name] = words[3]
            return fault
        if words[:2] == ["#", "TYPE"]:
            fault = words[2:] != [self._name, "gauge"] or self._name in self._typed
            self._typed.add(words[2])
            return fault and "no TYPE of the metric that HELP is of"
        return self._take_value(line)

    def _take_value(self, line):
        match = LINE.fullmatch(line)
        if not match or match[1] != self._name or self._name not in self._typed:
            return "no value of the metric above"
        labels, rest = [], match[2] or ""
        while rest:
            label = LABEL.match(rest)
            if not label:
                return "broken labels"
            labels.append((label[1], re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(
                found[1], found[1]), label[2])))
            rest = rest[label.end():]
        names = [name for name, _ in labels]
        if len(set(names)) != len(names) or set(names) & RESERVED_LABELS or any(
                re.search("[A-Z]", name) or name.startswith("__") for name in names):
            return "labels that are there twice, or should not be"
        key = (match[1], tuple(labels))
        fault = key in self.values and "there twice"
        self.values[key] = int(match[3])
        return fault

    def value(self, name, **labels):
        """None where there is none."""
        return self.values.get((name, tuple(labels.items())))

    def of(self, name):
        """{labels: value}; of one label, {its value: value}."""
        return {labels[0][1] if len(labels) == 1 else labels: value
                for (metric, labels), value in self.values.items() if metric == name}


def lint(name, help_):
    words = name.split("_")
    if not re.fullmatch(r"cxl_sr(_[a-z]+)+", name):
        yield f"{name}: not the name of a metric of cxl-sr"
    if name.endswith(RESERVED_ENDS):
        yield f"{name}: the name of another type of metric"
    if WRONG_UNITS & set(words) or ("bytes" in words and words[-1] != "bytes"):
        yield f"{name}: its unit is no base unit, or not at the end"
    if not help_.endswith(".") or "\\" in help_:
        yield f"{name}: help that is no sentence"


def asked_for(expression):
    """The metrics of cxl-sr in a text."""
    return set(re.findall(r"\bcxl_sr_\w+", expression))
