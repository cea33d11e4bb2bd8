# SPDX-License-Identifier: GPL-2.0-only
"""A capture that is made the root of the program, which then takes it for the live machine."""

import functools
import json
import os
import pathlib
import shutil
import subprocess

import libraries
import machine
import tap


def become_root():
    return [] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user"]


@functools.cache
def why_impossible():
    """Why nothing can be run inside of a capture; None where it can."""
    if machine.SANITIZED:
        return "a sanitizer needs a real /proc"
    probe = [*become_root(), "chroot", "/", "true"]
    if subprocess.run(probe, check=False, stderr=subprocess.DEVNULL).returncode:
        return "not root, and no user namespaces"
    return None


class Inside:
    """A capture with the program and what it loads in it."""

    def __init__(self, capture):
        self.made = machine.Machine(capture)
        for path in (machine.PROGRAM, *libraries.needed(machine.PROGRAM)):
            target = self.made.root / str(path).lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
        for folder in ("run", "etc/modprobe.d"):
            (self.made.root / folder).mkdir(parents=True, exist_ok=True)
            os.chmod(self.made.root / folder, 0o755)

    def run(self, *arguments, before=(), user=0, stdout=subprocess.PIPE):
        """@before: a command that runs the rest, outside of the root."""
        enter = ["chroot", *([f"--userspec={user}:{user}"] if user else []), self.made.root]
        return subprocess.run(
            [*become_root(), *before, *enter, machine.PROGRAM, *arguments],
            env=machine.ENVIRONMENT, stdin=subprocess.DEVNULL, timeout=120, text=True,
            stdout=stdout, stderr=subprocess.PIPE, check=False)

    def apply(self, *arguments, **settings):
        return self.run("apply", *arguments, **settings)

    def apply_json(self, what, status, *arguments, **settings):
        """The document, which is as its schema says, and stderr."""
        result = self.apply(*arguments, "--json", **settings)
        document = json.loads(result.stdout)
        tap.same(result.returncode, status, what)
        tap.same(machine.faults(document), [], f"{what}: as the schema says")
        return document, result.stderr
