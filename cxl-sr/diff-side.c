// SPDX-License-Identifier: GPL-2.0-only
#include "diff-side.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "json-documents.h"
#include "reading.h"
#include "report-file.h"

const char *side_kind_name(enum side_kind kind)
{
	static const char *const names[] = { "live", "capture", "report" };

	return names[kind];
}

/* Archives do not begin so. */
static bool begins_as_json(int fd)
{
	char start[64];
	ssize_t count = pread(fd, start, sizeof(start), 0);
	ssize_t at = 0;

	while (at < count && start[at] && strchr(" \t\r\n", start[at]))
		at++;
	return at < count && start[at] == '{';
}

/* 0 and an open file for a report, -1 there for what is read as a capture. */
static int open_report(const char *path, int *ret_fd, struct sr_reason *reason)
{
	sr_auto_close int fd = -1;
	struct stat status;

	*ret_fd = -1;
	if (stat(path, &status) < 0)
		return sr_fail(reason, -errno, "%s: %s", path, strerror(errno));
	if (S_ISDIR(status.st_mode))
		return 0;
	/* Pipes are what a shell makes of <(command). */
	if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode))
		return sr_fail(reason, -EINVAL, "%s is no file and no folder", path);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return sr_fail(reason, -errno, "%s: %s", path, strerror(errno));
	if (S_ISFIFO(status.st_mode) || begins_as_json(fd)) {
		*ret_fd = fd;
		fd = -1;
	}
	return 0;
}

/* Every document goes through text, so that what is compared is the same for all. */
static int reparse(const struct json *json, struct json_object *document,
		   struct json_object **ret_document, struct sr_reason *reason)
{
	const char *text = json_text(json, document);

	if (!text)
		return sr_fail(reason, -ENOMEM, "out of memory");
	return json_text_parse(text, strlen(text), ret_document, reason);
}

static int report_text(const struct sr_report *report, struct json_object **ret_document,
		       struct sr_reason *reason)
{
	struct json json = { .form = JSON_COMPACT };
	json_auto struct json_object *document = json_report(&json, report);

	return reparse(&json, document, ret_document, reason);
}

static int predictions_text(const struct sr_report *report, struct json_object **ret_document,
			    struct sr_reason *reason)
{
	__attribute__((cleanup(predictions_done))) struct predictions predictions = { 0 };
	struct json json = { .form = JSON_COMPACT };
	json_auto struct json_object *document = NULL;

	if (predictions_make(report, NULL, &predictions))
		return sr_fail(reason, -ENOMEM, "out of memory");
	document = json_predictions(&json, &predictions);
	return reparse(&json, document, ret_document, reason);
}

static int read_machine(const struct diff_side *side, struct model *model, struct sr_reason *reason)
{
	auto_reading struct reading reading = { .rights = RIGHTS_READING };
	json_auto struct json_object *predictions = NULL;
	struct json_object *report = NULL;
	int error;

	if (side->kind == SIDE_CAPTURE) {
		reading.sysroot = strdup(side->argument);
		if (!reading.sysroot)
			return sr_fail(reason, -ENOMEM, "out of memory");
	}
	error = reading_make(&reading);
	if (error)
		return sr_fail(reason, error, "%s",
			       reading.failure ? reading.failure : "out of memory");
	error = predictions_text(reading.report, &predictions, reason);
	if (!error)
		error = report_text(reading.report, &report, reason);
	if (error)
		return error;
	return model_make(report, sr_take(predictions), model, reason);
}

static int read_report(const struct diff_side *side, int fd, struct model *model,
		       struct sr_reason *reason)
{
	struct sr_reason detail = { "" };
	struct json_object *document;
	int error = report_file_read(fd, &document, &detail);

	if (!error)
		error = model_make(document, NULL, model, &detail);
	if (error)
		return sr_fail(reason, error, "%s: %s", side->argument, detail.text);
	return 0;
}

int diff_side_read(struct diff_side *side, struct model *model, struct sr_reason *reason)
{
	sr_auto_close int fd = -1;
	int error = 0;

	*model = (struct model){ 0 };
	side->kind = SIDE_LIVE;
	if (strcmp(side->argument, "live") != 0) {
		error = open_report(side->argument, &fd, reason);
		side->kind = fd < 0 ? SIDE_CAPTURE : SIDE_REPORT;
	}
	if (error)
		return error;
	return side->kind == SIDE_REPORT ? read_report(side, fd, model, reason)
					 : read_machine(side, model, reason);
}
