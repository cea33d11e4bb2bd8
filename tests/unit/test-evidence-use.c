// SPDX-License-Identifier: GPL-2.0-only
/* evidence/: from the dax region to the verdict, and what is told at the end. */
#include "gathered.h"

#define HMEM SR_DAX_HOLDER_HMEM
#define CXL  SR_DAX_HOLDER_CXL

static const struct sr_range whole = { 0x100000000, 0x17fffffff };
static const struct sr_range first_half = { 0x100000000, 0x13fffffff };

/* One Soft Reserved range outside all windows. */
static struct sr_snapshot *machine(void)
{
	struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, whole);
	snapshot->acpi.hmat_used = snapshot->acpi.has_hmat = SR_NO;
	snapshot->acpi.memory_known = snapshot->acpi.windows_known = true;
	return snapshot;
}

/* One in a window and a committed region, of which nothing was made. */
static struct sr_snapshot *region_machine(void)
{
	struct sr_snapshot *snapshot = machine();

	build_window(snapshot, whole);
	build_region(snapshot, whole, SR_YES);
	build_region_node(snapshot, whole);
	return snapshot;
}

static const char *cause_of(const struct sr_snapshot *snapshot)
{
	auto_gathered struct gathered gathered = gather(snapshot);
	const enum sr_code *cause = gathered.evidence->cause;

	return cause ? sr_codes[*cause].name : "nothing";
}

/* That one of what to do has this in it; and whose problem it is. */
static void is_advised(const struct sr_snapshot *snapshot, enum sr_problem_owner owner,
		       const char *part)
{
	auto_gathered struct gathered gathered = gather(snapshot);
	const char **advice;
	bool found = false;

	sr_for_each (advice, &gathered.evidence->advice)
		found |= strstr(*advice, part) != NULL;
	ok(found, part);
	is_text(sr_problem_owner_name(gathered.evidence->problem_owner),
		sr_problem_owner_name(owner), "whose problem");
}

static void is_not_advised(const struct sr_snapshot *snapshot, const char *part)
{
	auto_gathered struct gathered gathered = gather(snapshot);
	const char **advice;

	sr_for_each (advice, &gathered.evidence->advice)
		ok(!strstr(*advice, part), part);
}

static void test_dax_region(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	struct sr_dax_region *region;
	const char *driver = "/sys/devices/platform/hmem.0/driver";

	is_said(snapshot, "dax region", "no", "Nobody has one here");
	is_fact(snapshot, "dax region", "/sys/devices/platform", "(no hmem.N for this range)");
	region = build_dax_region(snapshot, HMEM, whole, NULL);
	region->path = "/sys/devices/platform/hmem.0";
	region->start.known = false; /* as sysfs has it */
	is_said(snapshot, "dax region", "no", "hmem.0 is there, but has no driver");
	is_fact(snapshot, "dax region", driver, "(none)");
	region->driver = sr_text_of("hmem");
	region->start.known = true;
	is_said(snapshot, "dax region", "yes", "Here it is hmem.0");
	is_fact(snapshot, "dax region", driver, "hmem");
	is_fact(snapshot, "dax region", "/sys/devices/platform/hmem.0/dax_region/size",
		"2147483648");
	region->size = sr_u64_of(sr_range_size(first_half));
	is_said(snapshot, "dax region", "no", "the first of them 0x140000000-0x17fffffff");
	is_told(snapshot, "1GiB have no owner, and are neither RAM nor a device: "
			  "0x140000000-0x17fffffff");
	region->driver = (struct sr_text){ 0 };
	is_said(snapshot, "dax region", "unknown", "could not be read");
	is_fact(snapshot, "dax region", driver, "(unknown)");
	is_told(snapshot, "What became of it is not known: whose dax region this is");
}

