# SPDX-License-Identifier: GPL-2.0-only
"""What the program shows on a terminal."""

import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import termios

import machine


def shown(width, *arguments, environment=None):
    """On one @width columns wide; what it says on stderr is there, too."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("4H", 24, width, 0, 0))
    with subprocess.Popen([machine.PROGRAM, *map(str, arguments)], stdin=slave, stdout=slave,
                          stderr=slave, env={**machine.ENVIRONMENT, **(environment or {})}):
        os.close(slave)
        text = b""
        with contextlib.suppress(OSError):
            while piece := os.read(master, 65536):
                text += piece
    os.close(master)
    return text.decode().replace("\r\n", "\n")
