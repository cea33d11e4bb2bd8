// SPDX-License-Identifier: GPL-2.0-only
#include "render-metrics.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "config.h"
#include "judgement/alarm.h"
#include "judgement/figures.h"
#include "metrics-text.h"
#include "write-file.h"
#include "text.h"

/* The kernel's own (include/uapi/linux/utsname.h); a capture may tell more. */
#define RELEASE_LENGTH 64

#define WORD_LENGTH 32

struct exposed {
	FILE *stream;
	const struct sr_report *report;
	struct sr_figures figures;
};

/* A value that is not known is no value: there is no line for it. */
static void print_figure(const struct exposed *exposed, const char *name,
			 const struct metric_label *labels, size_t count, struct sr_u64 figure)
{
	if (figure.known || figure.value)
		print_metric(exposed->stream, name, labels, count, figure.value);
}

static void print_ranges(const struct exposed *exposed, const char *name)
{
	for (int i = 0; i < SR_CONTAINMENT_COUNT; i++)
		print_figure(exposed, name,
			     &(struct metric_label){ "contained", sr_containment_name(i) }, 1,
			     exposed->figures.ranges[i]);
}

/* Those that a machine has as a rule, and is watched for: 0 is news of them, too. */
static bool is_usual(enum sr_owner owner, enum sr_state state)
{
	if (owner == SR_OWNER_NONE)
		return state == SR_STATE_LOST;
	return (owner == SR_OWNER_CXL || owner == SR_OWNER_HMEM) && state != SR_STATE_UNKNOWN;
}

static void print_range_bytes(const struct exposed *exposed, const char *name)
{
	for (int owner = 0; owner < SR_OWNER_COUNT; owner++) {
		for (int state = 0; state < SR_STATE_COUNT; state++) {
			const struct metric_label labels[] = {
				{ "owner", sr_owner_name(owner) },
				{ "state", sr_state_name(state) },
			};
			struct sr_u64 bytes = exposed->figures.bytes[owner][state];

			if (bytes.value || is_usual(owner, state))
				print_figure(exposed, name, labels, 2, bytes);
		}
	}
}

/* In one word, as check has it: "distribution" of "distribution policy". */
static const char *whose(enum sr_problem_owner owner, char word[static WORD_LENGTH])
{
	const char *name = sr_problem_owner_name(owner);

	snprintf(word, WORD_LENGTH, "%.*s", (int)strcspn(name, " "), name);
	return word;
}

static void print_problems(const struct exposed *exposed, const char *name)
{
	char word[WORD_LENGTH];

	for (int owner = 0; owner < SR_PROBLEM_OWNER_COUNT; owner++)
		print_figure(exposed, name, &(struct metric_label){ "whose", whose(owner, word) },
			     1, exposed->figures.problems[owner]);
}

/* Of all reasons that there can be, those that there are. */
static void print_reasons_found(const struct exposed *exposed, const char *name)
{
	char word[WORD_LENGTH];

	for (int code = 0; code < SR_CODE_COUNT; code++) {
		for (int owner = 0; owner < SR_PROBLEM_OWNER_COUNT; owner++) {
			const struct metric_label labels[] = {
				{ "code", sr_codes[code].name },
				{ "whose", whose(owner, word) },
			};
			size_t count = exposed->figures.reasons[code][owner];

			if (count)
				print_metric(exposed->stream, name, labels, 2, count);
		}
	}
}

static void print_check_status(const struct exposed *exposed, const char *name)
{
	struct sr_alarm alarms[SR_ALARM_LIMIT];
	enum sr_alarm_level status = SR_ALARM_OK;
	char word[WORD_LENGTH];

	if (sr_alarm_list(exposed->report, alarms))
		status = alarms[0].level;
	for (enum sr_alarm_level level = 0; level < SR_ALARM_LEVEL_COUNT; level++) {
		snprintf(word, sizeof(word), "%s", sr_alarm_level_name(level));
		for (char *at = word; *at; at++)
			*at = (char)tolower(*at);
		print_metric(exposed->stream, name, &(struct metric_label){ "level", word }, 1,
			     level == status);
	}
}

static void print_partial(const struct exposed *exposed, const char *name)
{
	print_metric(exposed->stream, name, NULL, 0, exposed->report->short_sources != 0);
}

static void print_settled(const struct exposed *exposed, const char *name)
{
	if (exposed->report->settled != SR_UNKNOWN)
		print_metric(exposed->stream, name, NULL, 0, exposed->report->settled == SR_YES);
}

