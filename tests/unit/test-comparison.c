// SPDX-License-Identifier: GPL-2.0-only
/* cxl-sr/comparison.h: which item is which, and what is a difference. */
#include "comparison.h"
#include "json-documents.h"
#include "judged.h"
#include "report-file.h"

#define MIB 0x100000ULL

/* Two regions side by side in one range, which hmem would have. */
static struct sr_snapshot *machine(void)
{
	struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, span(0, 1024 * MIB - 1));
	build_window(snapshot, span(0, 2048 * MIB - 1));
	build_region(snapshot, span(0, 512 * MIB - 1), SR_YES);
	build_region(snapshot, span(512 * MIB, 1024 * MIB - 1), SR_YES);
	return snapshot;
}

static struct json_object *document(const struct sr_snapshot *snapshot)
{
	sr_auto_report struct sr_report *report = judge(snapshot);
	struct json json = { .form = JSON_COMPACT };
	json_auto struct json_object *object = json_report(&json, report);
	const char *text = json_object_to_json_string(object);
	struct json_object *parsed = NULL;

	if (json_text_parse(text, strlen(text), &parsed, NULL))
		abort();
	return parsed;
}

static void compare(const struct sr_snapshot *before, const struct sr_snapshot *after,
		    struct comparison *comparison)
{
	*comparison = (struct comparison){ 0 };
	if (model_make(document(before), NULL, &comparison->before, NULL) ||
	    model_make(document(after), NULL, &comparison->after, NULL) ||
	    comparison_make(comparison))
		abort();
}

/* "changed region0: locked" for the items of a list, in a static buffer. */
static const char *told(const struct comparison *comparison, enum list_id list)
{
	static char text[512];
	const struct item_difference *item;

	*text = '\0';
	sr_for_each (item, &comparison->items) {
		const struct compared_item *one = item->before ? item->before : item->after;

		if (item->list != list)
			continue;
		judged_join(text, sizeof(text), presence_name(item->presence));
		judged_join(text, sizeof(text), one->name ? one->name : "-");
		for (size_t i = 0; i < item->count; i++)
			judged_join(text, sizeof(text),
				    comparison->members.items[item->first + i].name);
	}
	return text;
}

static void test_same(void)
{
	sr_auto_snapshot struct sr_snapshot *a = machine(), *b = machine();
	struct comparison comparison;

	compare(a, b, &comparison);
	is_number(comparison.count, 0, "the same machine twice");
	ok(!comparison.has_predictions, "without predictions");
	comparison_done(&comparison);
}

static void test_regions(void)
{
	sr_auto_snapshot struct sr_snapshot *a = machine(), *b = machine();
	struct comparison comparison;

	b->regions.items[0].name = "region1";
	b->regions.items[1].name = "region0";
	compare(a, b, &comparison);
	is_number(comparison.count, 0, "regions are known by where they are");
	comparison_done(&comparison);
	b->regions.items[1].locked = SR_YES;
	a->regions.items[1].locked = SR_NO;
	compare(a, b, &comparison);
	is_text(told(&comparison, LIST_REGIONS), "changed region1 locked", "one of them differs");
	is_number(comparison.unknown, 0, "as is known");
	comparison_done(&comparison);
	a->regions.items[1].locked = SR_UNKNOWN;
	compare(a, b, &comparison);
	is_text(told(&comparison, LIST_REGIONS), "changed region1 locked", "it became known");
	is_number(comparison.unknown, 1, "which is told");
	comparison_done(&comparison);
}

static void test_moved(void)
{
	sr_auto_snapshot struct sr_snapshot *a = machine(), *b = machine();
	struct comparison comparison;

	b->regions.items[1].size = sr_u64_of(256 * MIB);
	compare(a, b, &comparison);
	is_text(told(&comparison, LIST_REGIONS), "changed region1 end size", "a smaller one");
	comparison_done(&comparison);
	b->regions.items[1].start = sr_u64_of(1024 * MIB);
	compare(a, b, &comparison);
	is_text(told(&comparison, LIST_REGIONS), "removed region1 added region1",
		"one elsewhere is another one");
	comparison_done(&comparison);
}

