// SPDX-License-Identifier: GPL-2.0-only
/* evidence/: from the firmware's map to the rule; each step where it says yes, no and unknown. */
#include "gathered.h"

#define HMEM SR_DAX_HOLDER_HMEM

static const struct sr_range whole = { 0x100000000, 0x17fffffff };
static const struct sr_range first_half = { 0x100000000, 0x13fffffff };
static const struct sr_range second_half = { 0x140000000, 0x17fffffff };
static const struct sr_range wider = { 0x100000000, 0x1ffffffff };

/* One Soft Reserved range that works: a window, a region and its memory. */
static struct sr_snapshot *machine(void)
{
	struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, whole);
	build_window(snapshot, whole);
	build_cxl(snapshot, whole);
	snapshot->acpi.hmat_used = snapshot->acpi.has_hmat = SR_NO;
	snapshot->acpi.memory_known = snapshot->acpi.windows_known = true;
	return snapshot;
}

/* The same without a region. */
static struct sr_snapshot *bare_machine(void)
{
	struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, whole);
	build_window(snapshot, whole);
	snapshot->acpi.hmat_used = snapshot->acpi.has_hmat = SR_NO;
	snapshot->acpi.memory_known = snapshot->acpi.windows_known = true;
	return snapshot;
}

static void add_affinity(struct sr_snapshot *snapshot, struct sr_range range)
{
	*build_add(&snapshot->acpi.memory) = (struct sr_memory_affinity){
		.range = range,
		.proximity_domain = (uint32_t)snapshot->acpi.memory.count,
		.hot_pluggable = true,
		.source = SR_SOURCE_ACPI,
	};
	snapshot->acpi.has_srat = snapshot->acpi.has_hmat = snapshot->acpi.hmat_used = SR_YES;
	snapshot->acpi.memory_known = true;
}

static void test_map(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();

	snapshot->notes[SR_SOURCE_KERNEL_LOG].path = "/dmesg";
	snapshot->memory_map.items[0].number = sr_u64_of(7);
	is_said(snapshot, "firmware map", "yes", "EFI_MEMORY_SP");
	is_fact(snapshot, "firmware map", "/sys/firmware/memmap/7/type", "Soft Reserved");
	is_fact(snapshot, "firmware map", "/sys/firmware/memmap/7/end", "0x17fffffff");
	is_fact(snapshot, "firmware map", "/dmesg",
		"[mem 0x0000000100000000-0x000000017fffffff] Soft Reserved");
	snapshot->memory_map.items[0].soft_reserved = false;
	snapshot->memory_map.items[0].type = "System RAM";
	is_said(snapshot, "firmware map", "no", "After a kexec");
	is_fact(snapshot, "firmware map", "/sys/firmware/memmap/7/type", "System RAM");
	snapshot->kernel.command_line = sr_text_of("quiet memmap=2G%4G+0xefffffff");
	is_said(snapshot, "firmware map", "info", "command line makes it");
	is_fact(snapshot, "firmware map", "/proc/cmdline", "memmap=2G%4G+0xefffffff");
	is_told(snapshot, "memmap= on the kernel command line set 2GiB");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_ABSENT);
	is_said(snapshot, "firmware map", "info", "could not be read, so whether firmware");
	is_told(snapshot, "Firmware, or an option on the kernel command line, set 2GiB");
	snapshot->kernel.command_line = sr_text_of("quiet");
	is_told(snapshot, "Firmware set 2GiB at 0x100000000-0x17fffffff");
}

static void test_srat(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	const char *srat = "/sys/firmware/acpi/tables/SRAT",
		   *hmat = "/sys/firmware/acpi/tables/HMAT";

	is_said(snapshot, "SRAT", "info", "only where it takes an HMAT too");
	is_fact(snapshot, "SRAT", hmat, "(none)");
	snapshot->acpi.has_srat = SR_NO;
	is_said(snapshot, "SRAT", "info", "There is no SRAT");
	is_fact(snapshot, "SRAT", srat, "(none)");
	is_said(snapshot, "candidate", "yes", "just this range");
	add_affinity(snapshot, span(0, 0xfffff));
	is_said(snapshot, "SRAT", "info", "has no range here");
	is_fact(snapshot, "SRAT", srat, "(has no memory range here)");
	add_affinity(snapshot, whole);
	is_said(snapshot, "SRAT", "yes", "decides on the range of the SRAT");
	is_fact(snapshot, "SRAT", srat,
		"(memory 0x100000000-0x17fffffff, domain 2, hot-pluggable)");
	snapshot->acpi.hmat_used = SR_UNKNOWN;
	is_said(snapshot, "SRAT", "unknown", "could not be read");
	is_said(snapshot, "candidate", "unknown", "As far as is known");
	snapshot->notes[SR_SOURCE_ACPI] = (struct sr_source_note){
		.state = SR_SOURCE_HIDDEN,
		.path = "/sys/firmware/acpi/tables",
		.detail = "run as root",
	};
	is_fact(snapshot, "SRAT", "/sys/firmware/acpi/tables", "(hidden: run as root)");
}

