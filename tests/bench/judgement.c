// SPDX-License-Identifier: GPL-2.0-only
/*
 * How the time and memory of the judgement grow: N Soft Reserved ranges against N regions and
 * N lines of /proc/iomem, made in memory, in layouts as machines have them and in the worst.
 *
 * usage: judgement [LARGEST [LAYOUT]]
 *
 * Each measurement is a process of its own, so that its peak memory is known, and ends after
 * half a minute.
 */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "judgement/prediction.h"
#include "judgement/report.h"
#include "lint/lint.h"
#include "plan/plan.h"
#include "../unit/build.h"

#define SECONDS 30

/* A plan is made of a machine, not of a million regions; it takes long with more. */
#define PLANNED 1000

/* As many as sources/dax.c and dax-walk.c take of a machine. */
#define DAX_REGIONS 4096
#define DAX_DEVICES 8192

#define STEP UINT64_C(0x10000000)
#define BASE UINT64_C(0x100000000)

enum {
	MAKE,
	REPORT,
	LINT,
	PREDICT,
	PLAN,
	STAGES,
};

struct result {
	double seconds[STAGES];
	double megabytes; /* with the snapshot */
	double snapshot;  /* alone */
	bool refused;	  /* as more than any machine has: -E2BIG */
};

/* The place number @index of @count, and that of everything. */
static struct sr_range place(size_t index)
{
	uint64_t start = BASE + index * STEP;

	return span(start, start + STEP - 1);
}

static struct sr_range all(size_t count)
{
	return span(BASE, BASE + count * STEP - 1);
}

struct layout {
	const char *name;
	struct sr_range (*soft_reserved)(size_t index, size_t count);
	struct sr_range (*region)(size_t index, size_t count);
};

static struct sr_range one_each(size_t index, size_t count)
{
	(void)count;
	return place(index);
}

static struct sr_range descending(size_t index, size_t count)
{
	return place(count - 1 - index);
}

static struct sr_range everything(size_t index, size_t count)
{
	(void)index;
	return all(count);
}

/* The first is the widest, and all have the middle in common. */
static struct sr_range nested(size_t index, size_t count)
{
	uint64_t step = STEP / 4;

	return span(BASE + index * step, all(count).end - index * step);
}

/* Each reaches half over the next. */
static struct sr_range straddling(size_t index, size_t count)
{
	struct sr_range range = place(index);

	(void)count;
	return span(range.start + STEP / 2, range.end + STEP / 2);
}

/* Even ones are a place each, odd ones the whole from there on. */
static struct sr_range alternating(size_t index, size_t count)
{
	return index % 2 ? span(place(index).start, all(count).end) : place(index);
}

static const struct layout layouts[] = {
	{ "one region each", one_each, one_each },
	{ "sorted descending", descending, descending },
	{ "each spans two regions", one_each, straddling },
	{ "one range over all regions", everything, one_each },
	{ "every region over all ranges", one_each, everything },
	{ "nested regions", one_each, nested },
	{ "alternating wide and narrow", one_each, alternating },
	{ "nested ranges and regions", nested, nested },
};

#define LAYOUTS (sizeof(layouts) / sizeof(*layouts))

static int compare_nodes(const void *a, const void *b)
{
	return sr_range_compare(((const struct sr_iomem_node *)a)->range,
				((const struct sr_iomem_node *)b)->range);
}

/* The kinds take turns: CXL's in use, CXL's without a driver, hmem's, and not committed. */
static void make_dax(struct sr_snapshot *snapshot, struct sr_range range, size_t index,
		     const struct sr_region *region)
{
	bool of_hmem = index % 4 == 2;
	struct sr_dax_region *dax_region = build_add(&snapshot->dax_regions);
	struct sr_dax_device *device;

	*dax_region = (struct sr_dax_region){
		.name = build_text(snapshot, of_hmem ? "hmem.%zu" : "dax_region%zu", index),
		.holder = of_hmem ? SR_DAX_HOLDER_HMEM : SR_DAX_HOLDER_CXL,
		.region = of_hmem ? NULL : region->name,
		.driver = sr_text_of(index % 4 == 1 ? NULL : "driver"),
		.start = sr_u64_of(range.start),
		.size = sr_u64_of(sr_range_size(range)),
	};
	if (snapshot->dax_devices.count >= DAX_DEVICES)
		return;
	device = build_dax_device(snapshot, dax_region->holder, range,
				  index % 4 == 3 ? NULL : "kmem");
	device->dax_region = dax_region->name;
}

