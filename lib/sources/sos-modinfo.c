// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/sos-modinfo.h"

#include <string.h>

/* The value of "FIELD:   value" in the line; NULL for another line. */
static const char *value_of(const char *line, const char *field)
{
	size_t length = strlen(field);

	if (strncmp(line, field, length) != 0 || line[length] != ':')
		return NULL;
	line += length + 1;
	return line + strspn(line, " \t");
}

/* "dax-hmem" is the file of dax_hmem. */
static bool is_module(const char *value, size_t length, const char *name)
{
	if (strlen(name) != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (name[i] != (value[i] == '-' ? '_' : value[i]))
			return false;
	return true;
}

/* "/lib/modules/REL/kernel/drivers/dax/dax_hmem.ko.xz"; built-in ones have "(builtin)". */
static bool is_file_of(const char *path, size_t length, const char *name)
{
	const char *base = memrchr(path, '/', length);
	const char *dot;

	base = base ? base + 1 : path;
	dot = memchr(base, '.', length - (size_t)(base - path));
	return dot && is_module(base, (size_t)(dot - base), name);
}

static const char *behind_line(const char *line)
{
	line += strcspn(line, "\n");
	return *line ? line + 1 : line;
}

/* A module's lines begin with its "filename:". */
const char *sr_modinfo_softdep(const char *text, const char *name, const char *at,
			       size_t *ret_length, bool *ret_has)
{
	bool inside = at != NULL;

	for (const char *line = at ? behind_line(at) : text; *line; line = behind_line(line)) {
		const char *value = value_of(line, "filename");

		if (value) {
			inside = is_file_of(value, strcspn(value, "\n"), name);
			if (inside && ret_has)
				*ret_has = true;
			continue;
		}
		value = inside ? value_of(line, "softdep") : NULL;
		if (value) {
			*ret_length = strcspn(value, "\n");
			return value;
		}
	}
	return NULL;
}

bool sr_lsmod_is_whole(const char *text)
{
	size_t length = strlen(text);

	return strncmp(text, "Module ", strlen("Module ")) == 0 && text[length - 1] == '\n';
}

bool sr_lsmod_has(const char *text, const char *name)
{
	for (const char *line = behind_line(text); *line; line = behind_line(line))
		if (is_module(line, strcspn(line, " \n"), name))
			return true;
	return false;
}
