/* SPDX-License-Identifier: GPL-2.0-only */
/* Machines to plan for, and plans as one line of text. */
#pragma once

#include "judged.h"
#include "plan/model.h"
#include "plan/plan.h"

#define CXL  SR_DAX_HOLDER_CXL
#define HMEM SR_DAX_HOLDER_HMEM

#define MIB 0x100000ULL

/* The window of all these machines, and stretches of 512 MiB in it. */
static const struct sr_range window = { 0x1000000000, 0x10ffffffff };
static const struct sr_range first_half = { 0x1000000000, 0x101fffffff };
static const struct sr_range second_half = { 0x1020000000, 0x103fffffff };
static const struct sr_range both = { 0x1000000000, 0x103fffffff };

static inline struct sr_module *plan_module(struct sr_snapshot *snapshot, const char *name,
					    enum sr_module_state state, const char *depends)
{
	struct sr_module *module = build_add(&snapshot->modules);

	module->name = name;
	module->state = state;
	module->depends = sr_text_of(depends);
	return module;
}

static inline struct sr_module *module_named(struct sr_snapshot *snapshot, const char *name)
{
	struct sr_module *module;

	sr_for_each (module, &snapshot->modules) {
		if (strcmp(module->name, name) == 0)
			return module;
	}
	abort();
}

/* A machine with one window, on which all modules are loaded: of v7.1, or of v6.3 to v7.0. */
static inline struct sr_snapshot *plan_machine(bool per_range)
{
	struct sr_snapshot *snapshot = build_new();

	snapshot->acpi.hmat_used = SR_NO;
	snapshot->acpi.memory_known = true;
	snapshot->auto_online = sr_text_of("online");
	snapshot->kernel.release = sr_text_of(per_range ? "7.3.4" : "6.12.117");
	plan_module(snapshot, "cxl_acpi", SR_MODULE_LOADED, "cxl_pmem,libnvdimm");
	plan_module(snapshot, "cxl_mem", SR_MODULE_LOADED, NULL);
	plan_module(snapshot, "cxl_pci", SR_MODULE_LOADED, "cxl_mem");
	plan_module(snapshot, "dax_cxl", SR_MODULE_LOADED, per_range ? "dax_hmem" : NULL);
	plan_module(snapshot, "dax_hmem", SR_MODULE_LOADED, NULL);
	if (!per_range)
		module_named(snapshot, "dax_hmem")->softdep = sr_text_of("cxl_acpi");
	plan_module(snapshot, "kmem", SR_MODULE_LOADED, NULL);
	*build_add(&snapshot->hmem_platforms) = (struct sr_platform_device){
		"hmem_platform.0",
		sr_text_of("hmem_platform"),
	};
	build_window(snapshot, window);
	snapshot->enumeration.dax_region_driver = SR_YES;
	return snapshot;
}

/* Soft Reserved, in /proc/iomem too where the kernel has it there. */
static inline void plan_soft_reserved(struct sr_snapshot *snapshot, struct sr_range range,
				      bool per_range)
{
	build_soft_reserved(snapshot, range);
	if (!per_range)
		build_iomem(snapshot, range, SR_IOMEM_SOFT_RESERVED, "Soft Reserved");
}

/* A committed ram region with its decoder, in /proc/iomem too. */
static inline struct sr_region *plan_region(struct sr_snapshot *snapshot, struct sr_range range,
					    enum sr_truth locked)
{
	struct sr_region *region = build_region(snapshot, range, SR_YES);

	build_region_node(snapshot, range);
	region->locked = locked;
	*build_add(&snapshot->endpoint_decoders) = (struct sr_endpoint_decoder){
		.name = build_text(snapshot, "decoder2.%zu", snapshot->endpoint_decoders.count),
		.port = "endpoint2",
		.memdev = sr_text_of("mem0"),
		.region = sr_text_of(region->name),
		.target_type = sr_text_of("expander"),
		.mode = sr_text_of("ram"),
		.start = sr_u64_of(range.start),
		.size = sr_u64_of(sr_range_size(range)),
		.locked = locked,
	};
	return region;
}

/* dax_regionN or hmem.N; @driver: whether it has one. */
static inline struct sr_dax_region *plan_dax_region(struct sr_snapshot *snapshot,
						    enum sr_dax_holder holder, unsigned int number,
						    struct sr_range range, bool driver)
{
	struct sr_dax_region *dax_region = build_add(&snapshot->dax_regions);

	*dax_region = (struct sr_dax_region){
		.name = build_text(snapshot, holder == CXL ? "dax_region%u" : "hmem.%u", number),
		.holder = holder,
		.region = holder == CXL ? build_region_of(snapshot, range) : NULL,
		.driver = sr_text_of(!driver	     ? NULL
				     : holder == CXL ? "cxl_dax_region"
						     : "hmem"),
		.start = sr_u64_of(range.start),
		.size = sr_u64_of(sr_range_size(range)),
	};
	return dax_region;
}

/* daxN.0 over all of the dax region that was made last; @driver may be NULL. */
static inline struct sr_dax_device *plan_device(struct sr_snapshot *snapshot, const char *driver)
{
	const struct sr_dax_region *dax_region =
		&snapshot->dax_regions.items[snapshot->dax_regions.count - 1];
	struct sr_range range =
		span(dax_region->start.value, dax_region->start.value + dax_region->size.value - 1);
	struct sr_dax_device *device =
		build_dax_device(snapshot, dax_region->holder, range, driver);

	device->name = build_text(snapshot, "dax%s.0", strpbrk(dax_region->name, "0123456789"));
	device->dax_region = dax_region->name;
	return device;
}