/* What the log has of it is told in the log's words, and with its path. */
static void test_logged_srat(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();

	add_affinity(snapshot, whole);
	snapshot->acpi.memory.items[0].source = SR_SOURCE_KERNEL_LOG;
	snapshot->acpi.memory.items[0].node = (struct sr_s64){ .value = 3, .known = true };
	build_source(snapshot, SR_SOURCE_ACPI, SR_SOURCE_ABSENT);
	snapshot->notes[SR_SOURCE_KERNEL_LOG].path = "/dmesg";
	is_fact(snapshot, "SRAT", "/dmesg",
		"ACPI: SRAT: Node 3 PXM 1 [mem 0x100000000-0x17fffffff] hotplug");
	snapshot->acpi.memory.count = 0;
	is_fact(snapshot, "SRAT", "/dmesg", "(names the SRAT)");
}

static void test_candidate(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = bare_machine();

	add_affinity(snapshot, wider);
	is_said(snapshot, "candidate", "info", "0x100000000-0x1ffffffff on its list");
	snapshot->acpi.memory.items[0].range.start = 0xfff00000;
	is_said(snapshot, "candidate", "no", "it begins at 0xfff00000");
	is_told(snapshot, "0xfff00000-0x1ffffffff as one piece");
	snapshot->acpi.memory.items[0].range = span(whole.start, wider.end - 0x1000);
	is_said(snapshot, "candidate", "no", "it ends at 0x1ffffefff");
	/* In a range of the SRAT that overlaps a part of it, the rest is never asked for. */
	snapshot->acpi.memory.items[0].range = first_half;
	is_said(snapshot, "candidate", "yes", "on its list");
	{
		auto_gathered struct gathered rest = gather_unit(snapshot, 1);

		is_text(says(&rest, "candidate", "never asks dax_hmem"), "no", "the rest: never");
		is_text(says(&rest, "SRAT", "skips that entry whole"), "no", "as it is shadowed");
		is_text(fact(&rest, "SRAT", "/sys/firmware/acpi/tables/SRAT"),
			"(memory 0x100000000-0x13fffffff, domain 1, hot-pluggable)", "by this one");
		is_text(sr_codes[*rest.evidence->cause].name, "SHADOWED", "the cause");
	}
}

/* Kernels that have Soft Reserved ranges in /proc/iomem refuse a mixed one. */
static void test_mixed(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	snapshot->kernel.release = sr_text_of("6.12.1");
	build_soft_reserved(snapshot, whole);
	build_iomem(snapshot, whole, SR_IOMEM_SOFT_RESERVED, "Soft Reserved");
	build_iomem(snapshot, span(wider.end - 0xffff, wider.end), SR_IOMEM_OTHER, "Reserved");
	add_affinity(snapshot, wider);
	is_said(snapshot, "candidate", "no", "other memory lies in that too");
	is_fact(snapshot, "candidate", "/proc/iomem", "1ffff0000-1ffffffff : Reserved");
	is_told(snapshot, "as one piece, in which other memory lies too");
}

static void test_window(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	sr_auto_snapshot struct sr_snapshot *outside = build_new();
	sr_auto_snapshot struct sr_snapshot *two = build_new();

	is_said(snapshot, "CXL window", "yes", "It lies in CXL Window 0");
	is_fact(snapshot, "CXL window", "/proc/iomem", "100000000-17fffffff : CXL Window 0");
	is_fact(snapshot, "CXL window", "/sys/bus/cxl/devices/decoder0.0/size", "0x80000000");
	build_soft_reserved(outside, whole);
	is_said(outside, "CXL window", "info", "in no CXL window");
	is_fact(outside, "CXL window", "/proc/iomem", "(no CXL Window overlaps it)");
	*build_add(&outside->cxl_roots) =
		(struct sr_platform_device){ "ACPI0017:00", sr_text_of(NULL) };
	is_said(outside, "CXL window", "no", "cxl_acpi, which makes them known");
	is_fact(outside, "CXL window", "/sys/devices/platform/ACPI0017:00/driver", "(none)");
	build_source(outside, SR_SOURCE_IOMEM, SR_SOURCE_HIDDEN);
	build_source(outside, SR_SOURCE_CXL, SR_SOURCE_UNREADABLE);
	is_said(outside, "CXL window", "unknown", "could not be read");
	build_soft_reserved(two, whole);
	build_window(two, first_half);
	is_said(two, "CXL window", "no", "outside of CXL Window 0");
	build_window(two, second_half);
	is_said(two, "CXL window", "no", "over 2 CXL windows");
}

