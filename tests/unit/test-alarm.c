// SPDX-License-Identifier: GPL-2.0-only
/* judgement/alarm.h: what monitoring is told, and in which order. */
#include "judged.h"
#include "judgement/alarm.h"

#define SIZE 0x40000000ULL /* of each range: 1 GiB */

static const struct sr_range first = { 0x100000000, 0x100000000 + SIZE - 1 };
static const struct sr_range second = { 0x200000000, 0x200000000 + SIZE - 1 };

/* "CRITICAL lost NO_REGION 40000000 in 1, ...": all alarms, in a static buffer. */
static const char *alarms_of(const struct sr_report *report)
{
	static char text[1024];
	struct sr_alarm alarms[SR_ALARM_LIMIT];
	size_t count = sr_alarm_list(report, alarms);
	size_t used = 0;

	*text = '\0';
	for (size_t i = 0; i < count && used < sizeof(text); i++)
		used += (size_t)snprintf(
			text + used, sizeof(text) - used, "%s%s %s %s %jx in %zu", used ? ", " : "",
			sr_alarm_level_name(alarms[i].level), alarms[i].words,
			alarms[i].code == SR_CODE_COUNT ? "-" : sr_codes[alarms[i].code].name,
			(uintmax_t)alarms[i].bytes, alarms[i].ranges);
	return text;
}

static void is_alarmed(const struct sr_snapshot *snapshot, const char *wanted, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_text(alarms_of(report), wanted, what);
}

/* A machine on which nothing is wrong: one range in a region, one outside all windows. */
static struct sr_snapshot *sound(void)
{
	struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, first);
	build_soft_reserved(snapshot, second);
	build_window(snapshot, first);
	build_cxl(snapshot, first);
	build_in_use(snapshot, SR_DAX_HOLDER_HMEM, second);
	return snapshot;
}

static struct sr_module *add_module(struct sr_snapshot *snapshot, const char *name)
{
	struct sr_module *module = build_add(&snapshot->modules);

	*module = (struct sr_module){ .name = name, .state = SR_MODULE_LOADED };
	return module;
}

static void test_sound(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sound();
	sr_auto_snapshot struct sr_snapshot *empty = build_new();
	sr_auto_snapshot struct sr_snapshot *outside = build_new();

	is_alarmed(snapshot, "", "all is in use");
	is_alarmed(empty, "", "neither Soft Reserved memory nor CXL");
	build_soft_reserved(outside, second);
	build_in_use(outside, SR_DAX_HOLDER_HMEM, second);
	is_alarmed(outside, "", "Soft Reserved memory without CXL is fine");
}

static void test_lost(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	snapshot->kernel.release = sr_text_of("6.12.1");
	build_soft_reserved(snapshot, first);
	build_soft_reserved(snapshot, second);
	build_window(snapshot, first);
	build_unused(snapshot, SR_DAX_HOLDER_HMEM, second);
	is_alarmed(snapshot,
		   "CRITICAL lost NO_REGION 40000000 in 1, WARNING idle NO_DRIVER 40000000 in 1",
		   "the gravest comes first");
	build_iomem(snapshot, span(second.start, second.start + 0xfff), SR_IOMEM_OTHER, "x");
	is_alarmed(snapshot,
		   "CRITICAL lost NO_REGION 40000000 in 1, "
		   "CRITICAL unusable NOT_CLAIMABLE 40000000 in 1",
		   "lost goes before unusable");
	report = judge(snapshot);
	report->units.items[0].lost = sr_u64_of(0x1000);
	is_text(alarms_of(report),
		"CRITICAL lost NO_REGION 1000 in 1, CRITICAL unusable NOT_CLAIMABLE 40000000 in 1",
		"of a unit lost in part, that part counts");
	report->short_sources = 1U << SR_SOURCE_CXL;
	is_text(alarms_of(report),
		"CRITICAL lost NO_REGION 1000 in 1, CRITICAL unusable NOT_CLAIMABLE 40000000 in 1, "
		"UNKNOWN not all could be read - 0 in 0",
		"what is lost is so, also where not all could be read");
}

