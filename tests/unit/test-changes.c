// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr/predictions.h: what changes on another kernel, in words. */
#include "judged.h"
#include "predictions.h"
#include "verdict.h"

#define GIB 0x40000000ULL

/* Three units of 1 GiB, and what each rule makes of them. */
struct made {
	struct sr_range_report units[3];
	struct sr_forecast forecasts[SR_RULE_COUNT][3];
	struct sr_prediction predictions[SR_RULE_COUNT];
	struct sr_report report;
	struct predictions set;
};

static const struct sr_forecast of_cxl = { .owner = SR_OWNER_CXL,
					   .usable = SR_YES,
					   .usable_bytes = { GIB, true } };
static const struct sr_forecast of_hmem = { .owner = SR_OWNER_HMEM,
					    .usable = SR_YES,
					    .usable_bytes = { GIB, true } };
static const struct sr_forecast of_nobody = { .owner = SR_OWNER_NONE,
					      .usable = SR_NO,
					      .usable_bytes = { 0, true } };
static const struct sr_forecast stuck = { .owner = SR_OWNER_HMEM,
					  .usable = SR_NO,
					  .usable_bytes = { 0, true } };
static const struct sr_forecast half = { .owner = SR_OWNER_CXL,
					 .usable = SR_NO,
					 .usable_bytes = { GIB / 2, true } };
static const struct sr_forecast unsure = { .owner = SR_OWNER_HMEM };
static const struct sr_forecast unmeasured = { .owner = SR_OWNER_HMEM, .usable = SR_NO };
static const struct sr_forecast unknown = { 0 };

static void set_rule(struct made *made, enum sr_rule rule, struct sr_forecast a,
		     struct sr_forecast b, struct sr_forecast c)
{
	struct sr_prediction *prediction = &made->predictions[rule];
	const struct sr_forecast *forecast;

	made->forecasts[rule][0] = a;
	made->forecasts[rule][1] = b;
	made->forecasts[rule][2] = c;
	prediction->units.items = made->forecasts[rule];
	prediction->units.count = 3;
	prediction->rule = rule;
	prediction->usable_bytes = sr_u64_of(0);
	sr_for_each (forecast, &prediction->units) {
		prediction->usable_bytes.value += forecast->usable_bytes.value;
		prediction->usable_bytes.known &= forecast->usable_bytes.known;
	}
	made->set.items[rule] = prediction;
}

/* All units are CXL's by all rules; this kernel's is `window`. */
static void make(struct made *made)
{
	*made = (struct made){ .set.report = &made->report };
	for (uint64_t i = 0; i < 3; i++)
		made->units[i].range = span((i + 1) * GIB, (i + 2) * GIB - 1);
	made->report.units.items = made->units;
	made->report.units.count = 3;
	for (int i = 0; i < SR_RULE_COUNT; i++) {
		set_rule(made, i, of_cxl, of_cxl, of_cxl);
		made->set.shown[i] = true;
	}
	made->set.own = made->set.items[SR_RULE_WINDOW];
}

/* The reasons of @count codes as they stand at the end; sentences may change. */
static char *reasons_of(const enum sr_code *codes, size_t count)
{
	char *text = NULL;
	size_t length;
	FILE *stream = build_need(open_memstream(&text, &length));

	fputs("\nReasons:\n", stream);
	for (size_t i = 0; i < count; i++)
		print_reason(stream, sr_codes[codes[i]].sentence, codes[i]);
	fclose(stream);
	return text;
}

/* What changes begins with @wanted and ends with these reasons. */
static void is_changes_for(const struct made *made, const char *wanted, const enum sr_code *codes,
			   size_t count, const char *what)
{
	char *reasons = reasons_of(codes, count), *text = NULL, *end;
	size_t length;
	FILE *stream = build_need(open_memstream(&text, &length));

	is_number((uint64_t)print_changes(stream, &made->set), 0, what);
	fclose(stream);
	end = strstr(text, "\nReasons:\n");
	is_text(end, reasons, what);
	if (end)
		*end = '\0';
	is_text(text, wanted, what);
	free(reasons);
	free(text);
}

static void is_changes(const struct made *made, const char *wanted, const char *what)
{
	char *text = NULL;
	size_t length;
	FILE *stream = build_need(open_memstream(&text, &length));

	is_number((uint64_t)print_changes(stream, &made->set), 0, what);
	fclose(stream);
	is_text(text, wanted, what);
	free(text);
}

static void show_only(struct made *made, enum sr_rule rule)
{
	for (int i = 0; i < SR_RULE_COUNT; i++)
		made->set.shown[i] = i == (int)rule;
}