static void test_fixed_window(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	const char *stage = "fixed window (CEDT)", *cedt = "/sys/firmware/acpi/tables/CEDT";
	struct sr_fixed_window *window;

	snapshot->acpi.has_cedt = SR_NO;
	is_said(snapshot, stage, "no", "There is no CEDT");
	is_fact(snapshot, stage, cedt, "(none)");
	snapshot->acpi.has_cedt = SR_YES;
	is_said(snapshot, stage, "no", "describes no window");
	is_fact(snapshot, stage, cedt, "(has no CFMWS here)");
	window = build_add(&snapshot->acpi.windows);
	window->range = wider;
	window->restrictions = SR_WINDOW_VOLATILE | SR_WINDOW_TYPE3;
	is_said(snapshot, stage, "yes", "lies wholly in it");
	is_fact(snapshot, stage, cedt, "(CFMWS 0x100000000-0x1ffffffff, volatile, expanders)");
	window->range = first_half;
	is_said(snapshot, stage, "no", "a part of the range lies outside");
	build_add(&snapshot->acpi.windows)->range = second_half;
	is_said(snapshot, stage, "no", "several such windows");
	snapshot->acpi.windows.count = 0;
	snapshot->acpi.windows_known = false;
	is_said(snapshot, stage, "unknown", "could not be read");
}

static struct sr_endpoint_decoder *add_decoder(struct sr_snapshot *snapshot, const char *region)
{
	struct sr_endpoint_decoder *decoder = build_add(&snapshot->endpoint_decoders);

	*decoder = (struct sr_endpoint_decoder){
		.name = "decoder3.0",
		.port = "endpoint3",
		.memdev = sr_text_of("mem0"),
		.region = sr_text_of(region),
		.start = sr_u64_of(whole.start),
		.size = sr_u64_of(sr_range_size(whole)),
	};
	return decoder;
}

static void test_decoders(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	const char *stage = "endpoint decoders";
	struct sr_endpoint_decoder *decoder;

	is_said(snapshot, stage, "no", "No CXL device is set up");
	is_fact(snapshot, stage, "/sys/bus/cxl/devices", "(no endpoint decoder for this range)");
	decoder = add_decoder(snapshot, "region0");
	is_said(snapshot, stage, "yes", "Address decoders of mem0");
	is_fact(snapshot, stage, "/sys/bus/cxl/devices/endpoint3/uport", "mem0");
	is_fact(snapshot, stage, "/sys/bus/cxl/devices/decoder3.0/region", "region0");
	/* Its own addresses can be normalized ones. */
	decoder->start = sr_u64_of(0);
	is_said(snapshot, stage, "yes", "Address decoders of mem0");
	decoder->region = sr_text_of("region7");
	is_said(snapshot, stage, "no", "No CXL device is set up");
	decoder->region = sr_text_of(NULL);
	decoder->start = sr_u64_of(whole.end);
	is_said(snapshot, stage, "no", "are in no region");
	decoder->region.known = false;
	is_said(snapshot, stage, "unknown", "which region they are in, could not be read");
	is_fact(snapshot, stage, "/sys/bus/cxl/devices/decoder3.0/region", "(unknown)");
	decoder->size.known = false;
	is_said(snapshot, stage, "unknown", "decoders of mem0");
	decoder->size = sr_u64_of(0);
	is_said(snapshot, stage, "no", "No CXL device is set up");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_PARTIAL);
	snapshot->endpoint_decoders.count = 0;
	is_said(snapshot, stage, "unknown", "could not be read");
}