static void test_dax_device(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	struct sr_dax_device *device;

	is_said(snapshot, "dax device", "no", "Without a dax region");
	is_fact(snapshot, "dax device", "/sys/bus/dax/devices", "(no dax device for this range)");
	build_dax_region(snapshot, HMEM, whole, "hmem");
	is_said(snapshot, "dax device", "no", "No dax device was made");
	is_told(snapshot, "such a device only has to be made");
	device = build_dax_device(snapshot, HMEM, first_half, "kmem");
	device->path = "/sys/devices/platform/hmem.0/dax0.0";
	is_said(snapshot, "dax device", "no", "A part of the range is in no dax device");
	device->ranges.items[0] = whole;
	is_said(snapshot, "dax device", "yes", "whose it is: dax_hmem's");
	is_fact(snapshot, "dax device", "/sys/bus/dax/devices/dax0.0", device->path);
	is_fact(snapshot, "dax device", "/sys/bus/dax/devices/dax0.0/size", "1073741824");
	snapshot->dax_devices.count = 0;
	sr_list_free(&device->ranges);
	build_source(snapshot, SR_SOURCE_DAX, SR_SOURCE_UNREADABLE);
	is_said(snapshot, "dax device", "unknown", "could not be read");
}

static void test_driver(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	struct sr_dax_device *device;

	is_said(snapshot, "driver", "info", "nothing that a driver could be bound to");
	build_dax_region(snapshot, HMEM, whole, "hmem");
	device = build_dax_device(snapshot, HMEM, whole, "device_dax");
	is_said(snapshot, "driver", "yes", "device_dax, which makes /dev/dax");
	device->driver = sr_text_of("kmem");
	is_said(snapshot, "driver", "yes", "kmem, which makes ordinary RAM");
	is_fact(snapshot, "driver", "/sys/bus/dax/devices/dax0.0/driver", "kmem");
	device->driver = (struct sr_text){ 0 };
	is_said(snapshot, "driver", "unknown", "could not be read");
	device->driver = sr_text_of(NULL);
	is_said(snapshot, "driver", "no", "nothing is in the way");
	is_told(snapshot, "only has to be bound");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_PARTIAL);
	is_said(snapshot, "driver", "no", "Whether one could be bound is not known");
	is_told(snapshot, "Whether it can be used is not known");
}

static void test_blockers(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();

	build_unused(snapshot, HMEM, whole);
	build_iomem(snapshot, first_half, SR_IOMEM_REGION, "region4");
	is_said(snapshot, "driver", "no", "here region4, 0x100000000-0x13fffffff");
	is_fact(snapshot, "driver", "/proc/iomem", "100000000-13fffffff : region4");
	is_told(snapshot, "nobody can use it");
	snapshot->iomem.items[0] = (struct sr_iomem_node){
		.range = whole,
		.kind = SR_IOMEM_SYSTEM_RAM,
		.label = "System RAM",
	};
	is_said(snapshot, "driver", "no", "there System RAM (0x100000000-0x17fffffff) has it");
	snapshot->iomem.items[0].kind = SR_IOMEM_DAX_DEVICE;
	snapshot->iomem.items[0].label = "dax0.0";
	is_said(snapshot, "driver", "no", "dax0.0 itself is still left, as kmem was unbound");
	is_text(cause_of(snapshot), "LEAKED", "the cause");
}

static void test_blocks(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	const char *memory = "/sys/devices/system/memory";

	is_fact(snapshot, "memory blocks", memory, "(no memory block for this range)");
	is_said(snapshot, "memory blocks", "info", "There is none of this range");
	build_in_use(snapshot, HMEM, whole);
	snapshot->auto_online = sr_text_of("online_movable");
	is_said(snapshot, "memory blocks", "yes", "16 of 16 of this range are online, 2GiB");
	is_fact(snapshot, "memory blocks", "/sys/devices/system/memory/memory{32..47}/state",
		"online");
	is_fact(snapshot, "memory blocks", "/sys/devices/system/memory/memory{32..47}/valid_zones",
		"Movable");
	is_fact(snapshot, "memory blocks", "/sys/devices/system/memory/auto_online_blocks",
		"online_movable");
	snapshot->memory_blocks.items[3].state = SR_BLOCK_OFFLINE;
	snapshot->memory_blocks.items[3].zone = sr_text_of(NULL);
	is_said(snapshot, "memory blocks", "no", "15 of 16");
	is_fact(snapshot, "memory blocks", "/sys/devices/system/memory/memory35/state", "offline");
	is_fact(snapshot, "memory blocks", "/sys/devices/system/memory/memory{36..47}/state",
		"online");
	is_told(snapshot, "only 1.8GiB of 2GiB are online");
	snapshot->memory_blocks.items[3].state = SR_BLOCK_UNKNOWN;
	is_said(snapshot, "memory blocks", "unknown", "could not be read");
	is_fact(snapshot, "memory blocks", "/sys/devices/system/memory/memory35/state",
		"(unknown)");
}

