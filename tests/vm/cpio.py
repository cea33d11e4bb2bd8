# SPDX-License-Identifier: GPL-2.0-only
"""Writes an initramfs: the format "newc" of Documentation/driver-api/early-userspace."""

import stat


class Cpio:
    """Files of root's, in the order of their adding, with the folders that they need."""

    def __init__(self):
        self._parts = []
        self._known = set()

    def _add(self, name, mode, data=b""):
        name = name.strip("/")
        if name in self._known:
            return
        parent = name.rpartition("/")[0]
        if parent:
            self.folder(parent)
        self._known.add(name)
        self._record(name, mode, data)

    def _record(self, name, mode, data):
        fields = [len(self._parts) + 1, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0,
                  len(name) + 1, 0]
        head = "070701" + "".join(f"{field:08x}" for field in fields)
        entry = head.encode() + name.encode() + b"\0"
        entry += b"\0" * (-len(entry) % 4)
        self._parts.append(entry + data + b"\0" * (-len(data) % 4))

    def folder(self, name):
        self._add(name, stat.S_IFDIR | 0o755)

    def file(self, name, data, mode=0o755):
        self._add(name, stat.S_IFREG | mode, data)

    def link(self, name, target):
        self._add(name, stat.S_IFLNK | 0o777, target.encode())

    def bytes(self):
        return b"".join(self._parts) + self._trailer()

    def _trailer(self):
        end = Cpio()
        end._record("TRAILER!!!", 0, b"")
        return end._parts[0]
