# SPDX-License-Identifier: GPL-2.0-only
"""A capture in a folder of its own, to be changed and then reported on."""

import functools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
CAPTURES = SOURCE / "tests/captures"

# Thousands of small files are made and removed: memory is far quicker than a disk.
FOLDER = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

# What a developer's shell may hold must not change what a test sees.
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C", **{
    name: value for name, value in os.environ.items()
    if name.startswith(("ASAN_", "UBSAN_", "LSAN_"))}}

# A sanitizer's runtime and strace or valgrind get in each other's way.
SANITIZED = b"__asan_init" in pathlib.Path(PROGRAM).read_bytes()


def names():
    return sorted(path.name.removesuffix(".tgz") for path in CAPTURES.glob("*.tgz"))


def schema(name):
    """The schema of what `cxl-sr NAME --json` writes."""
    return json.loads((SOURCE / f"cxl-sr/{name}.schema.json").read_text())


@functools.cache
def validator(name="report"):
    """Checks documents against a schema; None without python3-jsonschema."""
    try:
        from jsonschema.validators import validator_for
    except ImportError:
        return None
    return validator_for(schema(name))(schema(name))


def faults(document, name=None):
    """
    What a schema, by default that which it names itself, has against @document, one line
    each; none without a validator.
    """
    if not validator():
        return []
    if not name:
        name = document["schema"].removeprefix("cxl-sr.").split("/")[0]
    return [f"{error.json_path}: {error.message}" for error in
            validator(name).iter_errors(document)]


class Result:
    def __init__(self, completed):
        self.status = completed.returncode
        self.out = completed.stdout.decode(errors="replace")
        self.err = completed.stderr.decode(errors="replace")

    def json(self):
        document = json.loads(self.out)
        assert not faults(document), faults(document)[:5]
        return document


def run(*arguments, user=False, environment=None, **settings):
    """Runs the program; as an ordinary user where @user is set (we are root then)."""
    command = [PROGRAM, *map(str, arguments)]
    if user:
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    settings.setdefault("stdout", subprocess.PIPE)
    settings.setdefault("stderr", subprocess.PIPE)
    settings.setdefault("timeout", 120)
    completed = subprocess.run(command, stdin=subprocess.DEVNULL, check=False,
                               env={**ENVIRONMENT, **(environment or {})}, **settings)
    if completed.stdout is None:
        completed.stdout = b""
    return Result(completed)


def no_other_user():
    """Why the program cannot enter a capture as an ordinary user here; None where it can."""
    if os.geteuid() != 0:
        return "I am one already"
    if not shutil.which("setpriv"):
        return "no setpriv"
    reachable = [f"setpriv --reuid=65534 --regid=65534 --clear-groups test {test}" for test in
                 (f"-x '{PROGRAM}'", f"-r '{CAPTURES}'")]
    if subprocess.run(" && ".join(reachable), shell=True, check=False).returncode:
        return "an ordinary user cannot get at the program or the captures here"
    result = run("report", "--sysroot", CAPTURES / f"{names()[0]}.tgz", user=True)
    return result.err.strip() if "namespaces are refused" in result.err else None


def why_not_live():
    """Why this machine cannot be reported on; None where it can."""
    return None if os.path.exists("/proc/self") else "/proc is not mounted"


def why_slow():
    """
    Why a capture takes a second and not a hundredth of one here, None where it does not:
    in a chroot whose / is no mount point, mounts cannot be made private, so the program
    copies each capture to disk (lib/sysroot).
    """
    probe = ["unshare", *([] if os.geteuid() == 0 else ["--user"]), "--mount", "true"]
    if shutil.which("unshare") and subprocess.run(probe, check=False,
                                                  stderr=subprocess.DEVNULL).returncode == 0:
        return None
    return "no mount namespaces here, so that each run copies its capture to disk"


class Machine:
    """With no capture named it is an empty folder."""

    def __init__(self, capture=None):
        self._folder = tempfile.TemporaryDirectory(prefix="cxl-sr-test.", dir=FOLDER)
        self.root = pathlib.Path(self._folder.name)
        os.chmod(self.root, 0o755)
        if capture:
            with tarfile.open(CAPTURES / f"{capture}.tgz") as archive:
                for member in archive:
                    # As captures are handed on: what was root's to read is anybody's, but what
                    # nobody may read was not permitted to be read.
                    if member.isdir() or member.mode & 0o444:
                        member.mode |= 0o755 if member.isdir() else 0o444
                    archive.extract(member, self.root)

    def path(self, name):
        return self.root / name

    def read(self, name):
        return self.path(name).read_text()

    def write(self, name, text):
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text)
        return self

    def replace(self, name, old, new):
        text = self.read(name)
        assert old in text, f"{name} has no {old!r}"
        return self.write(name, text.replace(old, new))

    def remove(self, name):
        path = self.path(name)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
        return self

    def link(self, name, target):
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
        return self

    def memmap(self, number, start, end, kind):
        base = f"sys/firmware/memmap/{number}"
        self.write(f"{base}/start", f"{start:#x}\n").write(f"{base}/end", f"{end:#x}\n")
        return self.write(f"{base}/type", f"{kind}\n")

    def run(self, *arguments, command="report", **settings):
        return run(command, "--sysroot", self.root, *arguments, **settings)

    def report(self):
        result = self.run("--json")
        assert result.status == 0, f"status {result.status}: {result.err}"
        return result.json()


def source(report, name):
    return next(item for item in report["sources"] if item["name"] == name)


def source_states(report):
    """{name: state} of what is judged by: captures lack the names of machine and firmware."""
    return {item["name"]: item["state"] for item in report["sources"] if item["name"] != "dmi"}


def codes(report):
    return [finding["code"] for finding in report["findings"]]
