# SPDX-License-Identifier: GPL-2.0-only
"""`cxl-sr watch` in a capture that is made its root, with events that the kernel sends it."""

import functools
import os
import pathlib
import select
import shutil
import signal
import subprocess
import time

import inside
import machine

WITH_UEVENTS = pathlib.Path(__file__).with_name("with-uevents")
SECONDS = 30  # to wait for what has to come

CAPTURE = "locked@7.3"
FIRST_BLOCK = 0x1290000000 >> 27  # of it, in blocks of 128 MiB


def _namespace():
    return ["unshare", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"]), "--net"]


@functools.cache
def why_impossible():
    """Why no machine can be watched here; None where one can."""
    why = inside.why_impossible()
    if why or not shutil.which("unshare"):
        return why or "no unshare"
    probe = subprocess.run([*_namespace(), WITH_UEVENTS, "true"], stdin=subprocess.DEVNULL,
                           capture_output=True, text=True, check=False)
    return probe.stderr.strip() or None if probe.returncode else None


def make():
    """The capture as a root, its kernel log where a machine that runs has it, too."""
    box = inside.Inside(CAPTURE)
    return box.made.write("var/log/dmesg", box.made.read("dmesg"))


class Watched:
    """A machine, and who watches it."""

    def __init__(self, *arguments, user=0, made=None):
        self.made = made or make()
        enter = ["chroot", *([f"--userspec={user}:{user}"] if user else []), self.made.root]
        self.output, write_end = os.pipe()
        self._rest = b""
        self._process = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3>&{write_end}', "sh", *_namespace(), WITH_UEVENTS, *enter,
             machine.PROGRAM, "watch", *arguments],
            env=machine.ENVIRONMENT, pass_fds=[write_end], text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.close(write_end)

    def line(self, seconds=SECONDS):
        """The next line; None where none comes in time, or any more."""
        end = time.monotonic() + seconds
        while b"\n" not in self._rest:
            left = max(0, end - time.monotonic())
            if not select.select([self.output], [], [], left)[0]:
                return None
            got = os.read(self.output, 65536)
            if not got:
                return None
            self._rest += got
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode()

    def lines(self, count):
        return [self.line() for _ in range(count)]

    def do(self, what, value="-"):
        """What with-uevents answers: events sent, seconds of CPU so far, and how often it slept."""
        self._process.stdin.write(f"{what} {value}\n")
        self._process.stdin.flush()
        count, seconds, sleeps = self._process.stdout.readline().split()
        return int(count), float(seconds), int(sleeps)

    def event(self, subsystem="dax"):
        self.do("event", subsystem)

    def end(self, signal=None):
        """Its exit status, the rest of its lines, and stderr."""
        if signal:
            self.do("signal", signal)
        _, err = self._process.communicate()
        rest = self._rest
        while got := os.read(self.output, 65536) if self.output is not None else b"":
            rest += got
        self.close()
        return self._process.returncode, rest.decode(), err

    def close(self):
        """The reader goes."""
        if self.output is not None:
            os.close(self.output)
        self.output = None


def _set_blocks(made, state):
    """Those of the range, as `echo STATE > state` would."""
    for path in made.path("sys/devices/system/memory").glob("memory[0-9]*/state"):
        if int(path.parent.name.removeprefix("memory")) >= FIRST_BLOCK:
            path.write_text(f"{state}\n")


def offline(made):
    _set_blocks(made, "offline")


def online(made):
    _set_blocks(made, "online")


def example():
    """What is in cxl-sr-watch(1): blocks go offline and come back, folded for a page."""
    who = Watched()
    lines = who.lines(2)
    for change in (offline, online):
        change(who.made)
        who.event("memory")
        lines.append(who.line())
    who.end(signal.SIGTERM)
    return subprocess.run(["fold", "-s", "-w", "76"], input="".join(f"{line}\n" for line in lines),
                          capture_output=True, text=True, check=True).stdout