static void make_item(struct sr_snapshot *snapshot, const struct layout *layout, size_t index,
		      size_t count)
{
	struct sr_range range = layout->region(index, count);
	struct sr_region *region = build_region(snapshot, range, index % 4 == 3 ? SR_NO : SR_YES);

	region->root_decoder = "decoder0.0";
	*build_add(&snapshot->iomem) = (struct sr_iomem_node){
		.range = range,
		.kind = SR_IOMEM_REGION,
		.label = region->name,
	};
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, layout->soft_reserved(index, count),
			"Soft Reserved");
	if (snapshot->dax_regions.count < DAX_REGIONS)
		make_dax(snapshot, range, index, region);
}

static struct sr_snapshot *make(const struct layout *layout, size_t count)
{
	struct sr_snapshot *snapshot = build_new();
	struct sr_range whole = span(all(count).start, all(count).end + STEP);

	build_root_decoder(snapshot, whole);
	*build_add(&snapshot->iomem) = (struct sr_iomem_node){
		.range = whole,
		.kind = SR_IOMEM_CXL_WINDOW,
		.label = "CXL Window 0",
	};
	for (size_t i = 0; i < count; i++)
		make_item(snapshot, layout, i, count);
	qsort(snapshot->iomem.items, snapshot->iomem.count, sizeof(*snapshot->iomem.items),
	      compare_nodes);
	return snapshot;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double megabytes(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1024;
}

static void lap(struct result *result, int stage, double *began)
{
	double at = now();

	result->seconds[stage] = at - *began;
	*began = at;
}

static void judge(const struct layout *layout, size_t count, struct result *result)
{
	double began = now();
	int error;
	sr_auto_snapshot struct sr_snapshot *snapshot = make(layout, count);
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_lint struct sr_lint *lint = NULL;
	sr_auto_prediction struct sr_prediction *prediction = NULL;
	sr_auto_plan struct sr_plan *plan = NULL;

	lap(result, MAKE, &began);
	result->snapshot = megabytes();
	error = sr_report_make(snapshot, &report);
	if (error && error != -E2BIG)
		abort();
	lap(result, REPORT, &began);
	result->megabytes = megabytes();
	result->refused = error;
	if (error)
		return;
	if (sr_lint(report, &lint))
		abort();
	lap(result, LINT, &began);
	if (sr_predict(report, SR_RULE_GLOBAL, &prediction))
		abort();
	lap(result, PREDICT, &began);
	if (count > PLANNED)
		return;
	if (sr_plan_make(report, SR_POLICY_CXL, &plan))
		abort();
	lap(result, PLAN, &began);
}

/* What took too long, or is refused, stays negative. */
static struct result measure(const struct layout *layout, size_t count)
{
	struct result *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct result result;
	pid_t child;

	if (shared == MAP_FAILED)
		abort();
	for (int i = 0; i < STAGES; i++)
		shared->seconds[i] = -1;
	fflush(stdout);
	child = fork();
	if (child == 0) {
		alarm(SECONDS);
		judge(layout, count, shared);
		_exit(0);
	}
	if (child < 0 || waitpid(child, NULL, 0) != child)
		abort();
	result = *shared;
	munmap(shared, sizeof(*shared));
	return result;
}

static void print_seconds(double seconds)
{
	if (seconds < 0)
		printf(" %10s", "-");
	else
		printf(" %10.2f", seconds * 1000);
}

static void print(const char *name, size_t count, const struct result *result)
{
	double report = result->seconds[REPORT];

	printf("%-30s %8zu", name, count);
	for (int i = REPORT; i < STAGES; i++)
		print_seconds(result->seconds[i]);
	if (report < 0)
		printf(" %8s %8s\n", "-", "-");
	else
		printf(" %8.1f %8.0f%s\n", report * 1e9 / ((double)count * log2((double)count)),
		       (result->megabytes - result->snapshot) * 1048576 / (double)count,
		       result->refused ? "  refused" : "");
}

int main(int count, char **arguments)
{
	size_t largest = count > 1 ? strtoul(arguments[1], NULL, 10) : 1000000;

	printf("milliseconds of the processor; ns a unit of N log2 N and bytes a range are of the "
	       "report; refused: more lies over each other than on any machine\n%-30s %8s %10s "
	       "%10s %10s %10s %8s %8s\n",
	       "layout", "N", "report", "lint", "predict", "plan", "ns", "bytes");
	for (size_t i = 0; i < LAYOUTS; i++) {
		if (count > 2 && strcmp(arguments[2], layouts[i].name) != 0)
			continue;
		for (size_t n = 1000; n <= largest; n *= 10) {
			struct result result = measure(&layouts[i], n);

			print(layouts[i].name, n, &result);
		}
	}
	return 0;
}
