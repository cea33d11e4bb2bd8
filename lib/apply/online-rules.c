// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Rules of udev that may put memory back online while we take it away: distributions have
 * 40-redhat.rules and 80-hotplug-cpu-mem.rules; daxctl has 90-daxctl-device.rules, which starts
 * daxdev-reconfigure@.service. What a rule does cannot be known; that it is there can.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "apply/preflight.h"
#include "base/cleanup.h"

#define RULE_LIMIT	((size_t)1 << 20)
#define RULE_FILE_LIMIT 4096

static const char *const folders[] = {
	"/etc/udev/rules.d",
	"/run/udev/rules.d",
	"/usr/lib/udev/rules.d",
	"/usr/local/lib/udev/rules.d",
};

static bool is_rule_file(const char *name)
{
	size_t length = strlen(name);

	return length > strlen(".rules") && strcmp(name + length - strlen(".rules"), ".rules") == 0;
}

/* A rule: memory and its state in one line, or daxctl's service. */
static bool is_online_rule(const char *line)
{
	if (line[strspn(line, " \t")] == '#')
		return false;
	if (strstr(line, "daxdev-reconfigure") || strstr(line, "daxctl"))
		return true;
	return strstr(line, "\"memory\"") &&
	       (strstr(line, "ATTR{state}") || strstr(line, "online"));
}

/* A line that ends with a backslash goes on: udev(7). */
static void join_lines(char *text)
{
	for (char *at = strstr(text, "\\\n"); at; at = strstr(at, "\\\n"))
		at[0] = at[1] = ' ';
}

static bool has_online_rule(char *text)
{
	char *line;

	join_lines(text);
	while ((line = strsep(&text, "\n"))) {
		if (is_online_rule(line))
			return true;
	}
	return false;
}

static int check_file(struct sr_flight *flight, const char *folder, const char *name)
{
	sr_auto_free char *text = NULL;
	char path[PATH_MAX];
	int error;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	error = flight->machine->ops->file(flight->machine->data, path, RULE_LIMIT, &text);
	if (error == -ENOMEM)
		return error;
	if (error || !has_online_rule(text)) /* a link to /dev/null masks a rule */
		return 0;
	return sr_flight_add(flight, SR_PREFLIGHT_RULE, false, SIZE_MAX,
			     "%s has a rule that may put memory back online", path);
}

static int check_folder(struct sr_flight *flight, const char *folder)
{
	sr_auto_names struct sr_names names = { 0 };
	int error = flight->machine->ops->list(flight->machine->data, folder, NULL, RULE_FILE_LIMIT,
					       &names);
	char **name;

	if (error)
		return error == -ENOMEM ? error : 0;
	sr_for_each (name, &names.list) {
		error = is_rule_file(*name) ? check_file(flight, folder, *name) : 0;
		if (error)
			return error;
	}
	return 0;
}

int sr_flight_rules(struct sr_flight *flight)
{
	bool offline = false;
	int error = 0;

	for (size_t i = 0; i < flight->count; i++)
		offline |= flight->steps[i].action == SR_ACTION_OFFLINE;
	for (size_t i = 0; offline && !error && i < sizeof(folders) / sizeof(*folders); i++)
		error = check_folder(flight, folders[i]);
	return error;
}
