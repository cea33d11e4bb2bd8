// SPDX-License-Identifier: GPL-2.0-only
/* Time grows as n log n, and what would grow with a product is refused. */
#include <errno.h>
#include <time.h>

#include "build.h"
#include "judgement/report.h"
#include "tap.h"

#define STEP UINT64_C(0x10000000)

/* Ten times as many take 13 times as long; the rest is for noise. A square takes 100 times. */
#define MOST_TIMES 40

static struct sr_range place(size_t index)
{
	return span(STEP * (index + 16), STEP * (index + 17) - 1);
}

/* Side by side: a range, its region, a dax region of the first, and lines of /proc/iomem. */
static struct sr_snapshot *side_by_side(size_t count)
{
	struct sr_snapshot *snapshot = build_new();

	build_window(snapshot, span(place(0).start, place(count).end));
	for (size_t i = 0; i < count; i++) {
		build_region(snapshot, place(i), SR_YES);
		build_region_node(snapshot, place(i));
		build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, place(i), "Soft Reserved");
		if (i < 4096)
			build_dax_region(snapshot, SR_DAX_HOLDER_HMEM, place(i), "hmem");
	}
	return snapshot;
}

static double seconds_of(size_t count)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = side_by_side(count);
	sr_auto_report struct sr_report *report = NULL;
	struct timespec began, ended;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &began);
	if (sr_report_make(snapshot, &report))
		return 0;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ended);
	return (double)(ended.tv_sec - began.tv_sec) +
	       (double)(ended.tv_nsec - began.tv_nsec) / 1e9;
}

static double least_of_three(size_t count)
{
	double least = seconds_of(count);

	for (int i = 0; i < 2; i++) {
		double seconds = seconds_of(count);

		least = seconds < least ? seconds : least;
	}
	return least;
}

static void test_time(void)
{
	double few = least_of_three(2000), many = least_of_three(20000);

	if (!ok(few > 0 && many < MOST_TIMES * few, "time grows as n log n"))
		printf("# 2000 ranges and regions %.1f ms, 20000 %.1f ms\n", few * 1e3, many * 1e3);
}

enum kind {
	REGIONS,
	WINDOWS,
	DEVICES,
	NODES,
};

/* @count ranges, and as many of a kind, each over all of them. */
static int judge_all_over_all(enum kind kind, size_t count)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;
	struct sr_range whole = span(place(0).start, place(count).end);

	for (size_t i = 0; i < count; i++) {
		build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, place(i), "Soft Reserved");
		if (kind == REGIONS)
			build_region(snapshot, whole, SR_YES);
		else if (kind == WINDOWS)
			build_window_node(snapshot, whole);
		else if (kind == DEVICES)
			build_dax_device(snapshot, SR_DAX_HOLDER_HMEM, whole, "kmem");
		else
			build_iomem(snapshot, whole, SR_IOMEM_OTHER, "Reserved");
	}
	return sr_report_make(snapshot, &report);
}

static void test_products(void)
{
	static const char *const names[] = { "regions", "windows", "dax devices", "nodes" };
	char what[80];

	for (enum kind kind = REGIONS; kind <= NODES; kind++) {
		snprintf(what, sizeof(what), "100 %s over 100 ranges are judged", names[kind]);
		ok(judge_all_over_all(kind, 100) == 0, what);
		snprintf(what, sizeof(what), "2000 %s over 2000 ranges are not", names[kind]);
		ok(judge_all_over_all(kind, 2000) == -E2BIG, what);
	}
}

int main(void)
{
	test_time();
	test_products();
	return tap_done();
}
