# SPDX-License-Identifier: GPL-2.0-only
"""
Debian's packages of several suites, by an apt configuration of our own: the machine's own
sources and state are read and never changed.
"""

import glob
import re
import shutil
import subprocess

import cache

SUITES = ("bookworm", "bookworm-backports", "trixie", "trixie-backports", "sid")
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class Failed(Exception):
    """apt could not do it; says why."""


def _sources():
    for path in ["/etc/apt/sources.list", *glob.glob("/etc/apt/sources.list.d/*")]:
        try:
            with open(path, encoding="utf-8") as file:
                yield from (line for line in file if not line.lstrip().startswith("#"))
        except OSError:
            pass


def mirror():
    """Where this machine gets Debian from; the security archive is another place."""
    for line in _sources():
        for address in re.findall(r"\bhttps?://\S+/debian/?(?=\s|$)", line):
            return address.rstrip("/")
    raise Failed("the sources of this machine name no mirror of Debian")


def _options():
    """
    A list that a mirror has not renewed in time is as good: what it names is checked by its
    signature, and what can be downloaded is taken.
    """
    home = cache.folder() / "apt"
    return ["-o", f"Dir::Etc::SourceList={home}/sources.list",
            "-o", "Dir::Etc::SourceParts=/dev/null",
            "-o", f"Dir::State::Lists={home}/lists",
            "-o", f"Dir::Cache={home}/cache",
            "-o", "Acquire::Check-Valid-Until=false"]


def _run(command, *arguments, **settings):
    if not shutil.which(command):
        raise Failed(f"there is no {command}")
    completed = subprocess.run([command, "-qq", *_options(), *arguments], text=True,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, timeout=1800, **settings)
    if completed.returncode:
        raise Failed(f"{command} {arguments[0]}: {' '.join(completed.stderr.split())[-300:]}")
    return completed.stdout


def update():
    """Fetches the lists of all suites."""
    home = cache.folder() / "apt"
    for part in ("lists/partial", "cache/archives/partial"):
        (home / part).mkdir(parents=True, exist_ok=True)
    place = mirror()
    security = re.sub(r"/debian$", "/debian-security", place)
    rows = [f"{place} {suite} main" for suite in SUITES]
    rows += [f"{security} {suite}-security main" for suite in ("bookworm", "trixie")]
    (home / "sources.list").write_text("".join(
        f"deb [arch=amd64 signed-by={KEYRING}] {row}\n" for row in rows))
    _run("apt-get", "update")


def search(pattern):
    """The names of the packages that match, of all suites."""
    lines = _run("apt-cache", "search", "--names-only", pattern).splitlines()
    return [line.split(" ")[0] for line in lines]


def unpack(package, folder):
    """
    Downloads and unpacks the package; False where its file is not to be had, as lists name
    packages longer than mirrors keep them.
    """
    downloads = folder / "download"
    downloads.mkdir(exist_ok=True)
    try:
        _run("apt-get", "download", package, cwd=downloads)
    except Failed:
        return False
    for file in downloads.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", file, folder], check=True)
        file.unlink()
    downloads.rmdir()
    return True


def _unpack_all(downloads, folder):
    """Packages of a merged /usr, whose links at the top are in none of those that are needed."""
    for name in ("bin", "sbin", "lib", "lib64"):
        (folder / "usr" / name).mkdir(parents=True)
        (folder / name).symlink_to(f"usr/{name}")
    for file in sorted(downloads.glob("*.deb")):
        # dpkg-deb -x would replace such a link by a folder.
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", file],
                              stdout=subprocess.PIPE) as package:
            subprocess.run(["tar", "-x", "--keep-directory-symlink", "-C", folder],
                           stdin=package.stdout, check=True)


def install(packages, suite, folder):
    """Downloads @packages of @suite with all that they depend on, and unpacks them."""
    downloads = folder / "download"
    (downloads / "partial").mkdir(parents=True)
    # As if nothing were installed: what is on this machine is of another Debian.
    _run("apt-get", "install", "--yes", "--no-install-recommends", "--download-only",
         "-o", "Dir::State::status=/dev/null", "-o", f"Dir::Cache::archives={downloads}",
         "-o", f"APT::Default-Release={suite}", "-o", "APT::Architecture=amd64", *packages)
    _unpack_all(downloads, folder)
    shutil.rmtree(downloads)
