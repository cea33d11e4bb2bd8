// SPDX-License-Identifier: GPL-2.0-only
/*
 * A plan file, against a machine that has a plan: whatever it holds, it is only ever the plan
 * of now that is agreed to, or none.
 */
#include "plan-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../unit/planned.h"
#include "base/cleanup.h"
#include "json-values.h"
#include "render-plan.h"
#include "targets.h"

/* Memory that dax_hmem holds in a locked region; two plans of it have steps. */
static struct sr_snapshot *machine(void)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	plan_region(snapshot, first_half, SR_YES);
	plan_soft_reserved(snapshot, first_half, true);
	plan_dax_region(snapshot, HMEM, 0, first_half, true);
	plan_device(snapshot, NULL);
	return snapshot;
}

static void check(const struct plan_file *file)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	sr_auto_report struct sr_report *report = judge(snapshot);
	sr_auto_plan struct sr_plan *plan = plan_for(report, file->policy);
	json_auto struct json_object *now = NULL;
	struct json_object *steps, *agreed;
	struct sr_reason reason = { "" };
	int error = plan_file_compare(file, plan, &reason);

	must(!error == !*reason.text, "no reason for %d", error);
	fuzz_must_be_printable(reason.text, strlen(reason.text), false);
	if (error)
		return;
	must(!plan_object_new(plan, &now), "no memory");
	must(json_object_object_get_ex(now, "steps", &steps) &&
		     json_object_object_get_ex(file->document, "steps", &agreed) &&
		     strcmp(json_object_to_json_string(steps),
			    json_object_to_json_string(agreed)) == 0,
	     "other steps were agreed to");
}

static char folder[] = "/tmp/cxl-sr-fuzz.XXXXXX", path[sizeof(folder) + sizeof("/plan")];

static void remove_file(void)
{
	unlink(path);
	rmdir(folder);
}

/* In a folder of its own: one that others could exchange, or without a name, is not read. */
static void write_file(const uint8_t *data, size_t size)
{
	static int fd = -1;

	if (fd < 0) {
		must(mkdtemp(folder), "%s: %s", folder, strerror(errno));
		snprintf(path, sizeof(path), "%s/plan", folder);
		fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		atexit(remove_file);
	}
	must(fd >= 0 && ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size,
	     "%s: %s", path, strerror(errno));
}

FUZZ_RUN(fuzz_plan_file)
{
	struct sr_reason reason = { "" };
	struct plan_file file = { 0 };
	int error;

	write_file(data, size);
	error = plan_file_read(path, &file, &reason);
	must(error != -ENOENT && error != -EPERM, "not even looked at: %s", reason.text);
	must(!error == !*reason.text, "no reason for %d", error);
	if (error)
		return;
	must(file.policy < SR_POLICY_COUNT && json_object_is_type(file.document, json_type_object),
	     "no plan");
	check(&file);
	plan_file_done(&file);
}
