// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apply/secure.h"
#include "base/cleanup.h"
#include "plan/staged.h"

#define FOLDER	   "/etc/modprobe.d"
#define NAME	   "cxl-sr.conf"
#define SIZE_LIMIT 65536

_Static_assert(sizeof(FOLDER "/" NAME) == sizeof(SR_STAGE_PATH), "one path");

static int fail(int error, const char *path, struct sr_reason *reason)
{
	switch (error) {
	case -ENOMEM:
		return sr_fail(reason, error, "out of memory");
	case -ELOOP:
		return sr_fail(reason, error, "%s is a symbolic link: it is left alone", path);
	case -EPERM:
		return sr_fail(reason, error, "%s is not ours alone to write: it is left alone",
			       path);
	case -EINVAL:
	case -EFBIG:
	case -EEXIST:
		return sr_fail(reason, error,
			       "%s is not a file of cxl-sr, or was edited: it is left alone", path);
	default:
		return sr_fail(reason, error, "%s: %s", path, strerror(-error));
	}
}

/* Everybody may read it, and only we write it. The fd or -errno. */
static int open_folder(const struct sr_machine *machine, bool make)
{
	int fd = sr_secure_folder(machine->root, FOLDER, 022, make);

	return fd == -ENOTDIR ? -ELOOP : fd;
}

/* 0 and what it says, or NULL where it is not there. */
static int read_ours(int folder, char **ret_text, struct sr_reason *reason)
{
	sr_auto_free char *text = NULL;
	int error = sr_secure_read(folder, NAME, 022, SIZE_LIMIT, &text);

	if (error && error != -ENOENT)
		return fail(error, SR_STAGE_PATH, reason);
	if (text && !sr_stage_is_ours(text))
		return fail(-EEXIST, SR_STAGE_PATH, reason);
	*ret_text = sr_take(text);
	return 0;
}

int sr_stage_look(const struct sr_machine *machine, bool *ret_there, struct sr_reason *reason)
{
	sr_auto_close int folder = open_folder(machine, false);
	sr_auto_free char *text = NULL;
	int error;

	if (folder < 0 && folder != -ENOENT)
		return fail(folder, FOLDER, reason);
	error = folder < 0 ? 0 : read_ours(folder, &text, reason);
	if (!error)
		*ret_there = text;
	return error;
}

int sr_stage_write(const struct sr_machine *machine, const char *text, bool *ret_written,
		   struct sr_reason *reason)
{
	sr_auto_close int folder = open_folder(machine, true);
	sr_auto_free char *old = NULL;
	bool same;
	int error;

	if (folder < 0)
		return fail(folder, FOLDER, reason);
	error = read_ours(folder, &old, reason);
	if (error)
		return error;
	same = old && strcmp(old, text) == 0;
	error = same ? 0 : sr_secure_replace(folder, NAME, 0644, text, strlen(text));
	if (error)
		return sr_fail(reason, error, "cannot write %s: %s", SR_STAGE_PATH,
			       strerror(-error));
	*ret_written = !same;
	return 0;
}

int sr_stage_remove(const struct sr_machine *machine, bool *ret_removed, struct sr_reason *reason)
{
	sr_auto_close int folder = open_folder(machine, false);
	sr_auto_free char *text = NULL;
	int error;

	if (folder < 0 && folder != -ENOENT)
		return fail(folder, FOLDER, reason);
	error = folder < 0 ? 0 : read_ours(folder, &text, reason);
	if (error)
		return error;
	if (text && (unlinkat(folder, NAME, 0) < 0 || fsync(folder) < 0))
		return sr_fail(reason, -errno, "cannot remove %s: %s", SR_STAGE_PATH,
			       strerror(errno));
	*ret_removed = text;
	return 0;
}

/*
 * What is installed tells it better than the name of the distribution, many of which have
 * a choice. Debian's update-initramfs comes first: it is there with dracut behind it, too.
 */
const char *sr_stage_initramfs_command(const struct sr_machine *machine)
{
	static const struct {
		const char *program, *command;
	} programs[] = {
		{ "/usr/sbin/update-initramfs", "update-initramfs -u -k all" },
		{ "/usr/bin/mkinitcpio", "mkinitcpio -P" },
		{ "/usr/bin/dracut", "dracut --force --regenerate-all" },
		{ "/usr/sbin/dracut", "dracut --force --regenerate-all" },
	};

	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++) {
		char path[PATH_MAX];

		if (sr_machine_path(machine, programs[i].program, path, sizeof(path)) == 0 &&
		    access(path, X_OK) == 0)
			return programs[i].command;
	}
	return NULL;
}