/* The same with kmem, online, in /proc/iomem too. */
static inline void plan_in_use(struct sr_snapshot *snapshot)
{
	struct sr_dax_device *device = plan_device(snapshot, "kmem");
	struct sr_range range = device->ranges.items[0];

	build_iomem(snapshot, range, SR_IOMEM_DAX_DEVICE, device->name);
	build_iomem(snapshot, range, SR_IOMEM_SYSTEM_RAM, "System RAM (kmem)");
	build_blocks(snapshot, range, SR_BLOCK_ONLINE);
}

/* One range over two regions, as v7.1 leaves it: hmem's, and nobody can use it. */
static inline struct sr_snapshot *plan_span_two(enum sr_truth locked)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	plan_soft_reserved(snapshot, both, true);
	plan_region(snapshot, first_half, locked);
	plan_region(snapshot, second_half, locked);
	plan_dax_region(snapshot, CXL, 0, first_half, false);
	plan_dax_region(snapshot, CXL, 1, second_half, false);
	plan_dax_region(snapshot, HMEM, 2, both, true);
	plan_device(snapshot, NULL);
	return snapshot;
}

/* One range, one region of the same size, in use. */
static inline struct sr_snapshot *plan_exact(bool per_range, enum sr_truth locked)
{
	struct sr_snapshot *snapshot = plan_machine(per_range);

	plan_soft_reserved(snapshot, both, per_range);
	plan_region(snapshot, both, locked);
	plan_dax_region(snapshot, CXL, 0, both, true);
	plan_in_use(snapshot);
	return snapshot;
}

/* The region that contains it came when hmem had it (v6.3 to v7.0). */
static inline struct sr_snapshot *plan_hmem_first(void)
{
	struct sr_snapshot *snapshot = plan_machine(false);

	plan_soft_reserved(snapshot, both, false);
	plan_region(snapshot, both, SR_UNKNOWN);
	plan_dax_region(snapshot, HMEM, 1, both, true);
	plan_in_use(snapshot);
	return snapshot;
}

/* The Soft Reserved range is the first half of its region (v6.3 to v7.0). */
static inline struct sr_snapshot *plan_inside(void)
{
	struct sr_snapshot *snapshot = plan_machine(false);

	plan_soft_reserved(snapshot, first_half, false);
	plan_region(snapshot, both, SR_UNKNOWN);
	plan_dax_region(snapshot, CXL, 0, both, true);
	plan_device(snapshot, NULL);
	return snapshot;
}

static inline struct sr_plan *plan_for(const struct sr_report *report, enum sr_policy policy)
{
	struct sr_plan *plan = NULL;

	if (sr_plan_make(report, policy, &plan) != 0 || !plan)
		abort();
	return plan;
}

/* "reachable HELD_BY_HMEM; satisfied": the units of a plan. */
static inline const char *classes_of(const struct sr_plan *plan)
{
	static char text[1024];
	const struct sr_plan_unit *unit;
	const enum sr_plan_reason *why;

	*text = '\0';
	sr_for_each (unit, &plan->units) {
		if (*text)
			strcat(text, ";");
		judged_join(text, sizeof(text), sr_plan_class_name(unit->class));
		sr_for_each (why, &unit->why)
			judged_join(text, sizeof(text), sr_plan_reasons[*why].name);
	}
	return text;
}

/* "unbind-hmem hmem.2, probe-dax-region dax_region0" */
static inline const char *steps_of(const struct sr_plan *plan)
{
	static char text[2048];
	const struct sr_step *step;

	*text = '\0';
	sr_for_each (step, &plan->steps) {
		if (*text)
			strcat(text, ",");
		judged_join(text, sizeof(text), sr_action_name(step->action));
		judged_join(text, sizeof(text), step->target);
		if (step->action == SR_ACTION_RESIZE_DEVICE ||
		    step->action == SR_ACTION_CREATE_DEVICE)
			judged_join(text, sizeof(text), step->value);
	}
	return text;
}

/* "cxl yes 1024; none no 0": owner, usable, MiB online of each unit at the end. */
static inline const char *end_of(const struct sr_plan *plan)
{
	static char text[512];
	const struct sr_plan_unit *unit;
	char word[64];

	*text = '\0';
	sr_for_each (unit, &plan->units) {
		snprintf(word, sizeof(word), "%s%s %s ", *text ? "; " : "",
			 sr_owner_name(unit->owner), truth_name(unit->usable));
		strcat(text, word);
		if (unit->online.known)
			snprintf(word, sizeof(word), "%ju", (uintmax_t)(unit->online.value / MIB));
		strcat(text, unit->online.known ? word : "?");
	}
	return text;
}

/* A plan for a snapshot, against its classes, steps and end; the snapshot is freed. */
static inline void tap_plan(struct sr_snapshot *snapshot, enum sr_policy policy,
			    const char *classes, const char *steps, const char *end,
			    const char *file, int line, const char *what)
{
	sr_auto_snapshot struct sr_snapshot *own = snapshot;
	sr_auto_report struct sr_report *report = judge(own);
	sr_auto_plan struct sr_plan *plan = plan_for(report, policy);

	tap_text(classes_of(plan), classes, file, line, what);
	tap_text(steps_of(plan), steps, file, line, what);
	tap_text(end_of(plan), end, file, line, what);
}

#define is_plan(snapshot, policy, classes, steps, end, what) \
	tap_plan(snapshot, SR_POLICY_##policy, classes, steps, end, __FILE__, __LINE__, what)
