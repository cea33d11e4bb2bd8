// SPDX-License-Identifier: GPL-2.0-only
/*
 * What no plan may have, whatever is asked for, and what it is built on: each tries to make
 * it happen.
 */
#include <errno.h>

#include "planned.h"

static bool has_action(const struct sr_plan *plan, enum sr_action action)
{
	const struct sr_step *step;

	sr_for_each (step, &plan->steps) {
		if (step->action == action)
			return true;
	}
	return false;
}

/* No policy leads to a step; the snapshot is freed. */
static void tap_no_step(struct sr_snapshot *snapshot, const char *file, int line, const char *what)
{
	sr_auto_snapshot struct sr_snapshot *own = snapshot;
	sr_auto_report struct sr_report *report = judge(own);

	for (int policy = 0; policy < SR_POLICY_COUNT; policy++) {
		sr_auto_plan struct sr_plan *plan = plan_for(report, policy);

		tap_text(steps_of(plan), "", file, line, what);
	}
}

#define no_step(snapshot, what) tap_no_step(snapshot, __FILE__, __LINE__, what)

/* Handed to hmem, the memory would no longer decode. */
static void test_decoders(void)
{
	struct sr_snapshot *snapshot;

	no_step(plan_exact(true, SR_NO), "no decoder is locked");
	no_step(plan_exact(true, SR_UNKNOWN), "it is not known whether it is locked");
	snapshot = plan_exact(true, SR_YES);
	snapshot->endpoint_decoders.items[0].locked = SR_NO;
	no_step(snapshot, "the region says locked, one of its decoders does not");
	snapshot = plan_exact(true, SR_YES);
	snapshot->endpoint_decoders.items[0].locked = SR_UNKNOWN;
	no_step(snapshot, "one of its decoders says nothing");
	snapshot = plan_exact(true, SR_YES);
	*build_add(&snapshot->endpoint_decoders) = (struct sr_endpoint_decoder){
		.name = "decoder3.0",
		.port = "endpoint3",
		.memdev = sr_text_of("mem1"),
		.region = sr_text_of(NULL),
		.size = sr_u64_of(0x10000000),
		.locked = SR_NO,
	};
	no_step(snapshot, "another decoder, in no region, is not locked");
	snapshot = plan_exact(true, SR_YES);
	plan_region(snapshot, span(0x1040000000, 0x104fffffff), SR_NO);
	no_step(snapshot, "another region is not locked");
	snapshot = plan_exact(false, SR_YES);
	no_step(snapshot, "a kernel before v7.1, whatever it says");
}

/* Without windows hmem takes all there is. */
static void test_not_decoded(void)
{
	struct sr_snapshot *snapshot = plan_exact(true, SR_YES);

	plan_soft_reserved(snapshot, span(0x1080000000, 0x108fffffff), true);
	no_step(snapshot, "a neighbour that no region decodes");
	snapshot = plan_exact(true, SR_YES);
	plan_soft_reserved(snapshot, span(0x1080000000, 0x108fffffff), true);
	build_region(snapshot, span(0x1080000000, 0x108fffffff), SR_NO);
	no_step(snapshot, "one in a region that is not committed");
	snapshot = plan_exact(true, SR_YES);
	plan_region(snapshot, span(0x1080000000, 0x108fffffff), SR_YES);
	no_step(snapshot, "a region whose memory is not Soft Reserved: nobody would get it");
}

/* Nor what is not seen. */
static void test_not_seen(void)
{
	struct sr_snapshot *snapshot = plan_exact(true, SR_YES);

	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_UNREADABLE);
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_INCOMPLETE);
	no_step(snapshot, "there may be more Soft Reserved ranges");
}

static void test_persistent(void)
{
	struct sr_snapshot *snapshot = plan_exact(true, SR_YES);

	plan_region(snapshot, span(0x1080000000, 0x108fffffff), SR_YES)->mode = sr_text_of("pmem");
	no_step(snapshot, "a pmem region would go");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, both, true);
	plan_region(snapshot, both, SR_YES)->mode = sr_text_of("pmem");
	no_step(snapshot, "a pmem region contains it");
}