static void test_unseen(void)
{
	sr_auto_snapshot struct sr_snapshot *a = machine(), *b = machine();
	struct comparison comparison;

	b->regions.count = 1;
	compare(a, b, &comparison);
	is_text(told(&comparison, LIST_REGIONS), "removed region1", "it is gone");
	comparison_done(&comparison);
	build_source(b, SR_SOURCE_CXL, SR_SOURCE_HIDDEN);
	compare(a, b, &comparison);
	is_text(told(&comparison, LIST_REGIONS), "unseen-after region1", "it cannot be seen");
	comparison_done(&comparison);
	compare(b, a, &comparison);
	is_text(told(&comparison, LIST_REGIONS), "unseen-before region1", "nor was it before");
	comparison_done(&comparison);
}

static void test_none(void)
{
	sr_auto_snapshot struct sr_snapshot *a = machine(), *b = machine();
	struct comparison comparison;

	b->regions.items[0].driver = sr_text_of(NULL);
	compare(a, b, &comparison);
	is_text(told(&comparison, LIST_REGIONS), "changed region0 driver", "no driver");
	is_number(comparison.unknown, 0, "is known as such");
	comparison_done(&comparison);
	build_source(b, SR_SOURCE_CXL, SR_SOURCE_PARTIAL);
	compare(a, b, &comparison);
	ok(comparison.unknown > 0, "but not where attributes could not be read");
	comparison_done(&comparison);
}

static void test_ranges(void)
{
	sr_auto_snapshot struct sr_snapshot *a = machine(), *b = machine();
	struct comparison comparison;

	b->memory_map.count = 0;
	build_soft_reserved(b, span(0, 512 * MIB - 1));
	build_soft_reserved(b, span(512 * MIB + 4096, 1024 * MIB - 1));
	compare(a, b, &comparison);
	is_text(told(&comparison, LIST_RANGES), "changed - end size changed - start size",
		"a range of which two are made is held against both");
	comparison_done(&comparison);
	compare(b, a, &comparison);
	is_text(told(&comparison, LIST_RANGES), "changed - end size changed - start size",
		"and the other way round");
	comparison_done(&comparison);
}

static void add_memdev(struct sr_snapshot *snapshot, const char *name, const char *host,
		       uint64_t serial)
{
	*build_add(&snapshot->memdevs) = (struct sr_memdev){
		.name = name,
		.host = sr_text_of(host),
		.serial = sr_u64_of(serial),
		.driver = sr_text_of("cxl_mem"),
	};
}

static void test_memdevs(void)
{
	sr_auto_snapshot struct sr_snapshot *a = machine(), *b = machine();
	struct comparison comparison;

	add_memdev(a, "mem0", "0000:01:00.0", 1);
	add_memdev(a, "mem1", "0000:02:00.0", 2);
	add_memdev(b, "mem0", "0000:02:00.0", 2);
	add_memdev(b, "mem1", "0000:01:00.0", 1);
	compare(a, b, &comparison);
	is_number(comparison.count, 0, "devices are known by serial number and place");
	comparison_done(&comparison);
	b->memdevs.items[0].host = sr_text_of("0000:01:00.0");
	b->memdevs.items[1].host = sr_text_of("0000:02:00.0");
	compare(a, b, &comparison);
	is_text(told(&comparison, LIST_MEMDEVS), "changed mem0 host changed mem1 host",
		"two that changed places");
	comparison_done(&comparison);
	b->memdevs.items[0].serial = sr_u64_of(7);
	b->memdevs.items[0].host = sr_text_of("0000:02:00.0");
	b->memdevs.items[1].host = sr_text_of("0000:01:00.0");
	compare(a, b, &comparison);
	is_text(told(&comparison, LIST_MEMDEVS), "changed mem1 serial", "one that was exchanged");
	comparison_done(&comparison);
}

int main(void)
{
	test_same();
	test_regions();
	test_moved();
	test_unseen();
	test_none();
	test_ranges();
	test_memdevs();
	return tap_done();
}