static void test_region(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	sr_auto_snapshot struct sr_snapshot *bare = bare_machine();
	struct sr_region *region;

	is_said(snapshot, "region", "yes", "region0 is committed and contains it whole");
	is_fact(snapshot, "region", "/sys/bus/cxl/devices/region0/commit", "1");
	is_said(bare, "region", "no", "There is none here");
	region = build_region(bare, whole, SR_NO);
	region->targets.count = 0;
	*build_add(&region->targets) = (struct sr_region_target){ .decoder = sr_text_of(NULL) };
	is_said(bare, "region", "no", "region0 is there but not committed");
	is_fact(bare, "region", "/sys/bus/cxl/devices/region0/commit", "0");
	is_fact(bare, "region", "/sys/bus/cxl/devices/region0/target0", "(none)");
	region->committed = SR_UNKNOWN;
	is_said(bare, "region", "unknown", "could not be read");
	is_fact(bare, "region", "/sys/bus/cxl/devices/region0/commit", "(unknown)");
	region->committed = SR_YES;
	region->mode = sr_text_of("pmem");
	is_said(bare, "region", "no", "its mode is pmem, not ram");
	region->mode = sr_text_of("ram");
	region->driver = sr_text_of(NULL);
	is_said(bare, "region", "no", "is not bound to its driver");
	is_fact(bare, "region", "/sys/bus/cxl/devices/region0/driver", "(none)");
	region->size = sr_u64_of(sr_range_size(first_half));
	is_said(bare, "region", "no", "region0 covers only a part of it");
	build_region(bare, second_half, SR_YES);
	is_said(bare, "region", "no", "region0 and region1 share it");
}

static void add_module(struct sr_snapshot *snapshot, const char *name, enum sr_module_state state,
		       const char *depends)
{
	*build_add(&snapshot->modules) = (struct sr_module){
		.name = name,
		.state = state,
		.depends = sr_text_of(depends),
		.softdep = sr_text_of(NULL),
	};
}

static void test_rule(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	const char *dep = "/lib/modules/7.3.4/modules.dep";

	snapshot->notes[SR_SOURCE_MODULES].path = "/lib/modules/7.3.4";
	is_said(snapshot, "rule", "yes", "(guess: the release alone)");
	add_module(snapshot, "dax_cxl", SR_MODULE_BUILT_IN, "dax_hmem");
	add_module(snapshot, "dax_hmem", SR_MODULE_LOADED, NULL);
	is_said(snapshot, "rule", "yes", "gives this range to CXL, and so it is");
	is_fact(snapshot, "rule", dep, "dax_cxl: dax_hmem");
	is_fact(snapshot, "rule", "/sys/module/dax_cxl", "(built in)");
	is_fact(snapshot, "rule", "/sys/module/dax_hmem/initstate", "live");
	is_fact(snapshot, "rule", "/sys/module/cxl_acpi", "(unknown)");
	snapshot->regions.items[0].committed = SR_UNKNOWN;
	is_said(snapshot, "rule", "unknown", "could not be read");
	snapshot->regions.items[0].committed = SR_NO;
	is_said(snapshot, "rule", "no",
		"to dax_hmem, but it is CXL that has it. Something changed");
	snapshot->modules.items[0].depends = sr_text_of(NULL);
	snapshot->modules.items[1].softdep = sr_text_of("cxl_acpi");
	is_said(snapshot, "rule", "no", "as kernels from v6.3 to v7.0 do");
	is_fact(snapshot, "rule", dep, "(dax_cxl needs no other module)");
	is_fact(snapshot, "rule", "/lib/modules/7.3.4/modules.softdep",
		"softdep dax_hmem pre: cxl_acpi");
	snapshot->modules.count = 0;
	snapshot->kernel.release = sr_text_of("x");
	is_said(snapshot, "rule", "unknown", "is not known");
}

static void test_order(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = bare_machine();

	snapshot->kernel.release = sr_text_of("6.12.1");
	build_in_use(snapshot, HMEM, whole);
	is_said(snapshot, "rule", "no", "before cxl_acpi had made the windows known");
	is_told(snapshot, "in another order CXL would have it");
	snapshot->kernel.release = sr_text_of("7.3.4");
	is_said(snapshot, "rule", "yes", "gives this range to dax_hmem, and so it is");
	build_region(snapshot, whole, SR_YES);
	is_said(snapshot, "rule", "no", "the region came to be after dax_hmem had decided");
}

int main(void)
{
	test_map();
	test_srat();
	test_logged_srat();
	test_candidate();
	test_mixed();
	test_window();
	test_fixed_window();
	test_decoders();
	test_region();
	test_rule();
	test_order();
	return tap_done();
}
