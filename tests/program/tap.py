# SPDX-License-Identifier: GPL-2.0-only
"""TAP for the program tests: one line a check, the plan at the end."""

import sys

_count = 0
_failed = 0


def ok(condition, what):
    global _count, _failed
    _count += 1
    print(f"{'ok' if condition else 'not ok'} {_count} - {what}")
    _failed += not condition
    return bool(condition)


def same(got, want, what):
    if ok(got == want, what):
        return True
    print(f"#  got: {got!r}\n# want: {want!r}")
    return False


def has(text, part, what):
    if not ok(part in text, what):
        print(f"#  got: {text!r}\n# want in it: {part!r}")


def skip(what, why):
    global _count
    _count += 1
    print(f"ok {_count} - {what} # SKIP {why}")


def skip_all(why):
    """In TAP a whole test is skipped by an empty plan, and not by exit status 77."""
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def done():
    print(f"1..{_count}")
    sys.exit(1 if _failed or not _count else 0)
