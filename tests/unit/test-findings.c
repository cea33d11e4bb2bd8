// SPDX-License-Identifier: GPL-2.0-only
/* judgement/findings.c and codes.h: the machine as a whole, and what was not read. */
#include "judged.h"

static const struct sr_range range = { 0x100000000, 0x17fffffff };

static void is_found(const struct sr_snapshot *snapshot, const char *findings, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_text(findings_of(report), findings, what);
}

static const char *first_text(const struct sr_snapshot *snapshot)
{
	static char text[512];
	sr_auto_report struct sr_report *report = judge(snapshot);

	snprintf(text, sizeof(text), "%s",
		 report->findings.count ? report->findings.items[0].text : "none");
	return text;
}

/* Programs compare the names: upper case, each once. */
static void test_codes(void)
{
	bool named = true, once = true, told = true;

	for (size_t i = 0; i < SR_CODE_COUNT; i++) {
		const char *name = sr_codes[i].name, *sentence = sr_codes[i].sentence;

		named &= name && *name &&
			 strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == strlen(name);
		told &= sentence && *sentence && sentence[strlen(sentence) - 1] != '.';
		for (size_t j = 0; named && j < i; j++)
			once &= strcmp(name, sr_codes[j].name) != 0;
	}
	ok(named, "each code has a name");
	ok(once, "of its own");
	ok(told, "and a sentence without a final stop");
}

static void test_options(void)
{
	static const char *const wanted[] = {
		"efi=debug",	      "memmap=4G!4G",
		"\"dax_hmem.a=1 2\"", "modprobe.blacklist=kmem",
		"device_hmem.x=1",    "efi_fake_mem=1",
	};
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	snapshot->kernel.command_line =
		sr_text_of("root=/dev/vda efi=debug memmap=4G!4G nomemmap=1 \"dax_hmem.a=1 2\" efi "
			   "modprobe.blacklist=kmem device_hmem.x=1 efi_fake_mem=1 quiet");
	report = judge(snapshot);
	is_number(report->options.count, 6, "those that change the outcome");
	for (size_t i = 0; i < 6 && i < report->options.count; i++)
		is_text(report->options.items[i], wanted[i], "in their order, as they stand there");
}

static void test_soft_reserve_off(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	snapshot->kernel.command_line = sr_text_of("efi=debug,nosoftreserve");
	is_found(snapshot, "SOFT_RESERVE_OFF", "efi=nosoftreserve");
	snapshot->kernel.command_line = sr_text_of("efi=nosoftreserved xefi=nosoftreserve");
	is_found(snapshot, "", "other options");
}

static void test_hmem_disabled(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_module *module;

	snapshot->kernel.command_line = sr_text_of("device_hmem.disable=1");
	is_found(snapshot, "HMEM_DISABLED", "on the command line");
	snapshot->kernel.command_line = sr_text_of("device_hmem.disable=Y");
	is_found(snapshot, "HMEM_DISABLED", "in another way");
	snapshot->kernel.command_line = sr_text_of("device_hmem.disable=0");
	is_found(snapshot, "", "not disabled");
	module = build_add(&snapshot->modules);
	*module = (struct sr_module){ .name = "device_hmem", .state = SR_MODULE_BUILT_IN };
	*build_add(&module->parameters) =
		(struct sr_module_parameter){ .name = "disable", .value = sr_text_of("Y") };
	is_found(snapshot, "HMEM_DISABLED", "its parameter says so");
	snapshot->kernel.command_line = sr_text_of("device_hmem.disable=1");
	is_found(snapshot, "HMEM_DISABLED", "both say so, one finding");
	snapshot->kernel.command_line = sr_text_of("");
	module->parameters.items[0].value = sr_text_of("N");
	is_found(snapshot, "", "its parameter says no");
	module->parameters.items[0].value = (struct sr_text){ 0 };
	is_found(snapshot, "", "its parameter is unknown");
}

static void test_platforms(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	build_add(&snapshot->hmem_platforms)->name = "hmem_platform.0";
	is_found(snapshot, "", "one is expected");
	build_add(&snapshot->hmem_platforms)->name = "hmem_platform.1";
	is_found(snapshot, "HMEM_PLATFORMS", "two are not");
	is_text(first_text(snapshot), "2 hmem_platform devices where one is expected", "in words");
}

