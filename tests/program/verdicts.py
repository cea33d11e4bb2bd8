# SPDX-License-Identifier: GPL-2.0-only
"""Two reports of one machine, of which the second knows less: it may not say anything else."""

# How it came to be known, and whose problem it is, which only firmware's own map tells.
UNTOLD = {"sources", "problem", "boundary", "windows"}

# A reason that only says how little was needed to know the rest.
HARMLESS = {"HMEM_PLACED_BY_SIZE"}


def _is_unknown(value):
    return value is None or value == "unknown"


def _of_reasons(where, whole, less):
    """Other reasons than before only where one of them is that something is not known."""
    more = set(less) - set(whole) - HARMLESS
    if more and not any("UNKNOWN" in code for code in less):
        yield f"{where} has {' '.join(sorted(more))}"


def _is_named(value):
    return isinstance(value, list) and all(isinstance(item, dict) and "name" in item
                                           for item in value)


def _of_devices(where, whole, less):
    """Of devices some can be missing where not all could be read."""
    known = {item["name"]: item for item in whole}
    for item in less:
        if item["name"] in known:
            yield from _of_values(f"{where} {item['name']}", known[item["name"]], item)


def _of_values(where, whole, less):
    if _is_unknown(less):
        return
    if isinstance(whole, dict) and isinstance(less, dict):
        for name in whole.keys() - UNTOLD:
            if name == "why":
                yield from _of_reasons(f"{where}.why", whole[name], less[name])
            else:
                yield from _of_values(f"{where}.{name}", whole[name], less[name])
    elif _is_named(whole) and _is_named(less):
        yield from _of_devices(where, whole, less)
    elif isinstance(whole, list) and isinstance(less, list) and len(whole) == len(less):
        for index, pair in enumerate(zip(whole, less)):
            yield from _of_values(f"{where}[{index}]", *pair)
    elif whole != less and not (where.endswith(".targets") and less == []):
        yield f"{where} is {less!r}, and was {whole!r}"


def _may_lack_ranges(report):
    return any(item["code"] == "SOFT_RESERVED_INCOMPLETE" for item in report["findings"])


def _of_ranges(whole, less):
    """Ranges can be missing, and with them what is said of all, only where that is told."""
    if not _may_lack_ranges(less):
        for name in ("settled", "global", "ranges"):
            yield from _of_values(name, whole[name], less[name])
        return
    known = {(item["start"], item["end"]): item for item in whole["ranges"]}
    for item in less["ranges"]:
        where = (item["start"], item["end"])
        if where in known:
            yield from _of_values(f"range {where[0]}", known[where], item)


def differences(whole, less):
    """What the report @less says otherwise than @whole, a line each; unknown is no difference."""
    found = list(_of_values("rule.name", whole["rule"]["name"], less["rule"]["name"]))
    found += _of_ranges(whole, less)
    for name in ("regions", "windows", "memdevs"):
        found += _of_values(name, whole[name], less[name])
    return found
