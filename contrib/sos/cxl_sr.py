# SPDX-License-Identifier: GPL-2.0-only
"""
A plugin of sos: who owns Soft Reserved memory. It goes into the folder sos/report/plugins of
the installed sos; nothing else has to be changed.
"""

from sos.report.plugins import DebianPlugin, IndependentPlugin, Plugin


# Sos 4.0 of Debian 12 loads no plugin that is only independent.
class CxlSr(Plugin, IndependentPlugin, DebianPlugin):
    """What cxl-sr says of the machine, and what its --sysroot needs of a sosreport."""

    short_desc = "Owners of Soft Reserved memory"
    plugin_name = "cxl_sr"
    profiles = ("hardware", "memory")
    packages = ("cxl-sr",)
    commands = ("cxl-sr",)

    def setup(self):
        # The kernel says no longer in /proc/iomem what firmware called Soft Reserved.
        self.add_copy_spec("/sys/firmware/memmap")
        self.add_cmd_output([
            "cxl-sr check",
            "cxl-sr report",
            "cxl-sr report --json",
        ], timeout=60)
        # Whole or not at all: the end of an archive is of no use.
        self.add_cmd_output("cxl-sr capture --redact -o -", timeout=60, stderr=False,
                            binary=True, sizelimit=0, suggest_filename="cxl-sr-capture.tar")