#define HEAD "\nWhat changes when this host moves to another kernel:\n"

static void test_nothing(void)
{
	struct made made;

	make(&made);
	is_changes(&made,
		   HEAD
		   "\nNothing changes on kernels that follow hmem-only (before v6.3), per-range "
		   "(v7.1\nand later), global (never merged; kernels of some vendors).\n",
		   "nothing changes");
	show_only(&made, SR_RULE_WINDOW);
	is_changes(&made, "", "no move to the kernel that runs");
	show_only(&made, SR_RULE_PER_RANGE);
	made.set.own = NULL;
	is_changes(&made, "", "no move from an unknown kernel");
}

static void test_lines(void)
{
	enum sr_code why[] = { SR_CODE_SPANS_REGIONS, SR_CODE_NOT_CLAIMABLE };
	struct made made;

	make(&made);
	show_only(&made, SR_RULE_PER_RANGE);
	set_rule(&made, SR_RULE_PER_RANGE, stuck, of_cxl, stuck);
	is_changes(&made,
		   HEAD "\nper-range (v7.1 and later): 3GiB usable now, 1GiB there:\n"
			"  0x40000000-0x7fffffff and 1 more: cxl -> hmem, unusable\n",
		   "what changes alike stands together");
	for (size_t i = 0; i < 3; i += 2) {
		made.forecasts[SR_RULE_PER_RANGE][i].why.items = why;
		made.forecasts[SR_RULE_PER_RANGE][i].why.count = i ? 2 : 1;
	}
	is_changes_for(&made,
		       HEAD "\nper-range (v7.1 and later): 3GiB usable now, 1GiB there:\n"
			    "  0x40000000-0x7fffffff: cxl -> hmem, unusable [SPANS_REGIONS]\n"
			    "  0xc0000000-0xffffffff: cxl -> hmem, unusable [SPANS_REGIONS] "
			    "[NOT_CLAIMABLE]\n",
		       why, 2, "for other reasons it stands by itself; each reason stands once");
}