static void test_regions(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	build_region(snapshot, range, SR_YES);
	is_found(snapshot, "REGION_WITHOUT_SOFT_RESERVED", "a region made at run time");
	is_text(first_text(snapshot),
		"region0, 0x100000000-0x17fffffff, touches no Soft Reserved range, as a region "
		"made at run time does",
		"in words");
	snapshot->regions.items[0].has_resource = false;
	is_found(snapshot, "", "a region without a resource");
	snapshot->regions.items[0].has_resource = true;
	snapshot->kernel.command_line.known = false;
	is_found(snapshot, "SOFT_RESERVED_INCOMPLETE", "there may be ranges that nobody shows");
	report = judge(snapshot);
	is_number(report->regions.items[0].soft_reserved, SR_UNKNOWN, "so one may touch it");
	snapshot->kernel.command_line.known = true;
	build_soft_reserved(snapshot, span(range.end, range.end));
	is_found(snapshot, "", "a range that touches its last byte");
}

/* The dax region of a region, with no driver. */
static void build_driverless(struct sr_snapshot *snapshot)
{
	*build_add(&snapshot->dax_regions) = (struct sr_dax_region){
		.name = "dax_region0",
		.path = "/sys/dax_region0",
		.holder = SR_DAX_HOLDER_CXL,
		.region = "region0",
		.driver = sr_text_of(NULL),
		.start = sr_u64_of(range.start),
		.size = sr_u64_of(sr_range_size(range)),
	};
}

static void test_hmem(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_dax_region *region = build_add(&snapshot->dax_regions);
	struct sr_platform_device *platform = build_add(&snapshot->hmem_platforms);

	*region = (struct sr_dax_region){ .name = "hmem.2", .holder = SR_DAX_HOLDER_HMEM };
	*platform = (struct sr_platform_device){ .name = "hmem_platform.0" };
	is_found(snapshot, "", "their drivers are unknown");
	region->driver = sr_text_of(NULL);
	is_found(snapshot, "HMEM_NO_DRIVER", "an hmem device without driver");
	platform->driver = sr_text_of(NULL);
	is_found(snapshot, "HMEM_PLATFORM_NO_DRIVER HMEM_NO_DRIVER", "nor has the platform one");
	region->driver = sr_text_of("hmem");
	platform->driver = sr_text_of("hmem_platform");
	is_found(snapshot, "", "both have");
}

static void test_modules(void)
{
	static const struct {
		enum sr_module_state state;
		bool blacklisted, blocked;
		const char *wanted;
	} cases[] = {
		{ SR_MODULE_NOT_LOADED, false, false, "module dax_cxl is not loaded" },
		{ SR_MODULE_MISSING, false, false, "module dax_cxl is not part of this kernel" },
		{ SR_MODULE_NOT_LOADED, true, false,
		  "module dax_cxl is blacklisted and not loaded" },
		{ SR_MODULE_NOT_LOADED, true, true,
		  "module dax_cxl is kept from loading by module_blacklist= or an install "
		  "command" },
		{ SR_MODULE_LOADED, true, true, "none" },
		{ SR_MODULE_BUILT_IN, false, false, "none" },
		{ SR_MODULE_UNKNOWN, true, true, "none" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

		*build_add(&snapshot->modules) = (struct sr_module){
			.name = "dax_cxl",
			.state = cases[i].state,
			.blacklisted = cases[i].blacklisted,
			.blocked = cases[i].blocked,
		};
		is_text(first_text(snapshot), "none", "nothing misses it");
		build_soft_reserved(snapshot, range);
		is_text(first_text(snapshot), "none",
			"without a dax region it has nothing to take");
		build_driverless(snapshot);
		is_text(first_text(snapshot), cases[i].wanted, "a dax region waits for it");
		snapshot->modules.items[0].name = "cxl_mem";
		is_text(first_text(snapshot), "none", "another module takes no memory");
	}
}

static void test_totals(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;
	uint64_t size = 0x80000000;

	for (uint64_t i = 0; i < 5; i++)
		build_soft_reserved(snapshot, span(i * size, i * size + size - 1));
	build_window(snapshot, span(0, size - 1));
	build_cxl(snapshot, span(0, size - 1));
	build_unused(snapshot, SR_DAX_HOLDER_HMEM, span(size, 2 * size - 1));
	build_unused(snapshot, SR_DAX_HOLDER_HMEM, span(2 * size, 3 * size - 1));
	build_region_node(snapshot, span(2 * size, 2 * size + 1));
	build_dax_device(snapshot, SR_DAX_HOLDER_HMEM, span(3 * size, 4 * size - 1), "kmem")
		->driver.known = false;
	report = judge(snapshot);
	is_number(report->totals.ranges, 5, "ranges");
	is_number(report->totals.contained, 1, "contained");
	is_number(report->totals.bytes, 5 * size, "bytes");
	is_number(report->totals.idle, 1, "idle");
	is_number(report->totals.idle_bytes, size, "idle bytes");
	is_number(report->totals.unusable, 1, "unusable");
	is_number(report->totals.unusable_bytes, size, "unusable bytes");
	is_number(report->totals.unknown, 1, "unknown");
	is_number(report->totals.unknown_bytes, size, "unknown bytes");
	is_number(report->totals.lost, 1, "lost");
	is_number(report->totals.lost_bytes, size, "lost bytes");
}

static void is_short(const struct sr_snapshot *snapshot, unsigned int sources, bool nothing,
		     const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_number(report->short_sources, sources, what);
	is_number(report->nothing_read, nothing, what);
}

static void test_short_sources(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	unsigned int iomem = 1U << SR_SOURCE_IOMEM, cxl = 1U << SR_SOURCE_CXL;
	unsigned int log = 1U << SR_SOURCE_KERNEL_LOG, map = 1U << SR_SOURCE_FIRMWARE_MEMMAP;

	is_short(snapshot, 0, false, "all was read");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_PARTIAL);
	is_short(snapshot, 0, false, "nothing hangs on it");
	build_soft_reserved(snapshot, range);
	is_short(snapshot, cxl, false, "something does");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_ABSENT);
	is_short(snapshot, 0, false, "what is not there is not short");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_HIDDEN);
	is_short(snapshot, iomem, false, "iomem is hidden");
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_INCOMPLETE);
	snapshot->kernel.command_line.known = false;
	is_short(snapshot, iomem | log, false, "the ranges themselves are not sure");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_PARTIAL);
	is_short(snapshot, iomem | log | map, false, "less and less");
	for (int i = 0; i < SR_SOURCE_COUNT; i++)
		build_source(snapshot, i, SR_SOURCE_OK);
	snapshot->kernel.command_line = sr_text_of("add_efi_memmap");
	is_short(snapshot, log, false, "all was read, and the kernel added to the map");
}

