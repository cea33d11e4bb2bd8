// SPDX-License-Identifier: GPL-2.0-only
#include "commands.h"

const struct command commands[] = {
	{ "report", "show every Soft Reserved range: contained or not, and who owns it",
	  report_command, STATUS_USAGE },
};
const size_t command_count = sizeof(commands) / sizeof(*commands);