static void test_bytes(void)
{
	static const struct {
		const struct sr_forecast *now, *then;
		const char *wanted, *what;
	} cases[] = {
		{ &of_cxl, &of_hmem, "3GiB usable, as now:\n  0x40000000-0x7fffffff: cxl -> hmem\n",
		  "another owner, nothing else" },
		{ &of_cxl, &of_nobody,
		  "3GiB usable now, 2GiB there:\n  0x40000000-0x7fffffff: cxl -> none\n", "lost" },
		{ &of_nobody, &of_hmem,
		  "2GiB usable now, 3GiB there:\n  0x40000000-0x7fffffff: none -> hmem\n",
		  "gained" },
		{ &of_cxl, &half,
		  "3GiB usable now, 2.5GiB there:\n"
		  "  0x40000000-0x7fffffff: cxl -> cxl, partly usable\n",
		  "in part" },
		{ &unsure, &of_cxl,
		  "an unknown size usable now, 3GiB there:\n"
		  "  0x40000000-0x7fffffff: hmem, not known whether usable -> cxl\n",
		  "not known now" },
		{ &of_cxl, &unmeasured,
		  "3GiB usable now, an unknown size there:\n"
		  "  0x40000000-0x7fffffff: cxl -> hmem, not known whether usable\n",
		  "not known how much there" },
		{ &of_cxl, &unknown,
		  "3GiB usable now, an unknown size there:\n"
		  "  0x40000000-0x7fffffff: cxl -> unknown\n",
		  "not known there" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char wanted[512];
		struct made made;

		make(&made);
		show_only(&made, SR_RULE_PER_RANGE);
		set_rule(&made, SR_RULE_WINDOW, *cases[i].now, of_cxl, of_cxl);
		set_rule(&made, SR_RULE_PER_RANGE, *cases[i].then, of_cxl, of_cxl);
		snprintf(wanted, sizeof(wanted), HEAD "\nper-range (v7.1 and later): %s",
			 cases[i].wanted);
		is_changes(&made, wanted, cases[i].what);
	}
}

static void test_nothing_usable(void)
{
	struct made made;

	make(&made);
	show_only(&made, SR_RULE_PER_RANGE);
	set_rule(&made, SR_RULE_PER_RANGE, of_nobody, of_nobody, of_nobody);
	is_changes(&made,
		   HEAD "\nper-range (v7.1 and later): 3GiB usable now, nothing there:\n"
			"  0x40000000-0x7fffffff and 2 more: cxl -> none\n",
		   "all is lost");
}

static void test_global(void)
{
	struct made made;

	make(&made);
	show_only(&made, SR_RULE_GLOBAL);
	made.predictions[SR_RULE_GLOBAL].global = SR_GLOBAL_DROP;
	made.report.tipped_by = &made.units[0];
	is_changes(&made,
		   HEAD "\nNothing changes on kernels that follow global (never merged; kernels of "
			"some\nvendors), verdict DROP.\n",
		   "the verdict of the global rule");
	set_rule(&made, SR_RULE_GLOBAL, of_hmem, of_hmem, of_hmem);
	made.predictions[SR_RULE_GLOBAL].global = SR_GLOBAL_REGISTER;
	made.report.tipped_by = &made.units[1];
	is_changes(&made,
		   HEAD "\nglobal (never merged; kernels of some vendors), verdict REGISTER for\n"
			"0x80000000-0xbfffffff: 3GiB usable, as now:\n"
			"  0x40000000-0x7fffffff and 2 more: cxl -> hmem\n",
		   "and which unit tips it");
}

/* Rules of which some change nothing. */
static void test_some(void)
{
	struct made made;

	make(&made);
	set_rule(&made, SR_RULE_GLOBAL, of_hmem, of_cxl, of_cxl);
	set_rule(&made, SR_RULE_PER_RANGE, of_cxl, of_hmem, of_hmem);
	is_changes(&made,
		   HEAD "\nper-range (v7.1 and later): 3GiB usable, as now:\n"
			"  0x80000000-0xbfffffff and 1 more: cxl -> hmem\n"
			"\nglobal (never merged; kernels of some vendors): 3GiB usable, as now:\n"
			"  0x40000000-0x7fffffff: cxl -> hmem\n"
			"\nNothing changes on kernels that follow hmem-only (before v6.3).\n",
		   "one of three changes nothing");
}

/* Alike are those with the same reasons, in the same order. */
static void test_same_reasons(void)
{
	enum sr_code why[] = { SR_CODE_SPANS_REGIONS, SR_CODE_NOT_CLAIMABLE };
	enum sr_code other[] = { SR_CODE_SPANS_REGIONS, SR_CODE_LEAKED };
	enum sr_code all[] = { SR_CODE_SPANS_REGIONS, SR_CODE_NOT_CLAIMABLE, SR_CODE_LEAKED };
	struct made made;

	make(&made);
	show_only(&made, SR_RULE_PER_RANGE);
	set_rule(&made, SR_RULE_PER_RANGE, stuck, stuck, stuck);
	for (size_t i = 0; i < 3; i++) {
		made.forecasts[SR_RULE_PER_RANGE][i].why.items = i == 1 ? other : why;
		made.forecasts[SR_RULE_PER_RANGE][i].why.count = 2;
	}
	is_changes_for(&made,
		       HEAD "\nper-range (v7.1 and later): 3GiB usable now, nothing there:\n"
			    "  0x40000000-0x7fffffff and 1 more: cxl -> hmem, unusable "
			    "[SPANS_REGIONS]\n    [NOT_CLAIMABLE]\n"
			    "  0x80000000-0xbfffffff: cxl -> hmem, unusable [SPANS_REGIONS] "
			    "[LEAKED]\n",
		       all, 3, "two are alike, one has another reason");
}

/* What is unusable everywhere is no change, but has its reasons. */
static void test_reasons(void)
{
	enum sr_code why[] = { SR_CODE_MISALIGNED };
	struct sr_forecast lost = of_nobody;
	struct made made;

	make(&made);
	lost.why.items = why;
	lost.why.count = 1;
	for (int i = 0; i < SR_RULE_COUNT; i++)
		set_rule(&made, i, lost, of_cxl, of_cxl);
	show_only(&made, SR_RULE_WINDOW);
	is_changes_for(&made, "", why, 1, "reasons without a change");
	set_rule(&made, SR_RULE_WINDOW, of_cxl, of_cxl, of_cxl);
	is_changes(&made, "", "reasons of rules that are not shown");
}

static void test_names(void)
{
	ok(rule_is_known(NULL) && rule_is_known("all") && rule_is_known("per-range"), "rules");
	ok(!rule_is_known("") && !rule_is_known("per") && !rule_is_known("ALL"), "no rules");
	for (int i = 0; i < SR_RULE_COUNT; i++)
		ok(rule_is_known(sr_rule_name(i)) && rule_kernels(i),
		   "each has a name and kernels");
}

int main(void)
{
	test_nothing();
	test_lines();
	test_bytes();
	test_nothing_usable();
	test_global();
	test_some();
	test_same_reasons();
	test_reasons();
	test_names();
	return tap_done();
}