/* The signs stand as they were judged; here with ones of every kind. */
static void test_settled(void)
{
	static const struct sr_settle_sign signs[] = {
		{ "memdevs", SR_YES, false, "/sys/bus/cxl/devices", "2 attached" },
		{ "hmem", SR_NO, false, "/sys/devices/platform", "without a driver: hmem.1" },
		{ "udev", SR_UNKNOWN, false, "/run/udev/queue", "not known" },
	};
	static const char *const want[] = { "yes", "no", "unknown" };
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	sr_auto_report struct sr_report *report = judge(snapshot);
	sr_auto_inquiry struct sr_inquiry *inquiry = NULL;
	sr_auto_evidence struct sr_evidence *evidence = NULL;
	const struct sr_evidence_step *step;
	size_t count = 0;

	ok(sr_inquiry_new(report, &inquiry) == 0, "an inquiry");
	inquiry->signs->signs.count = 0;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		*build_add(&inquiry->signs->signs) = signs[i];
	inquiry->signs->settled = SR_UNKNOWN;
	ok(sr_evidence_make(inquiry, report->units.items, &evidence) == 0, "evidence");
	sr_for_each (step, &evidence->steps) {
		char text[64];

		if (strcmp(step->stage, "settled") != 0)
			continue;
		snprintf(text, sizeof(text), "%s: %s", signs[count].name, signs[count].text);
		is_text(step->text, text, "a sign is a step");
		is_text(sr_evidence_says_name(step->says), want[count], "and says what it says");
		is_text(step->facts.items[0].path, signs[count].path, "of its file");
		count++;
	}
	is_number(count, 3, "all of them");
	is_number(evidence->settled, SR_UNKNOWN, "what they come to");
}

static void test_verdict(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = region_machine();

	is_said(snapshot, "verdict", "no", "Owner: none; by this kernel's rule: cxl. State: lost.");
	build_in_use(snapshot, CXL, whole);
	is_said(snapshot, "verdict", "yes", "Owner: cxl; by this kernel's rule: cxl. State: ok.");
	is_said(snapshot, "verdict", "yes", "2GiB of 2GiB are online");
	is_told(snapshot, "CXL has it, as region0 contains it. It works: 2GiB");
	is_text(cause_of(snapshot), "nothing", "no cause");
	build_source(snapshot, SR_SOURCE_MEMORY_BLOCKS, SR_SOURCE_UNREADABLE);
	is_said(snapshot, "verdict", "unknown", "State: unknown");
}

static void test_lost(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();

	is_told(snapshot, "it should have taken it; something changed");
	is_text(cause_of(snapshot), "DECIDED_OTHERWISE", "hmem should have it");
	*build_add(&snapshot->hmem_platforms) =
		(struct sr_platform_device){ "hmem_platform.0", sr_text_of(NULL) };
	is_told(snapshot, "not bound to hmem_platform.0");
	is_text(cause_of(snapshot), "HMEM_PLATFORM_NO_DRIVER", "and something keeps it away");
	*build_add(&snapshot->modules) =
		(struct sr_module){ .name = "dax_hmem", .state = SR_MODULE_NOT_LOADED };
	is_told(snapshot, "dax_hmem did not take it either: it is not loaded");
	snapshot->modules.items[0].blocked = true;
	is_told(snapshot, "it is kept from loading by module_blacklist=");
	snapshot->modules.items[0].state = SR_MODULE_MISSING;
	snapshot->modules.items[0].blocked = false;
	is_told(snapshot, "it is not part of this kernel");
	snapshot->kernel.command_line = sr_text_of("device_hmem.disable=1");
	is_told(snapshot, "device_hmem.disable keeps it from taking anything");
}

