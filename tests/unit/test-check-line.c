// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr/check-line.h: the verdict fits where little is kept, and the line is one line. */
#include "check-line.h"
#include "judged.h"

#define RANGES 65536

static struct sr_report report_of(const struct sr_snapshot *snapshot, struct sr_range_report *unit)
{
	struct sr_report report = {
		.snapshot = snapshot,
		.units = { .items = unit, .count = 1 },
	};

	/* Their number is all that a line tells of ranges. */
	report.ranges.count = RANGES;
	return report;
}

static size_t verdict_length(const char *line)
{
	const char *end = strstr(line, "; ");

	return end ? (size_t)(end - line) : strlen(line);
}

/* The longest that can be: 1023.9PiB of 65536 ranges, with each code that can stand there. */
static void test_length(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	size_t longest = 0, alarms = 0;

	for (int state = SR_STATE_OK; state <= SR_STATE_LOST; state++) {
		for (int code = 0; code < SR_CODE_COUNT; code++) {
			enum sr_code why[] = { code };
			struct sr_range_report unit = {
				.range = { 1, (1ULL << 60) - 1 },
				.state = state,
				.agrees = SR_NO,
				.owner = SR_OWNER_HMEM,
				.why = { .items = why, .count = 1 },
				.made_by_command_line = SR_NO,
			};
			struct sr_report report = report_of(snapshot, &unit);
			enum sr_alarm_level level;
			char *line = build_need(check_line(&report, &level));

			alarms += level != SR_ALARM_OK;
			if (verdict_length(line) > longest)
				longest = verdict_length(line);
			if (verdict_length(line) > CHECK_VERDICT_LENGTH)
				printf("# too long: %s\n", line);
			free(line);
		}
	}
	ok(alarms > SR_CODE_COUNT, "most of these are alarms");
	ok(longest > 60 && longest <= CHECK_VERDICT_LENGTH, "the verdict always fits");
}

static void is_line(const struct sr_report *report, enum sr_alarm_level level, const char *wanted,
		    const char *what)
{
	enum sr_alarm_level got = SR_ALARM_LEVEL_COUNT;
	char *line = check_line(report, &got);

	is_text(line, wanted, what);
	is_number(got, level, what);
	free(line);
}

static void test_verdict(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	enum sr_code why[] = { SR_CODE_NOT_CLAIMABLE };
	struct sr_range_report unit = {
		.range = { 0x40000000, 0x7fffffff },
		.state = SR_STATE_UNUSABLE,
		.why = { .items = why, .count = 1 },
		.made_by_command_line = SR_NO,
	};
	struct sr_report report = report_of(snapshot, &unit);
	char tail[512], wanted[1024];

	snprintf(tail, sizeof(tail), "; 0x40000000-0x7fffffff: %s; next: %s",
		 sr_codes[*why].sentence, sr_codes[*why].action);
	report.ranges.count = 2;
	snprintf(wanted, sizeof(wanted),
		 "CXL-SR CRITICAL: 1GiB unusable in 1 of 2 ranges [NOT_CLAIMABLE] firmware%s",
		 tail);
	is_line(&report, SR_ALARM_CRITICAL, wanted, "one of two ranges");
	report.ranges.count = 123456789;
	snprintf(wanted, sizeof(wanted),
		 "CXL-SR CRITICAL: 1GiB unusable in 1 of 123456789 ranges [NOT_CLAIMABLE] "
		 "firmware%s",
		 tail);
	is_number(strstr(wanted, "; ") - wanted, CHECK_VERDICT_LENGTH, "as long as can be");
	is_line(&report, SR_ALARM_CRITICAL, wanted, "it still has the number of ranges");
	report.ranges.count = 1;
	snprintf(wanted, sizeof(wanted),
		 "CXL-SR CRITICAL: 1GiB unusable [NOT_CLAIMABLE] firmware%s", tail);
	is_line(&report, SR_ALARM_CRITICAL, wanted, "the only one");
	unit.why.count = 0;
	is_line(&report, SR_ALARM_CRITICAL, "CXL-SR CRITICAL: 1GiB unusable; 0x40000000-0x7fffffff",
		"no reason is given");
}

static void test_well(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	enum sr_code why[] = { SR_CODE_BLOCKS_OFFLINE };
	struct sr_range_report units[] = {
		{ .range = { 0, 0x3fffffff } },
		{ .range = { 0x40000000, 0x7fffffff } },
	};
	struct sr_report report = report_of(snapshot, units);

	report.units.count = 2;
	report.ranges.count = 1;
	report.totals.bytes = 0x80000000;
	snapshot->auto_online = sr_text_of("offline");
	is_line(&report, SR_ALARM_OK, "CXL-SR OK: 2GiB in 1 Soft Reserved range, all in use",
		"all is well");
	for (size_t i = 0; i < 2; i++)
		units[i].accelerator = SR_YES;
	is_line(&report, SR_ALARM_OK,
		"CXL-SR OK: 2GiB in 1 Soft Reserved range, 2GiB of accelerators",
		"memory of an accelerator");
	report.ranges.count = 2;
	units[1].accelerator = SR_NO;
	for (size_t i = 0; i < 2; i++) {
		units[i].state = SR_STATE_IDLE;
		units[i].why.items = why;
		units[i].why.count = 1;
	}
	is_line(&report, SR_ALARM_OK,
		"CXL-SR OK: 2GiB in 2 Soft Reserved ranges, 1GiB of accelerators, "
		"1GiB idle by policy",
		"one of each");
	units[0].accelerator = SR_NO;
	is_line(&report, SR_ALARM_OK,
		"CXL-SR OK: 2GiB in 2 Soft Reserved ranges, 2GiB idle by policy", "idle by policy");
	report.units.count = report.ranges.count = 0;
	is_line(&report, SR_ALARM_OK, "CXL-SR OK: no Soft Reserved range", "there is nothing");
}

static void test_partial(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_report report = report_of(snapshot, NULL);

	report.units.count = report.ranges.count = 0;
	report.short_sources = 1U << SR_SOURCE_IOMEM | 1U << SR_SOURCE_CXL;
	snapshot->notes[SR_SOURCE_IOMEM].state = SR_SOURCE_ABSENT;
	snapshot->notes[SR_SOURCE_CXL].detail = "a|b\nc\x1b[31md\xff";
	is_line(&report, SR_ALARM_UNKNOWN,
		"CXL-SR UNKNOWN: not all could be read; iomem: not there; cxl: a?b?c?[31md?",
		"one line, printable, and without what begins figures");
}

static void test_failure(void)
{
	char *line = check_line_of_failure("cannot open a|b\n: No such file");

	is_text(line, "CXL-SR UNKNOWN: nothing could be read; cannot open a?b?: No such file",
		"no report at all");
	free(line);
}

int main(void)
{
	test_length();
	test_verdict();
	test_well();
	test_partial();
	test_failure();
	return tap_done();
}
