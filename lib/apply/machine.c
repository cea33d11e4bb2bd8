// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/machine.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

static int join(char *path, size_t size, const char *directory, const char *name)
{
	int length = snprintf(path, size, "%s/%s", directory, name);

	return length < 0 || (size_t)length >= size ? -ENAMETOOLONG : 0;
}

int sr_machine_read(const struct sr_machine *machine, const char *directory, const char *name,
		    char *buffer, size_t size)
{
	char path[PATH_MAX];
	int error = join(path, sizeof(path), directory, name);

	return error ? error : machine->ops->read(machine->data, path, buffer, size);
}

int sr_machine_u64(const struct sr_machine *machine, const char *directory, const char *name,
		   uint64_t *ret_value)
{
	char text[64];
	int error = sr_machine_read(machine, directory, name, text, sizeof(text));

	if (error)
		return error;
	return sr_number_parse(text, ret_value) ? -EBADMSG : 0;
}

int sr_machine_link_base(const struct sr_machine *machine, const char *directory, const char *name,
			 char *buffer, size_t size)
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *base;
	int error = join(path, sizeof(path), directory, name);

	buffer[0] = '\0';
	if (error)
		return error;
	error = machine->ops->link(machine->data, path, target, sizeof(target));
	if (error)
		return error > 0 ? 0 : error;
	base = strrchr(target, '/');
	base = base ? base + 1 : target;
	if (strlen(base) >= size)
		return -ENAMETOOLONG;
	memcpy(buffer, base, strlen(base) + 1);
	return 1;
}

int sr_machine_path(const struct sr_machine *machine, const char *path, char *buffer, size_t size)
{
	int length = snprintf(buffer, size, "%s%s", machine->root, path);

	return length < 0 || (size_t)length >= size ? -ENAMETOOLONG : 0;
}