static void test_unsettled(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_snapshot struct sr_snapshot *empty = build_new();
	sr_auto_report struct sr_report *report = NULL, *nothing = judge(empty);

	snapshot->kernel.release = sr_text_of("6.12.1");
	build_soft_reserved(snapshot, first);
	build_window(snapshot, first);
	report = judge(snapshot);
	report->settled = SR_NO;
	is_text(alarms_of(report), "WARNING CXL has not settled yet UNSETTLED 0 in 0",
		"before CXL has settled nothing is lost");
	report->units.items[0].state = SR_STATE_UNUSABLE;
	is_text(alarms_of(report), "WARNING CXL has not settled yet UNSETTLED 0 in 0",
		"nor unusable");
	report->units.items[0].state = SR_STATE_UNKNOWN;
	is_text(alarms_of(report), "WARNING CXL has not settled yet UNSETTLED 0 in 0",
		"nor is it unknown");
	report->short_sources = 1U << SR_SOURCE_CXL;
	is_text(alarms_of(report),
		"UNKNOWN not all could be read - 0 in 0, "
		"WARNING CXL has not settled yet UNSETTLED 0 in 0",
		"not all could be read, too");
	report->short_sources = 0;
	report->units.items[0].state = SR_STATE_LOST;
	report->settled = SR_UNKNOWN;
	is_text(alarms_of(report), "CRITICAL lost NO_REGION 40000000 in 1",
		"nobody knows whether it has settled: it counts as settled");
	nothing->settled = SR_NO;
	is_text(alarms_of(nothing), "", "without CXL nothing has to settle");
	build_window(empty, first);
	is_alarmed(empty, "", "a window alone is nothing to warn of");
	sr_report_free(nothing);
	nothing = judge(empty);
	nothing->settled = SR_NO;
	is_text(alarms_of(nothing), "WARNING CXL has not settled yet UNSETTLED 0 in 0",
		"but something that has to settle");
}

static void test_partial(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	snapshot->kernel.command_line.known = false;
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_HIDDEN);
	is_alarmed(snapshot, "UNKNOWN not all could be read SOFT_RESERVED_INCOMPLETE 0 in 0",
		   "there may be ranges that nothing shows");
	snapshot->kernel.command_line.known = true;
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_OK);
	build_soft_reserved(snapshot, first);
	build_in_use(snapshot, SR_DAX_HOLDER_HMEM, first);
	build_source(snapshot, SR_SOURCE_DAX, SR_SOURCE_PARTIAL);
	is_alarmed(snapshot, "UNKNOWN not all could be read - 0 in 0", "no reason tells more");
	snapshot->dax_devices.items[0].driver.known = false;
	is_alarmed(snapshot,
		   "UNKNOWN not all could be read DRIVER_UNKNOWN 0 in 0, "
		   "UNKNOWN of unknown state DRIVER_UNKNOWN 40000000 in 1",
		   "one does");
	build_source(snapshot, SR_SOURCE_DAX, SR_SOURCE_OK);
	report = judge(snapshot);
	report->short_sources = 0;
	is_text(alarms_of(report), "UNKNOWN of unknown state DRIVER_UNKNOWN 40000000 in 1",
		"read, and yet not known");
}

static void test_other_owner(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sound();
	sr_auto_report struct sr_report *report = judge(snapshot);
	struct sr_range_report *unit = &report->units.items[1];

	unit->agrees = SR_NO;
	*build_add(&unit->why) = SR_CODE_DECIDED_OTHERWISE;
	is_text(alarms_of(report), "WARNING has another owner DECIDED_OTHERWISE 40000000 in 1",
		"not the owner that the rule gives");
	*build_add(&unit->why) = SR_CODE_HMEM_BEFORE_WINDOWS;
	is_text(alarms_of(report), "WARNING has another owner HMEM_BEFORE_WINDOWS 40000000 in 1",
		"the order of events tells more");
	unit->agrees = SR_UNKNOWN;
	is_text(alarms_of(report), "", "not known whether it is the owner");
	unit->agrees = SR_NO;
	unit->owner = SR_OWNER_NONE;
	unit->state = SR_STATE_LOST;
	unit->lost = sr_u64_of(SIZE);
	is_text(alarms_of(report), "CRITICAL lost DECIDED_OTHERWISE 40000000 in 1",
		"without an owner it is lost, and that once");
}

static void test_accelerator(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sound();
	sr_auto_report struct sr_report *report = judge(snapshot);
	struct sr_range_report *unit = &report->units.items[0];
	static const enum sr_state states[] = { SR_STATE_LOST, SR_STATE_UNUSABLE, SR_STATE_IDLE,
						SR_STATE_UNKNOWN };

	unit->accelerator = SR_YES;
	unit->agrees = SR_NO;
	*build_add(&unit->why) = SR_CODE_NO_DRIVER;
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++) {
		unit->state = states[i];
		is_text(alarms_of(report), "", "how an accelerator's memory is used is its affair");
	}
	*build_add(&unit->why) = SR_CODE_ACCELERATOR_TAKEN;
	is_text(alarms_of(report),
		"WARNING of an accelerator taken ACCELERATOR_TAKEN 40000000 in 1",
		"but nobody else should have it");
}

