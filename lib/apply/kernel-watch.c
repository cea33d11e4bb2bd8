// SPDX-License-Identifier: LGPL-2.1-or-later
/* Documentation/ABI/testing/dev-kmsg; sources/kernel-log-live.c reads all of it, this the end. */
#include "apply/kernel-watch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"

/* Above PRINTK_MESSAGE_MAX of kernel/printk/internal.h, 8192 before v6.3. */
#define RECORD_SIZE   16384
#define WARNING_LIMIT 64

static const char *const signs[] = {
	"WARNING:",
	"BUG:",
	"cut here",
	"Oops",
	"Call Trace",
	"stuck online",
	"cannot be hotremoved",
	"hotremove failed",
	"call trace",
	"leaked until",
	"Failed to synchronize CPU cache",
};

void sr_kernel_watch_start(const struct sr_machine *machine, struct sr_kernel_watch *ret_watch)
{
	char path[PATH_MAX];

	ret_watch->fd = -1;
	if (sr_machine_path(machine, "/dev/kmsg", path, sizeof(path)))
		return;
	ret_watch->fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (ret_watch->fd >= 0)
		lseek(ret_watch->fd, 0, SEEK_END);
}

/* "priority,sequence,time,flags;text": facility 0 is the kernel's (devkmsg_write()). */
static const char *kernel_text(const char *line)
{
	const char *text = strchr(line, ';');
	uint64_t priority;

	if (!text || sr_number_scan(&line, 10, &priority) || *line != ',' || priority >> 3)
		return NULL;
	return text + 1;
}

static bool is_warning(const char *text)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		if (strstr(text, signs[i]))
			return true;
	}
	return false;
}

static int take_line(struct sr_apply_result *result, const char *line)
{
	const char *text = *line == ' ' ? NULL : kernel_text(line);
	char **item;

	if (!text || !is_warning(text) || result->warnings.count >= WARNING_LIMIT)
		return 0;
	item = sr_list_add(&result->warnings);
	if (!item)
		return -ENOMEM;
	*item = strdup(text);
	return *item ? 0 : -ENOMEM;
}

static int take_records(struct sr_apply_result *result, char *records)
{
	char *line;
	int error = 0;

	while (!error && (line = strsep(&records, "\n")))
		error = take_line(result, line);
	return error;
}

int sr_kernel_watch_collect(struct sr_kernel_watch *watch, struct sr_apply_result *result)
{
	char record[RECORD_SIZE];
	int error = 0;

	while (!error && watch->fd >= 0) {
		ssize_t got = read(watch->fd, record, sizeof(record) - 1);

		/* EPIPE: the next ones were overwritten; those behind them are still there. */
		if (got < 0 && (errno == EINTR || errno == EPIPE))
			continue;
		if (got <= 0)
			break;
		record[got] = '\0';
		error = take_records(result, record);
	}
	return error;
}

void sr_kernel_watch_end(struct sr_kernel_watch *watch)
{
	if (watch->fd >= 0)
		close(watch->fd);
	watch->fd = -1;
}
