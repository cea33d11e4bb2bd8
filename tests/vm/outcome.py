# SPDX-License-Identifier: GPL-2.0-only
"""Predicted against observed: what of a cell differs, and the table of all."""

LEVELS = ("owner", "driver", "online")


def size(count):
    """Bytes as the largest unit that gives a whole number."""
    if count is None:
        return "unknown"
    for unit, name in ((1 << 30, "G"), (1 << 20, "M"), (1 << 10, "K")):
        if count and count % unit == 0:
            return f"{count // unit}{name}"
    return str(count)


def words(levels):
    """"cxl kmem 512M"; "-": no driver."""
    owner, driver, online = levels
    return f"{owner or 'unknown'} {driver or '-'} {size(online)}"


def differences(cell, row):
    """
    The levels on which the rule gives something else than the kernel did; those that no
    rule can tell have to be unknown.
    """
    if not row.predicted or cell.scenario.any_end:
        return []
    unknown = cell.scenario.open.get(cell.kernel.series, [])
    return [level for level, predicted, observed in zip(LEVELS, row.predicted, row.observed)
            if predicted != (None if level in unknown else observed)]


def by_hand(cell, row):
    """Whether the steps of the scenario explain all differences, and the report says so."""
    *levels, code = cell.scenario.by_hand.get(cell.kernel.series, [None])
    return set(differences(cell, row)) <= set(levels) and (code == "-" or code in row.codes)


def faults(cell):
    """Everything that is wrong with a cell, one line each."""
    found = list(cell.faults)
    for row in cell.rows:
        where = f"{row.start:#x}-{row.end:#x}"
        levels = differences(cell, row)
        if levels and not by_hand(cell, row):
            found.append(f"{where}: predicted {words(row.predicted)}, observed "
                         f"{words(row.observed)}: {', '.join(levels)}")
        if row.shown and row.shown != row.observed:
            found.append(f"{where}: shown {words(row.shown)}, observed {words(row.observed)}")
    want = cell.scenario.expect.get(cell.kernel.series)
    got = [row.observed for row in cell.rows]
    if want is not None and got != want:
        found.append(f"the scenario wants {' / '.join(map(words, want)) or 'nothing'}, "
                     f"observed {' / '.join(map(words, got)) or 'nothing'}")
    return found


def entry(cell):
    """The text of a cell of the table, a line each row."""
    if cell.skipped:
        return [f"skipped: {cell.skipped}"]
    if not cell.rows:
        return ["failed" if cell.faults else "no Soft Reserved"]
    lines = []
    for row in cell.rows:
        line = words(row.observed)
        levels = differences(cell, row)
        if not row.predicted:
            line += " (a region without Soft Reserved)"
        elif levels and by_hand(cell, row):
            line += f" (by hand; by the rule {words(row.predicted)})"
        elif levels:
            line += f" (PREDICTED {words(row.predicted)})"
        elif row.predicted != row.observed and not cell.scenario.any_end:
            line += f" (predicted {words(row.predicted)})"
        lines.append(line)
    return lines


def table(cells):
    """Markdown: a line each scenario, a column each kernel."""
    series = list(dict.fromkeys(cell.kernel.series for cell in cells))
    names = list(dict.fromkeys(cell.scenario.name for cell in cells))
    at = {(cell.scenario.name, cell.kernel.series): cell for cell in cells}
    titles = {cell.scenario.name: cell.scenario.title for cell in cells}
    lines = [f"| scenario | {' | '.join(series)} |", "|---" * (len(series) + 1) + "|"]
    for name in names:
        entries = ["; ".join(entry(at[name, key])) if (name, key) in at else ""
                   for key in series]
        lines.append(f"| **{name}**: {titles[name]} | {' | '.join(entries)} |")
    return "".join(line + "\n" for line in lines)


HEAD = """<!-- SPDX-License-Identifier: GPL-2.0-only -->
# What kernels did, and what was predicted

Written by `tests/vm/run --table`. Each entry is what a guest's kernel did with each decision
unit, read from sysfs by a script that knows nothing of cxl-sr: the owner of its dax region
(`none`: nobody), the driver of its dax device (`-`: none), the bytes online. Where nothing
else is said, just that was predicted, at all three levels.

Kernels: {}.

"""


def document(cells):
    releases = dict.fromkeys(cell.kernel.release for cell in cells)
    return HEAD.format(", ".join(releases)) + table(cells)