static void print_kernel(const struct exposed *exposed, const char *name)
{
	const struct sr_report *report = exposed->report;
	const char *kernel = report->snapshot->kernel.release.value;
	bool has_rule = report->rule.certainty != SR_CERTAINTY_NONE;
	char release[RELEASE_LENGTH + 1];
	const struct metric_label labels[] = {
		{ "release", release },
		{ "rule", has_rule ? sr_rule_name(report->rule.rule) : "" },
		{ "certainty", sr_certainty_name(report->rule.certainty) },
	};

	snprintf(release, sizeof(release), "%s", kernel ? kernel : "");
	print_metric(exposed->stream, name, labels, 3, 1);
}

static void print_build(const struct exposed *exposed, const char *name)
{
	print_metric(exposed->stream, name, &(struct metric_label){ "version", CXL_SR_VERSION }, 1,
		     1);
}

/* The table in cxl-sr-prometheus(7) has these names and helps (tests/docs/check-man). */
static const struct metric {
	const char *name;
	const char *help;
	void (*print)(const struct exposed *exposed, const char *name);
	size_t figure; /* without print: where in struct sr_figures */
} metrics[] = {
	{ "cxl_sr_range_bytes", "Soft Reserved memory by owner and state.", print_range_bytes, 0 },
	{ "cxl_sr_lost_bytes", "Soft Reserved memory that nobody owns.", NULL,
	  offsetof(struct sr_figures, lost) },
	{ "cxl_sr_unusable_bytes", "Soft Reserved memory that no driver can bind.", NULL,
	  offsetof(struct sr_figures, unusable) },
	{ "cxl_sr_idle_bytes", "Soft Reserved memory that could be in use and is not.", NULL,
	  offsetof(struct sr_figures, idle) },
	{ "cxl_sr_unknown_bytes", "Soft Reserved memory whose state is not known.", NULL,
	  offsetof(struct sr_figures, unknown) },
	{ "cxl_sr_online_bytes", "Soft Reserved memory in online memory blocks.", NULL,
	  offsetof(struct sr_figures, online) },
	{ "cxl_sr_uncontained_bytes",
	  "Soft Reserved memory in CXL windows that no committed region contains.", NULL,
	  offsetof(struct sr_figures, uncontained) },
	{ "cxl_sr_accelerator_bytes",
	  "Soft Reserved memory of accelerators, in no other metric of bytes.", NULL,
	  offsetof(struct sr_figures, accelerators) },
	{ "cxl_sr_problem_bytes", "Soft Reserved memory with a problem, by whose it is.",
	  print_problems, 0 },
	{ "cxl_sr_ranges", "Soft Reserved ranges by whether a committed region contains them.",
	  print_ranges, 0 },
	{ "cxl_sr_reasons", "Decision units and findings that have a reason, by its code.",
	  print_reasons_found, 0 },
	{ "cxl_sr_check_status", "Whether cxl-sr check gives this level.", print_check_status, 0 },
	{ "cxl_sr_partial", "Whether something that decides could not be read.", print_partial, 0 },
	{ "cxl_sr_settled", "Whether CXL enumeration has come to its end.", print_settled, 0 },
	{ "cxl_sr_kernel_info", "The kernel, and by which rule it decides.", print_kernel, 0 },
	{ "cxl_sr_build_info", "The version of cxl-sr.", print_build, 0 },
};

/* The head is there also where no value is known: the metric exists. */
static void print_one(const struct exposed *exposed, const struct metric *metric)
{
	const char *figures = (const char *)&exposed->figures;

	print_metric_head(exposed->stream, metric->name, metric->help);
	if (metric->print)
		metric->print(exposed, metric->name);
	else
		print_figure(exposed, metric->name, NULL, 0,
			     *(const struct sr_u64 *)(const void *)(figures + metric->figure));
}

void render_metrics(FILE *stream, const struct sr_report *report)
{
	struct exposed exposed = { .stream = stream, .report = report };

	sr_figures_make(report, &exposed.figures);
	for (size_t i = 0; i < sizeof(metrics) / sizeof(*metrics); i++)
		print_one(&exposed, &metrics[i]);
}

int write_metrics(const char *path, const struct sr_report *report, struct sr_reason *reason)
{
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *stream = text_open(&text, &length);

	if (!stream)
		return sr_fail(reason, -ENOMEM, "out of memory");
	render_metrics(stream, report);
	if (text_close(stream) != 0)
		return sr_fail(reason, -ENOMEM, "out of memory");
	return write_text_file(path, 0644, text, reason);
}
