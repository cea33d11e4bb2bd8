// SPDX-License-Identifier: GPL-2.0-only
#include "commands.h"

const struct command commands[] = {
	{ "report", "show every Soft Reserved range: contained or not, and who owns it",
	  report_command, STATUS_USAGE },
	{ "explain", "explain what happened to a range, and what to do about it", explain_command,
	  STATUS_USAGE },
	{ "predict", "show who would own what by the rule of each kernel", predict_command,
	  STATUS_USAGE },
	{ "diff", "show what changed between two captures, reports or this machine", diff_command,
	  STATUS_DIFF_TROUBLE },
	{ "lint", "show where tables of firmware and platform do not fit together", lint_command,
	  STATUS_USAGE },
	{ "map", "draw the address space: firmware, windows, regions, owners", map_command,
	  STATUS_USAGE },
	{ "apply", "give Soft Reserved memory the owner that a policy wants", apply_command,
	  STATUS_USAGE },
	{ "capture", "pack what is read of this machine, for a report elsewhere", capture_command,
	  STATUS_USAGE },
	{ "bundle", "pack a capture with its report and a page for the firmware's vendor",
	  bundle_command, STATUS_USAGE },
	{ "check", "print one line for monitoring, and exit with its status", check_command,
	  STATUS_CHECK_UNKNOWN },
	{ "watch", "follow the machine, and print a line for each change", watch_command,
	  STATUS_USAGE },
};
const size_t command_count = sizeof(commands) / sizeof(*commands);
