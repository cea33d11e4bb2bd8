// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr/fingerprint.h: what hosts have in common, and what not. */
#include "base/hash.h"
#include "fingerprint.h"
#include "judged.h"

#define GIB 0x40000000ULL

/* One of two ranges, the other one in use. */
static struct sr_range_report lost_unit(uint64_t start)
{
	static enum sr_code why[] = { SR_CODE_NO_OWNER, SR_CODE_NO_REGION };

	return (struct sr_range_report){
		.range = span(start, start + GIB - 1),
		.owner = SR_OWNER_NONE,
		.state = SR_STATE_LOST,
		.touches_window = true,
		.contained = SR_NO,
		.online = sr_u64_of(0),
		.lost = sr_u64_of(GIB),
		.why = { .items = why, .count = 2 },
	};
}

static struct sr_range_report used_unit(uint64_t start)
{
	return (struct sr_range_report){
		.range = span(start, start + GIB - 1),
		.owner = SR_OWNER_CXL,
		.touches_window = true,
		.contained = SR_YES,
		.online = sr_u64_of(GIB),
		.lost = sr_u64_of(0),
	};
}

static char *print(const struct sr_snapshot *snapshot, struct sr_range_report *units, size_t count)
{
	struct sr_report report = {
		.snapshot = snapshot,
		.rule = { .rule = SR_RULE_PER_RANGE, .certainty = SR_CERTAINTY_SURE },
		.settled = SR_YES,
		.ranges = { .items = units, .count = count },
		.units = { .items = units, .count = count },
	};

	return build_need(fingerprint_text(&report));
}

/* Whether two hosts fold. */
static void folds(struct sr_range_report a, struct sr_range_report b, bool wanted, const char *what)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	char *one = print(snapshot, &a, 1), *other = print(snapshot, &b, 1);

	ok((strcmp(one, other) == 0) == wanted, what);
	free(one);
	free(other);
}

static void test_text(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_range_report units[] = { used_unit(GIB), lost_unit(2 * GIB), used_unit(4 * GIB) };
	char *text = print(snapshot, units, 3), wanted[512];
	static const char body[] =
		"rule: per-range\n"
		"settled: yes\n"
		"partial: no\n"
		"ranges: 3, units: 3\n"
		"2 x 1GiB: owner cxl, state ok, contained yes, online 1GiB, lost 0B\n"
		"1 x 1GiB: owner none, state lost, contained no, online 0B, lost 1GiB\n"
		"  NO_REGION NO_OWNER\n";

	snprintf(wanted, sizeof(wanted), "fingerprint: %016jx\n%s",
		 (uintmax_t)sr_hash_add(SR_HASH_START, body, strlen(body)), body);
	is_text(text, wanted, "the same is told once, codes come in their own order");
	free(text);
}

static void test_hash(void)
{
	is_number(sr_hash_add(SR_HASH_START, "", 0), 0xcbf29ce484222325, "FNV-1a of nothing");
	is_number(sr_hash_add(SR_HASH_START, "foobar", 6), 0x85944171f73967e8,
		  "as its authors have it for foobar");
	is_number(sr_hash_add(sr_hash_add(SR_HASH_START, "foo", 3), "bar", 3), 0x85944171f73967e8,
		  "piece by piece");
}

static void test_order(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_range_report units[] = { used_unit(GIB), lost_unit(2 * GIB) };
	struct sr_range_report turned[] = { lost_unit(GIB), used_unit(7 * GIB) };
	char *text = print(snapshot, units, 2), *other = print(snapshot, turned, 2);

	is_text(other, text, "neither addresses nor their order count");
	free(text);
	free(other);
}

static void test_differences(void)
{
	struct sr_range_report unit = lost_unit(GIB), other = lost_unit(3 * GIB);
	enum sr_code turned[] = { SR_CODE_NO_REGION, SR_CODE_NO_OWNER };

	folds(unit, other, true, "another address");
	other.why.items = turned;
	folds(unit, other, true, "codes in another order");
	other.why.count = 1;
	folds(unit, other, false, "a code less");
	other = lost_unit(GIB);
	other.range.end++;
	folds(unit, other, false, "a byte more");
	other = lost_unit(GIB);
	other.contained = SR_UNKNOWN;
	folds(unit, other, false, "unknown is not no");
	other = lost_unit(GIB);
	other.online.known = false;
	folds(unit, other, false, "unknown is not 0");
	other = lost_unit(GIB);
	other.owner = SR_OWNER_UNKNOWN;
	folds(unit, other, false, "another owner");
	other = lost_unit(GIB);
	other.state = SR_STATE_UNUSABLE;
	folds(unit, other, false, "another state");
}

/* Texts of one line each, as they differ in one thing. */
static void is_line(struct sr_report report, const char *wanted, const char *what)
{
	char *text = build_need(fingerprint_text(&report));

	if (!tap_check(strstr(text, wanted) != NULL, __FILE__, __LINE__, what))
		printf("# in: %s# want: %s\n", text, wanted);
	free(text);
}

static void test_unknown(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_range_report unit = lost_unit(GIB);
	struct sr_finding findings[] = { { SR_CODE_MODULE_AWAY, "hmem" },
					 { SR_CODE_MADE_BY_COMMAND_LINE, "0x0" },
					 { SR_CODE_MODULE_AWAY, "kmem" } };
	struct sr_report report = { .snapshot = snapshot };

	is_line(report, "\nrule: unknown\n", "a rule that is not known");
	is_line(report, "\nsettled: unknown\n", "nor whether it has settled");
	is_line(report, "\nranges: 0, units: 0\n", "nothing there");
	report.short_sources = 1U << SR_SOURCE_IOMEM | 1U << SR_SOURCE_CXL;
	is_line(report, "\npartial: yes: iomem cxl\n", "which sources fell short");
	report.findings = (__typeof__(report.findings)){ .items = findings, .count = 3 };
	is_line(report, "\nnotes: MADE_BY_COMMAND_LINE MODULE_AWAY\n", "findings, each once");
	unit.online.known = unit.lost.known = false;
	unit.touches_window = false;
	report.units = (__typeof__(report.units)){ .items = &unit, .count = 1 };
	is_line(report, "contained -, online unknown, lost unknown\n", "unknown in each place");
	unit.range.end -= 4096;
	is_line(report, "\n1 x 1073737728B: ", "a size is not rounded");
}

int main(void)
{
	test_text();
	test_hash();
	test_order();
	test_differences();
	test_unknown();
	return tap_done();
}
