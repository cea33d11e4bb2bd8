// SPDX-License-Identifier: GPL-2.0-only
/*
 * A plan file, against a machine that has a plan: whatever it holds, it is only ever the plan
 * of now that is agreed to, or none.
 */
#include "plan-file.h"

#include <string.h>

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

FUZZ_RUN(fuzz_plan_file)
{
	struct sr_reason reason = { "" };
	struct plan_file file = { 0 };
	int error = plan_file_read(fuzz_file(data, size), &file, &reason);

	must(!error == !*reason.text, "no reason for %d", error);
	if (error)
		return;
	must(file.policy < SR_POLICY_COUNT && json_object_is_type(file.document, json_type_object),
	     "no plan");
	check(&file);
	plan_file_done(&file);
}
