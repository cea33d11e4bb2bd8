// SPDX-License-Identifier: GPL-2.0-only
/*
 * What `diff` takes for a report, compared with a real one, on either side, and with itself:
 * then nothing differs. The first byte tells which side.
 */
#include <errno.h>
#include <string.h>

#include "../unit/planned.h"
#include "base/cleanup.h"
#include "comparison.h"
#include "json-documents.h"
#include "output.h"
#include "render-comparison.h"
#include "report-file.h"
#include "targets.h"

/* One that has something in most lists. */
static struct sr_snapshot *machine(void)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	plan_region(snapshot, first_half, SR_YES);
	plan_soft_reserved(snapshot, both, true);
	plan_dax_region(snapshot, HMEM, 0, first_half, true);
	plan_device(snapshot, "kmem");
	return snapshot;
}

static struct json_object *own_report(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	sr_auto_report struct sr_report *report = judge(snapshot);
	struct json json = { .form = JSON_COMPACT };
	struct json_object *document = json_report(&json, report);

	must(document && !json.failed, "no memory");
	return document;
}

static void compare(struct json_object *before, struct json_object *after, bool same)
{
	struct diff_sides sides = {
		.before = { "before.json", SIDE_REPORT },
		.after = { "after.json", SIDE_REPORT },
	};
	struct comparison comparison = { 0 };
	struct sr_reason reason = { "" };
	struct output output;
	int error = model_make(before, NULL, &comparison.before, &reason);

	must(!error == !*reason.text && error != -ENOMEM, "no reason for %d", error);
	if (error)
		json_object_put(after);
	else
		error = model_make(after, NULL, &comparison.after, &reason);
	fuzz_must_be_printable(reason.text, strlen(reason.text), false);
	if (!error) {
		must(!comparison_make(&comparison), "no memory");
		must(comparison.unknown <= comparison.count, "more unknown than there are");
		must(!same || !comparison.count, "it differs from itself");
		output_begin(&output);
		must(!render_comparison(&comparison, &sides), "no memory");
		output_end(&output);
		output_begin(&output);
		must(!render_comparison_json(&comparison, &sides, JSON_COMPACT), "no memory");
		output_end_json(&output);
	}
	comparison_done(&comparison);
}

FUZZ_RUN(fuzz_diff)
{
	struct json_object *document, *other;
	struct sr_reason reason = { "" };
	sr_auto_free char *text = size ? fuzz_text(data + 1, size - 1) : NULL;
	int error = text ? json_text_parse(text, size - 1, &document, &reason) : -EINVAL;

	if (error) {
		fuzz_must_be_printable(reason.text, strlen(reason.text), false);
		return;
	}
	other = data[0] % 3 == 2 ? json_object_get(document) : own_report();
	if (data[0] % 3 == 1)
		compare(other, document, false);
	else
		compare(document, other, data[0] % 3 == 2);
}