static void test_dropped(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = region_machine();

	is_told(snapshot, "it leaves to CXL what a committed region contains");
	is_told(snapshot, "region0 contains it, but made nothing of it");
	build_dax_region(snapshot, CXL, whole, NULL);
	is_told(snapshot, "what it made for dax has no driver");
	*build_add(&snapshot->modules) = (struct sr_module){ .name = "dax_cxl",
							     .state = SR_MODULE_NOT_LOADED,
							     .depends = sr_text_of("dax_hmem") };
	is_told(snapshot, "dax_cxl, which would take it, is not loaded");
	*build_add(&snapshot->modules) = (struct sr_module){ .name = "dax_hmem",
							     .state = SR_MODULE_NOT_LOADED,
							     .blacklisted = true };
	is_told(snapshot, "it needs dax_hmem, and that is blacklisted");
	snapshot->regions.items[0].driver = sr_text_of(NULL);
	is_told(snapshot, "is not bound to its driver");
	snapshot->regions.items[0].mode = sr_text_of("pmem");
	is_told(snapshot, "in pmem mode");
}

/* What a vendor cannot mend is not his; what another kernel would do; what may not be there. */
static void test_advice(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();

	build_window(snapshot, whole);
	build_unused(snapshot, HMEM, whole);
	build_region_node(snapshot, first_half);
	build_region(snapshot, first_half, SR_YES);
	is_advised(snapshot, SR_PROBLEM_OF_FIRMWARE, "[REGION_SMALLER]");
	is_advised(snapshot, SR_PROBLEM_OF_FIRMWARE, "no CXL device is seen to answer");
	is_not_advised(snapshot, "with a kernel");
	is_not_advised(snapshot, "command line");
	snapshot->memory_map.items[0].soft_reserved = false;
	snapshot->kernel.command_line = sr_text_of("efi_fake_mem=2G@4G:0x40000");
	is_advised(snapshot, SR_PROBLEM_OF_ADMINISTRATOR, "look at efi_fake_mem=");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_ABSENT);
	is_advised(snapshot, SR_PROBLEM_OF_UNKNOWN, "whether efi_fake_mem= on the kernel command");
	is_not_advised(snapshot, "not firmware but this option");
	snapshot->kernel.command_line = (struct sr_text){ 0 };
	is_advised(snapshot, SR_PROBLEM_OF_UNKNOWN, "whether an option on the kernel command line");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_OK);
	snapshot->kernel.command_line = sr_text_of("efi_fake_mem=2G@4G:0x40000");
	snapshot->memory_map.items[0].soft_reserved = true;
	*build_add(&snapshot->endpoint_decoders) = (struct sr_endpoint_decoder){
		.name = "decoder2.0",
		.region = sr_text_of("region0"),
	};
	is_not_advised(snapshot, "no CXL device is seen to answer");
}

/* As on v6.12 nobody has it; from v7.1 on dax_hmem would. */
static void test_other_kernels(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();

	build_window(snapshot, whole);
	snapshot->kernel.release = sr_text_of("6.12.1");
	is_told(snapshot, "it leaves what touches a CXL window to CXL");
	is_advised(snapshot, SR_PROBLEM_OF_FIRMWARE,
		   "with a kernel from v7.1 on dax_hmem would have it");
}

static void test_accelerator(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = region_machine();

	*build_add(&snapshot->endpoint_decoders) = (struct sr_endpoint_decoder){
		.name = "decoder2.0",
		.region = sr_text_of("region0"),
		.target_type = sr_text_of("accelerator"),
	};
	is_said(snapshot, "dax region", "info", "dax region");
	is_told(snapshot, "for the accelerator's own driver");
}

/* A step holds no more facts than anybody reads; the rest is counted. */
static void test_limit(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	auto_gathered struct gathered gathered = { 0 };

	build_window(snapshot, whole);
	for (uint64_t at = whole.start; at < whole.end; at += BLOCK_SIZE)
		build_region(snapshot, span(at, at + BLOCK_SIZE - 1), SR_YES);
	gathered = gather(snapshot);
	is_number(step_of(&gathered, "region")->facts.count, 16, "so many facts and no more");
	is_text(says(&gathered, "region", "(64 more facts are left out here.)"), "no",
		"the rest is counted");
	is_text(says(&gathered, "region", "region0, region1 and 14 more share it"), "no",
		"names, too");
}

int main(void)
{
	test_dax_region();
	test_dax_device();
	test_driver();
	test_blockers();
	test_blocks();
	test_settled();
	test_verdict();
	test_lost();
	test_dropped();
	test_advice();
	test_other_kernels();
	test_accelerator();
	test_limit();
	return tap_done();
}
