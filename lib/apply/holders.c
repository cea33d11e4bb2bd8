// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/holders.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/number.h"

#define PROCESS_LIMIT (1U << 22) /* PID_MAX_LIMIT, include/linux/threads.h */
#define FD_LIMIT      (1U << 20)
#define MAPS_LIMIT    ((size_t)256 << 20)

/* The process ended, or is a kernel thread's, which holds no file of ours. */
static bool is_gone(int error)
{
	return error == -ENOENT || error == -ESRCH;
}

/* "/dev/dax0.0", also behind a removal: "/dev/dax0.0 (deleted)". */
static bool is_device(const char *path, const char *name)
{
	static const char folder[] = "/dev/", deleted[] = " (deleted)";
	size_t length = strlen(name);

	if (strncmp(path, folder, strlen(folder)) != 0 ||
	    strncmp(path + strlen(folder), name, length) != 0)
		return false;
	path += strlen(folder) + length;
	return *path == '\0' || strcmp(path, deleted) == 0;
}

static int has_open(const struct sr_machine *machine, const char *process, const char *name)
{
	sr_auto_names struct sr_names fds = { 0 };
	char folder[PATH_MAX], path[PATH_MAX], target[PATH_MAX];
	int error;
	char **fd;

	snprintf(folder, sizeof(folder), "%s/fd", process);
	error = machine->ops->list(machine->data, folder, "#", FD_LIMIT, &fds);
	if (error)
		return is_gone(error) ? 0 : error;
	sr_for_each (fd, &fds.list) {
		if (snprintf(path, sizeof(path), "%s/%s", folder, *fd) >= (int)sizeof(path))
			continue;
		error = machine->ops->link(machine->data, path, target, sizeof(target));
		if (error < 0 && !is_gone(error) && error != -ENAMETOOLONG)
			return error;
		if (error == 0 && is_device(target, name))
			return 1;
	}
	return 0;
}

/* The path is the sixth word: "start-end rights offset device inode path". */
static bool maps_device(char *line, const char *name)
{
	char *path = line;

	for (int word = 0; path && word < 5; word++) {
		path += strcspn(path, " ");
		path += strspn(path, " ");
	}
	return is_device(path, name);
}

static int has_mapped(const struct sr_machine *machine, const char *process, const char *name)
{
	sr_auto_free char *maps = NULL;
	char path[PATH_MAX], *at, *line;
	int error;

	snprintf(path, sizeof(path), "%s/maps", process);
	error = machine->ops->file(machine->data, path, MAPS_LIMIT, &maps);
	if (error)
		return is_gone(error) ? 0 : error;
	at = maps;
	while ((line = strsep(&at, "\n"))) {
		if (maps_device(line, name))
			return 1;
	}
	return 0;
}

static void read_command(const struct sr_machine *machine, const char *process,
			 struct sr_holder *holder)
{
	if (sr_machine_read(machine, process, "comm", holder->command, sizeof(holder->command)))
		snprintf(holder->command, sizeof(holder->command), "?");
	for (char *at = holder->command; *at; at++) {
		if (*at < ' ' || *at > '~')
			*at = '?';
	}
}

int sr_dax_holder_find(const struct sr_machine *machine, const char *name,
		       struct sr_holder *ret_holder)
{
	sr_auto_names struct sr_names processes = { 0 };
	char process[64];
	char **pid;
	int held = machine->ops->list(machine->data, "/proc", "#", PROCESS_LIMIT, &processes);

	if (held)
		return held;
	sr_for_each (pid, &processes.list) {
		snprintf(process, sizeof(process), "/proc/%.20s", *pid);
		held = has_open(machine, process, name);
		if (held == 0)
			held = has_mapped(machine, process, name);
		if (held < 0)
			return held;
		if (held) {
			if (sr_number_parse(*pid, &ret_holder->pid))
				ret_holder->pid = 0;
			read_command(machine, process, ret_holder);
			return 1;
		}
	}
	return 0;
}
