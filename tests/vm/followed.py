# SPDX-License-Identifier: GPL-2.0-only
"""What `cxl-sr watch` told in a guest, against the reports before and after each step."""

import json

MEMBERS = ("owner", "state", "contained", "region", "online", "lost")


def _in_report(report):
    """{start: what is told of a range}"""
    units = [unit for item in report["ranges"] for unit in item["units"]]
    return {unit["start"]: {
        **{name: unit[name] for name in MEMBERS}, "why": set(unit["why"]),
        "drivers": {device["driver"] for device in unit["dax"] if device["driver"]},
    } for unit in units}


def _in_event(side):
    return side and {**side, "why": set(side["why"]), "drivers": set(side["drivers"])}


def _replay(state, events):
    """Does to @state what the events say; gives what they say wrongly."""
    for event in events:
        if event["subject"] != "range":
            continue
        start, before, after = (event["start"], _in_event(event["before"]),
                                _in_event(event["after"]))
        if before != state.get(start):
            yield f"{start}: before is {before}, but was {state.get(start)}"
        differs = before and after and {name for name in after if before[name] != after[name]}
        if set(event["changed"]) != (differs or set()):
            yield f"{start}: {event['changed']} changed, but {differs} differ"
        state[start] = after


def faults(guest):
    """What is wrong with what was told, one line each; none where nothing was followed."""
    if "watch" not in guest.files:
        return
    status, err = guest.text("watch.status").strip(), guest.text("watch.err").strip()
    if (status, err) != ("0", ""):
        yield f"watch: exit {status or 'unknown'}, {err!r}"
    events = [json.loads(line) for line in guest.text("watch").splitlines()]
    state, told, step = {}, 0, 1
    while f"followed.{step}.json" in guest.files:
        lines = int(guest.text(f"followed.{step}.lines"))
        for fault in _replay(state, events[told:lines]):
            yield f"watch, step {step}: {fault}"
        seen = {start: side for start, side in state.items() if side}
        want = _in_report(json.loads(guest.text(f"followed.{step}.json")))
        if seen != want:
            yield f"watch, step {step}: told is {seen}, but the report has {want}"
        if told == lines:
            yield f"watch, step {step}: nothing was told"
        told, step = lines, step + 1
    if told != len(events):
        yield f"watch: {len(events) - told} lines after the last step"