/* Memory that can be used must stay so. */
static void test_nothing_lost(void)
{
	struct sr_snapshot *snapshot = plan_machine(false);
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_plan struct sr_plan *plan = NULL;
	sr_auto_snapshot struct sr_snapshot *own = NULL;

	plan_soft_reserved(snapshot, both, false);
	plan_region(snapshot, first_half, SR_UNKNOWN);
	plan_dax_region(snapshot, HMEM, 1, both, true);
	plan_in_use(snapshot);
	no_step(snapshot, "hmem uses all of it, the region has one half");
	own = plan_hmem_first();
	report = judge(own);
	plan = plan_for(report, SR_POLICY_CXL);
	ok(plan->steps.items[0].action == SR_ACTION_OFFLINE &&
		   plan->steps.items[0].offline_bytes == 0x40000000,
	   "offline stands before unbind");
	ok(!has_action(plan, SR_ACTION_UNBIND_HMEM_PLATFORM), "hmem_platform stays bound");
}

static void test_accelerators(void)
{
	struct sr_snapshot *snapshot = plan_span_two(SR_YES);

	snapshot->endpoint_decoders.items[0].target_type = sr_text_of("accelerator");
	no_step(snapshot, "one of two regions is an accelerator's");
	snapshot = plan_exact(true, SR_YES);
	snapshot->endpoint_decoders.items[0].target_type = sr_text_of("accelerator");
	no_step(snapshot, "the only one is");
	snapshot = plan_inside();
	snapshot->endpoint_decoders.items[0].target_type = sr_text_of("accelerator");
	no_step(snapshot, "a device that is cut is an accelerator's memory");
}

/* hmem has an accelerator's memory besides: it lets go of it, and CXL must not raise that. */
static void test_accelerator_beside(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = plan_machine(true);
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_plan struct sr_plan *plan = NULL;

	plan_soft_reserved(snapshot, first_half, true);
	snapshot->acpi.hmat_used = SR_YES;
	*build_add(&snapshot->acpi.memory) = (struct sr_memory_affinity){
		.range = both,
		.source = SR_SOURCE_ACPI,
	};
	plan_region(snapshot, first_half, SR_NO);
	plan_region(snapshot, second_half, SR_NO);
	snapshot->endpoint_decoders.items[1].target_type = sr_text_of("accelerator");
	plan_dax_region(snapshot, CXL, 0, first_half, false);
	plan_dax_region(snapshot, HMEM, 2, both, true);
	plan_device(snapshot, NULL);
	report = judge(snapshot);
	plan = plan_for(report, SR_POLICY_CXL);
	is_text(steps_of(plan), "unbind-hmem hmem.2, probe-dax-region dax_region0",
		"the accelerator's region stays as it is");
}

/* dax_cxl takes all dax regions that wait for it, an accelerator's too, and kmem those. */
static void test_accelerator_waits(bool per_range)
{
	struct sr_snapshot *snapshot = plan_machine(per_range);

	module_named(snapshot, "dax_cxl")->state = SR_MODULE_NOT_LOADED;
	snapshot->enumeration.dax_region_driver = SR_NO;
	plan_soft_reserved(snapshot, first_half, per_range);
	plan_region(snapshot, first_half, SR_NO);
	plan_region(snapshot, second_half, SR_NO);
	snapshot->endpoint_decoders.items[1].target_type = sr_text_of("accelerator");
	plan_dax_region(snapshot, CXL, 0, first_half, false);
	plan_dax_region(snapshot, CXL, 1, second_half, false);
	no_step(snapshot, "an accelerator's region waits for dax_cxl as well");
}

/* To bind hmem_platform brings nothing back that touches a window. */
static void test_platform(void)
{
	struct sr_snapshot *snapshot = plan_machine(true);

	plan_soft_reserved(snapshot, both, true);
	snapshot->hmem_platforms.items[0].driver = sr_text_of(NULL);
	no_step(snapshot, "hmem_platform is unbound, and windows are there");
	snapshot = plan_machine(true);
	plan_soft_reserved(snapshot, both, true);
	plan_dax_region(snapshot, HMEM, 0, both, true);
	plan_in_use(snapshot);
	no_step(snapshot, "hmem has a range in a window");
}

