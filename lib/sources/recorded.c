// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/recorded.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"

static bool has_line(const char *text, const char *line)
{
	const size_t length = strlen(line);

	for (; *text; text += *text == '\n') {
		size_t found = strcspn(text, "\n");

		if (found == length && memcmp(text, line, length) == 0)
			return true;
		text += found;
	}
	return false;
}

int sr_recorded_of_machine(bool *ret_of_machine, struct sr_reason *reason)
{
	sr_auto_free char *text = NULL;
	int error = sr_file_read(SR_RECORDED_MANIFEST, SR_RECORDED_MANIFEST_LIMIT, &text, NULL);

	if (error == -ENOMEM)
		return sr_fail(reason, error, "out of memory");
	if (error == -ENOENT || error == -ENOTDIR) {
		*ret_of_machine = false;
		return 0;
	}
	if (error)
		return sr_fail(reason, -EINVAL, "its manifest cannot be read: %s",
			       strerror(-error));
	if (strncmp(text, SR_RECORDED_FORMAT "\n", strlen(SR_RECORDED_FORMAT "\n")) != 0)
		return sr_fail(reason, -EINVAL,
			       "its manifest is of a format that this version does not know");
	*ret_of_machine = has_line(text, SR_RECORDED_OF_MACHINE);
	return 0;
}