static void test_idle_driver(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_module *kmem = add_module(snapshot, "kmem");

	build_soft_reserved(snapshot, first);
	build_unused(snapshot, SR_DAX_HOLDER_HMEM, first);
	is_alarmed(snapshot, "WARNING idle NO_DRIVER 40000000 in 1", "nobody has bound a driver");
	kmem->state = SR_MODULE_NOT_LOADED;
	is_alarmed(snapshot, "WARNING idle NO_DRIVER 40000000 in 1", "kmem is not loaded");
	kmem->blacklisted = true;
	is_alarmed(snapshot, "", "kmem is kept from loading by itself: that is policy");
	kmem->blacklisted = false;
	kmem->blocked = true;
	is_alarmed(snapshot, "", "or from loading at all");
}

static void test_idle_blocks(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, first);
	build_dax_region(snapshot, SR_DAX_HOLDER_HMEM, first, "hmem");
	build_dax_device(snapshot, SR_DAX_HOLDER_HMEM, first, "kmem");
	build_blocks(snapshot, first, SR_BLOCK_OFFLINE);
	is_alarmed(snapshot, "WARNING idle BLOCKS_OFFLINE 40000000 in 1",
		   "offline, and the policy is not known");
	snapshot->auto_online = sr_text_of("online_movable");
	is_alarmed(snapshot, "WARNING idle BLOCKS_OFFLINE 40000000 in 1",
		   "offline against the policy");
	snapshot->auto_online = sr_text_of("offline");
	is_alarmed(snapshot, "", "offline by policy");
}

static void test_idle_region(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_module_parameter *parameter;
	struct sr_module *hmem;

	build_soft_reserved(snapshot, first);
	build_dax_region(snapshot, SR_DAX_HOLDER_HMEM, first, "hmem");
	is_alarmed(snapshot, "WARNING idle NO_DAX_DEVICE 40000000 in 1",
		   "a dax region without device");
	hmem = add_module(snapshot, "dax_hmem");
	is_alarmed(snapshot, "WARNING idle NO_DAX_DEVICE 40000000 in 1", "without parameters");
	parameter = build_add(&hmem->parameters);
	*parameter = (struct sr_module_parameter){ .name = "region_idle" };
	is_alarmed(snapshot, "WARNING idle NO_DAX_DEVICE 40000000 in 1", "one that is not known");
	parameter->value = sr_text_of("N");
	is_alarmed(snapshot, "WARNING idle NO_DAX_DEVICE 40000000 in 1", "region_idle is not set");
	parameter->value = sr_text_of("Y");
	is_alarmed(snapshot, "", "region_idle is policy");
	snapshot->dax_regions.items[0].holder = SR_DAX_HOLDER_CXL;
	snapshot->dax_regions.items[0].driver = sr_text_of("cxl_dax_region");
	build_window(snapshot, first);
	build_region(snapshot, first, SR_YES);
	snapshot->dax_regions.items[0].region = snapshot->regions.items[0].name;
	is_alarmed(snapshot, "WARNING idle NO_DAX_DEVICE 40000000 in 1",
		   "but not for a region of CXL");
}

static void test_broken_table(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sound();
	sr_auto_snapshot struct sr_snapshot *empty = build_new();

	*build_add(&snapshot->acpi.faults) =
		(struct sr_table_fault){ .table = "SRAT", .text = "too short" };
	*build_add(&empty->acpi.faults) = snapshot->acpi.faults.items[0];
	is_alarmed(snapshot, "WARNING an ACPI table is broken TABLE_BROKEN 0 in 0",
		   "a broken table");
	is_alarmed(empty, "", "on which nothing hangs");
}

/* Units of one range count as one range; the reason is that of the largest. */
static void test_units(void)
{
	enum sr_code codes[] = { SR_CODE_NO_REGION, SR_CODE_SHADOWED, SR_CODE_MISALIGNED,
				 SR_CODE_LEFT_TO_CXL };
	struct sr_range_report units[4] = {
		{ .range = { 0, 0xfff }, .parent = 0 },
		{ .range = { 0x1000, 0x4fff }, .parent = 0 },
		{ .range = { 0x5000, 0x8fff }, .parent = 0 },
		{ .range = { 0xa000, 0xafff }, .parent = 1 },
	};
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_report report = {
		.snapshot = snapshot,
		.units = { .items = units, .count = 4 },
		.ranges = { .items = units, .count = 2 },
	};

	for (size_t i = 0; i < 4; i++) {
		units[i].state = SR_STATE_LOST;
		units[i].why.items = &codes[i];
		units[i].why.count = 1;
	}
	is_text(alarms_of(&report), "CRITICAL lost SHADOWED a000 in 2",
		"four units of two ranges; the first of the largest");
}

int main(void)
{
	test_sound();
	test_lost();
	test_unsettled();
	test_partial();
	test_other_owner();
	test_accelerator();
	test_idle_driver();
	test_idle_blocks();
	test_idle_region();
	test_broken_table();
	test_units();
	return tap_done();
}