static void test_leaked(void)
{
	struct sr_snapshot *snapshot = plan_exact(true, SR_YES);

	snapshot->dax_devices.items[0].driver = sr_text_of(NULL);
	no_step(snapshot, "kmem was unbound while its blocks were online");
	snapshot = plan_hmem_first();
	snapshot->dax_devices.items[0].driver = sr_text_of(NULL);
	no_step(snapshot, "the same with hmem's device");
}

/* What is not known leads to no step, however good the rest. */
static void test_unknown(void)
{
	static const enum sr_source_id sources[] = {
		SR_SOURCE_IOMEM, SR_SOURCE_CXL,	    SR_SOURCE_HMEM,
		SR_SOURCE_DAX,	 SR_SOURCE_MODULES, SR_SOURCE_MEMORY_BLOCKS,
	};
	struct sr_snapshot *snapshot;

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		snapshot = plan_span_two(SR_NO);
		build_source(snapshot, sources[i], SR_SOURCE_PARTIAL);
		no_step(snapshot, "a source that was read in part");
		snapshot = plan_exact(true, SR_YES);
		build_source(snapshot, sources[i], SR_SOURCE_PARTIAL);
		no_step(snapshot, "the same, with locked decoders");
	}
	snapshot = plan_span_two(SR_NO);
	snapshot->regions.items[0].driver.known = false;
	snapshot->dax_devices.items[0].driver.known = false;
	no_step(snapshot, "drivers");
	snapshot = plan_span_two(SR_NO);
	snapshot->memory_block_size.known = false;
	no_step(snapshot, "the size of a memory block");
	snapshot = plan_span_two(SR_UNKNOWN);
	snapshot->modules.count = 0;
	no_step(snapshot, "the rule of the kernel, but for its release");
	snapshot = plan_hmem_first();
	snapshot->memory_blocks.items[0].state = SR_BLOCK_UNKNOWN;
	no_step(snapshot, "whether a block is online");
	snapshot = plan_span_two(SR_NO);
	*build_add(&snapshot->enumeration.coming) = "cxl_acpi";
	no_step(snapshot, "enumeration goes on");
}

/* The model refuses what must never be done, whoever asks. */
static int refused(struct sr_snapshot *snapshot, enum sr_action action, const char *target)
{
	sr_auto_snapshot struct sr_snapshot *own = snapshot;
	struct sr_step step = { .action = action, .target = target, .value = "0" };

	return sr_model_step(own, &step);
}

static void test_model(void)
{
	ok(refused(plan_exact(true, SR_YES), SR_ACTION_UNBIND_DEVICE, "dax0.0") == -EINVAL,
	   "kmem with blocks online");
	ok(refused(plan_exact(true, SR_YES), SR_ACTION_DISABLE_REGION, "region0") == -EINVAL,
	   "a region whose device has a driver");
	ok(refused(plan_hmem_first(), SR_ACTION_UNBIND_HMEM, "hmem.1") == -EINVAL,
	   "hmem with a device in use");
	ok(refused(plan_hmem_first(), SR_ACTION_UNBIND_HMEM_PLATFORM, "hmem_platform.0") == -EINVAL,
	   "hmem_platform with a device in use");
	ok(refused(plan_span_two(SR_NO), SR_ACTION_UNLOAD_MODULE, "cxl_acpi") == -EINVAL,
	   "cxl_acpi with decoders that are not locked");
	ok(refused(plan_span_two(SR_NO), SR_ACTION_PROBE_DAX_REGION, "dax_region0") == -EINVAL,
	   "a dax region that hmem holds");
	ok(refused(plan_span_two(SR_NO), SR_ACTION_BIND_DEVICE, "dax2.0") == -EINVAL,
	   "a device that lines of /proc/iomem cut");
	ok(refused(plan_exact(true, SR_NO), SR_ACTION_RESIZE_DEVICE, "dax0.0") == -EINVAL,
	   "a device that kmem has");
	ok(refused(plan_span_two(SR_NO), SR_ACTION_RESIZE_DEVICE, "dax2.0") == 0,
	   "and takes what may be");
}

int main(void)
{
	test_decoders();
	test_not_decoded();
	test_not_seen();
	test_persistent();
	test_nothing_lost();
	test_accelerators();
	test_accelerator_beside();
	test_accelerator_waits(true);
	test_accelerator_waits(false);
	test_platform();
	test_leaked();
	test_unknown();
	test_model();
	return tap_done();
}