/* Absent iomem is short all the same; blocks are where a kmem device must have some. */
static void test_short_where_needed(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	unsigned int iomem = 1U << SR_SOURCE_IOMEM, blocks = 1U << SR_SOURCE_MEMORY_BLOCKS;

	build_dax_device(snapshot, SR_DAX_HOLDER_HMEM, range, "device_dax");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_ABSENT);
	is_short(snapshot, iomem, false, "a dax device is enough to need iomem");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_OK);
	build_source(snapshot, SR_SOURCE_MEMORY_BLOCKS, SR_SOURCE_ABSENT);
	build_soft_reserved(snapshot, range);
	is_short(snapshot, 0, false, "device_dax needs no blocks");
	snapshot->dax_devices.items[0].driver = sr_text_of("kmem");
	is_short(snapshot, blocks, false, "kmem does");
	build_source(snapshot, SR_SOURCE_MEMORY_BLOCKS, SR_SOURCE_OK);
	is_short(snapshot, 0, false, "and has them");
}

static void test_too_many(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;

	for (uint64_t i = 0; i < 4100; i++)
		build_region(snapshot, span(i * 0x1000, i * 0x1000 + 0xfff), SR_YES);
	report = judge(snapshot);
	is_number(report->findings.count, 4096, "findings have a bound");
	is_number(report->regions.count, 4100, "regions are all there");
}

static void test_nothing_read(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	unsigned int all = 1U << SR_SOURCE_IOMEM | 1U << SR_SOURCE_KERNEL_LOG |
			   1U << SR_SOURCE_FIRMWARE_MEMMAP;

	for (int i = 0; i < SR_SOURCE_COUNT; i++)
		build_source(snapshot, i, SR_SOURCE_ABSENT);
	is_short(snapshot, all, true, "nothing is there");
	build_source(snapshot, SR_SOURCE_MODULES, SR_SOURCE_OK);
	is_short(snapshot, all, true, "modules say nothing of memory");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_HIDDEN);
	is_short(snapshot, all, false, "names without addresses are something");
	build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_ABSENT);
	build_source(snapshot, SR_SOURCE_DAX, SR_SOURCE_PARTIAL);
	is_short(snapshot, all | 1U << SR_SOURCE_DAX, false, "dax devices are something");
}

static void test_names(void)
{
	is_text(sr_holder_name(SR_DAX_HOLDER_UNKNOWN), "unknown", "an unknown holder");
	is_text(sr_holder_name(SR_DAX_HOLDER_CXL), "cxl", "a holder");
	is_text(sr_holder_name(SR_DAX_HOLDER_HMEM), "hmem", "a holder");
	is_text(sr_holder_name(SR_DAX_HOLDER_PMEM), "pmem", "a holder");
}

int main(void)
{
	test_codes();
	test_options();
	test_soft_reserve_off();
	test_hmem_disabled();
	test_platforms();
	test_regions();
	test_hmem();
	test_modules();
	test_totals();
	test_short_sources();
	test_short_where_needed();
	test_too_many();
	test_nothing_read();
	test_names();
	return tap_done();
}
