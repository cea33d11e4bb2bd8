// SPDX-License-Identifier: GPL-2.0-only
#include "plan-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apply/secure-way.h"
#include "base/cleanup.h"
#include "json-values.h"
#include "render-plan.h"
#include "report-file.h"

#define FILE_LIMIT (16 << 20)

static int check_file(int fd, const char *path, struct sr_reason *reason)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return sr_fail(reason, -errno, "%s: %s", path, strerror(errno));
	if (!S_ISREG(status.st_mode) || status.st_size > FILE_LIMIT)
		return sr_fail(reason, -EINVAL, "%s is no plan", path);
	if ((status.st_uid != 0 && status.st_uid != geteuid()) || (status.st_mode & 022) ||
	    status.st_nlink > 1)
		return sr_fail(reason, -EPERM, "%s can be written by others: plan again", path);
	return 0;
}

static int open_file(const char *path, struct sr_reason *reason)
{
	sr_auto_way struct sr_way way = { .folder = -1 };
	sr_auto_close int fd = -1;
	int error = sr_way_find("", path, SR_WAY_GIVEN, &way), opened;

	if (error == -EPERM)
		return sr_fail(reason, error, "%s: others can put another file in its place", path);
	if (error == -EISDIR)
		return sr_fail(reason, error, "%s is no plan", path);
	if (error)
		return sr_fail(reason, error, "%s: %s", path, strerror(-error));
	fd = openat(way.folder, way.name,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return sr_fail(reason, -errno, "%s: %s", path, strerror(errno));
	error = check_file(fd, path, reason);
	if (error)
		return error;
	opened = fd;
	fd = -1;
	return opened;
}

static const char *text_of(struct json_object *document, const char *key)
{
	struct json_object *value;

	if (!json_object_is_type(document, json_type_object) ||
	    !json_object_object_get_ex(document, key, &value) ||
	    !json_object_is_type(value, json_type_string))
		return "";
	return json_object_get_string(value);
}

int plan_file_read(const char *path, struct plan_file *ret_file, struct sr_reason *reason)
{
	sr_auto_close int fd = open_file(path, reason);
	json_auto struct json_object *document = NULL;
	struct sr_reason detail = { "" };
	enum sr_policy policy;
	int error;

	if (fd < 0)
		return fd;
	error = report_file_read(fd, &document, &detail);
	if (error == -ENOMEM)
		return sr_fail(reason, error, "%s", detail.text);
	if (strcmp(text_of(document, "schema"), PLAN_SCHEMA) != 0 ||
	    !sr_policy_find(text_of(document, "policy"), &policy))
		return sr_fail(reason, -EINVAL, "%s is no plan of this version", path);
	*ret_file = (struct plan_file){ document, policy };
	document = NULL;
	return 0;
}

/* The fingerprint stands for the machine, and its steps for what was agreed to. */
int plan_file_compare(const struct plan_file *file, const struct sr_plan *plan,
		      struct sr_reason *reason)
{
	json_auto struct json_object *now = NULL;
	struct json_object *agreed_steps, *steps;

	if (plan_object_new(plan, &now))
		return sr_fail(reason, -ENOMEM, "out of memory");
	if (strcmp(text_of(file->document, "fingerprint"), plan->fingerprint) != 0)
		return sr_fail(reason, -ESTALE,
			       "the machine is not as it was when the plan was made: plan again");
	if (!json_object_object_get_ex(file->document, "steps", &agreed_steps) ||
	    !json_object_object_get_ex(now, "steps", &steps) ||
	    !json_object_equal(agreed_steps, steps))
		return sr_fail(reason, -ESTALE,
			       "the plan has other steps than are planned now: "
			       "plan again");
	return 0;
}

void plan_file_done(struct plan_file *file)
{
	json_object_put(file->document);
	file->document = NULL;
}
