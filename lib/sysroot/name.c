// SPDX-License-Identifier: LGPL-2.1-or-later
/* Names in a capture: which are taken, and how those of an archive are made safe. */
#include "sysroot/name.h"

#include <errno.h>
#include <string.h>

const char *const sr_names_wanted[] = {
	"boot", "dmesg", "etc", "lib", "proc", "sos_commands", "sys", "usr", "var", NULL,
};

const char *const sr_names_more[] = {
	"cxl-list.json", "cxl-sr", "daxctl-list.json", "lsmem.txt", "run", NULL,
};

int sr_name_clean(const char *name, char *clean, size_t size)
{
	size_t length = 0, depth = 0;

	for (name += strspn(name, "/"); *name; name += strspn(name, "/")) {
		size_t part = strcspn(name, "/");

		if (part == 2 && memcmp(name, "..", 2) == 0)
			return -EXDEV;
		if (part != 1 || *name != '.') {
			if (++depth > SR_NAME_DEPTH || part > 255 || part + 2 > size - length)
				return -EFBIG;
			if (length)
				clean[length++] = '/';
			memcpy(clean + length, name, part);
			length += part;
		}
		name += part;
	}
	clean[length] = '\0';
	return 0;
}

static bool begins_with_one_of(const char *const *names, const char *clean)
{
	size_t length = strcspn(clean, "/");

	for (; *names; names++)
		if (strlen(*names) == length && memcmp(*names, clean, length) == 0)
			return true;
	return false;
}

static bool is_wanted_at_top(const char *clean)
{
	return begins_with_one_of(sr_names_wanted, clean) ||
	       begins_with_one_of(sr_names_more, clean);
}

static bool is_at_or_below(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static bool ends_in(const char *path, const char *end)
{
	size_t length = strlen(path), wanted = strlen(end);

	return length >= wanted && memcmp(path + length - wanted, end, wanted) == 0;
}

/* What of lib/modules only serves to load modules: it is the most bytes of all. */
static bool is_module(const char *path)
{
	const char *base = strrchr(path, '/');

	return base && (strstr(base, ".ko.") || ends_in(base, ".ko") || ends_in(base, ".bin"));
}

/* What programs left there for each other is not for us, and there can be a lot of it. */
static bool is_read_of_run(const char *path)
{
	return strcmp(path, "run") == 0 || is_at_or_below(path, "run/udev") ||
	       is_at_or_below(path, "run/modprobe.d");
}

/* Of a sosreport, the outputs of commands that the sources read. */
static bool is_read_of_sos(const char *path)
{
	static const char *const plugins[] = {
		"sos_commands/cxl",
		"sos_commands/devices",
		"sos_commands/kernel",
		"sos_commands/memory",
	};

	for (size_t i = 0; i < sizeof(plugins) / sizeof(*plugins); i++)
		if (is_at_or_below(path, plugins[i]))
			return true;
	return strcmp(path, "sos_commands") == 0;
}

/* Logs and traces are most of what sos packs, and can be of any size. */
static bool is_log(const char *path)
{
	if (is_at_or_below(path, "sys/kernel/debug/tracing"))
		return true;
	return is_at_or_below(path, "var") && strcmp(path, "var") != 0 &&
	       strcmp(path, "var/log") != 0 && !is_at_or_below(path, "var/log/dmesg");
}

/*
 * The supply makes sys/dev itself. The power folders of sysfs are a third of its
 * files, and nothing reads them (special.c does not look into them either).
 */
static bool is_left_out(const char *path)
{
	if (is_log(path))
		return true;
	if (is_at_or_below(path, "sos_commands"))
		return !is_read_of_sos(path);
	if (is_at_or_below(path, "sys"))
		return is_at_or_below(path, "sys/dev") || strstr(path, "/power/") ||
		       ends_in(path, "/power");
	if (is_at_or_below(path, "run"))
		return !is_read_of_run(path);
	if (is_at_or_below(path, "lib/modules") || is_at_or_below(path, "usr/lib/modules"))
		return is_module(path);
	return false;
}

bool sr_name_is_wanted(const char *clean)
{
	if (!is_wanted_at_top(clean)) {
		clean = strchr(clean, '/');
		if (!clean || !is_wanted_at_top(++clean))
			return false;
	}
	return !is_left_out(clean);
}

const char *sr_name_printable(char *name)
{
	for (char *at = name; *at; at++)
		if ((unsigned char)*at < 0x20 || (unsigned char)*at >= 0x7f)
			*at = '?';
	return name;
}
