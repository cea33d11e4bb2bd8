// SPDX-License-Identifier: GPL-2.0-only
/* Every allocation fails once: -ENOMEM, nothing returned, nothing leaked. */
#include <limits.h>
#include <errno.h>

#include "acpi-tables.h"
#include "base/cleanup.h"
#include "base/directory.h"
#include "base/text-stream.h"
#include "evidence/evidence.h"
#include "failing-heap.h"
#include "judged.h"
#include "sources/acpi-cedt.h"
#include "sources/acpi-hmat.h"
#include "sources/acpi-merge.h"
#include "judgement/settled.h"
#include "sources/deferred-text.h"
#include "linted.h"
#include "map/layout.h"
#include "sources/iomem-text.h"
#include "sources/memory-map-text.h"
#include "sources/module-files.h"
#include "sources/sos-cxl-json.h"
#include "sources/sos-dax-json.h"
#include "sources/sos-devices.h"
#include "sos-texts.h"

static const struct sr_range low = { 0x100000000, 0x17fffffff };
static const struct sr_range high = { 0x200000000, 0x27fffffff };

static void add_modules(struct sr_snapshot *snapshot)
{
	struct sr_module *module = build_add(&snapshot->modules);

	*module = (struct sr_module){ .name = "kmem", .state = SR_MODULE_NOT_LOADED };
	module = build_add(&snapshot->modules);
	*module = (struct sr_module){ .name = "device_hmem", .state = SR_MODULE_BUILT_IN };
	*build_add(&module->parameters) =
		(struct sr_module_parameter){ .name = "disable", .value = sr_text_of("Y") };
	build_add(&snapshot->hmem_platforms)->name = "hmem_platform.0";
	build_add(&snapshot->hmem_platforms)->name = "hmem_platform.1";
}

/* Something for each stage to allocate for, lists that grow twice, nearly all findings. */
static struct sr_snapshot *machine(void)
{
	struct sr_snapshot *snapshot = build_new();

	snapshot->kernel.command_line = sr_text_of("efi=nosoftreserve memmap=1G!4G");
	for (uint64_t i = 0; i < 10; i++) {
		struct sr_range range = span(i * BLOCK_SIZE, (i + 1) * BLOCK_SIZE - 1);

		build_soft_reserved(snapshot, range);
		build_window(snapshot, range);
		build_cxl(snapshot, range);
	}
	build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, low, "Soft Reserved");
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, high, "Soft Reserved");
	build_iomem(snapshot, span(high.start, high.end + 1), SR_IOMEM_SOFT_RESERVED, "SR");
	build_root_decoder(snapshot, high);
	build_root_decoder(snapshot, high)->start.known = false;
	build_region(snapshot, high, SR_NO);
	build_region(snapshot, span(0x300000000, 0x37fffffff), SR_YES);
	build_dax_region(snapshot, SR_DAX_HOLDER_CXL, high, NULL);
	build_unused(snapshot, SR_DAX_HOLDER_HMEM, span(high.start, high.end - BLOCK_SIZE));
	build_blocks(snapshot, high, SR_BLOCK_ONLINE);
	snapshot->memory_blocks.items[12].zone = sr_text_of("Normal");
	snapshot->memory_blocks.items[12].node.value = 2;
	add_modules(snapshot);
	return snapshot;
}

/* An hmem device that is placed by its size. */
static struct sr_snapshot *by_size_machine(void)
{
	struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, low);
	build_soft_reserved(snapshot, span(0, BLOCK_SIZE - 1));
	build_in_use(snapshot, SR_DAX_HOLDER_CXL, span(0, BLOCK_SIZE - 1));
	build_dax_region(snapshot, SR_DAX_HOLDER_HMEM, low, "hmem")->start.known = false;
	return snapshot;
}

/* One on which nothing is attached yet, and all is on its way. */
static struct sr_snapshot *unsettled_machine(void)
{
	struct sr_snapshot *snapshot = machine();

	for (int i = 0; i < 10; i++) {
		struct sr_memdev *memdev = build_add(&snapshot->memdevs);

		memdev->name = build_text(snapshot, "mem%d", i);
		memdev->host = memdev->driver = sr_text_of(memdev->name);
		*build_add(&snapshot->enumeration.ports) =
			(struct sr_port){ .name = "port1", .driver = sr_text_of(NULL) };
		*build_add(&snapshot->enumeration.functions) =
			(struct sr_pci_function){ .name = "0000:0d:00.0", .class_code = 0x050210 };
		build_add(&snapshot->enumeration.deferred)->device = memdev->name;
		*build_add(&snapshot->enumeration.coming) = "cxl_pci";
		build_add(&snapshot->endpoint_decoders)->name = "decoder2.0";
		snapshot->endpoint_decoders.items[i].target_type = sr_text_of("accelerator");
	}
	return snapshot;
}

static int judge_settled(void *snapshot)
{
	struct sr_settle_signs *signs = NULL;
	int error = sr_settle_judge(snapshot, &signs);

	if (error)
		return signs ? -EINVAL : error;
	sr_settle_signs_free(signs);
	return 0;
}

static int parse_deferred(void *text)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();

	return snapshot ? sr_deferred_parse(snapshot, text, strlen(text)) : -ENOMEM;
}

/* The texts of a sosreport, one after the other as its sources do. */
static int parse_sosreport(void *unused)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	__attribute__((cleanup(sr_sos_devices_free))) struct sr_sos_devices devices = { 0 };
	struct sr_unreadable unreadable = { 0 };
	int error = snapshot ? sr_sos_cxl_parse(snapshot, sos_cxl_list, sizeof(sos_cxl_list) - 1,
						&unreadable)
			     : -ENOMEM;

	(void)unused;
	if (!error)
		error = sr_sos_dax_parse(snapshot, sos_daxctl_list, sizeof(sos_daxctl_list) - 1,
					 &unreadable);
	if (!error)
		error = sr_sos_devices_parse(snapshot->pool, sos_udevadm, sizeof(sos_udevadm) - 1,
					     &devices);
	return error ? error : devices.whole && snapshot->regions.count == 2 ? 0 : -EINVAL;
}

static int make_report(void *snapshot)
{
	struct sr_report *report = NULL;
	int error = sr_report_make(snapshot, &report);

	if (error)
		return report ? -EINVAL : error;
	sr_report_free(report);
	return 0;
}

/* Something for each check of lint to find. */
static struct sr_snapshot *faulty_machine(void)
{
	struct sr_snapshot *snapshot = build_without_srat();

	*build_add(&snapshot->acpi.faults) = (struct sr_table_fault){ "SRAT", "wrong" };
	snapshot->kernel.command_line = sr_text_of("memmap=1G!4G");
	build_described(snapshot, span(0x3000000000, 0x30ffffffff), SR_WINDOW_TYPE2);
	build_fixed_window(snapshot, span(0x4000000000, 0x40ffffffff), WINDOW_OF_EXPANDERS);
	build_root_decoder(snapshot, span(0x5000000000, 0x50ffffffff));
	build_expander(snapshot, BEHIND);
	build_soft_reserved(snapshot, span(BEHIND.start, BEHIND.end - 0x100000));
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(0x30f0000000, 0x310fffffff),
			"Soft Reserved");
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(0x1400000000, 0x14ffffffff), "usable");
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(0x4000000000, 0x4000ffffff),
			"reserved");
	build_srat(snapshot, span(0x4000000000, 0x40ffffffff), 2);
	snapshot->dax_devices.items[0].target_node = (struct sr_s64){ .value = 7, .known = true };
	*build_add(&snapshot->dax_devices.items[0].ranges) = span(0x4000000000, 0x40ffffffff);
	build_endpoint(snapshot, span(0x6000000000, 0x60ffffffff))->region = sr_text_of(NULL);
	return snapshot;
}

static int make_lint(void *report)
{
	struct sr_lint *lint = NULL;
	int error = sr_lint(report, &lint);

	if (error)
		return lint ? -EINVAL : error;
	sr_lint_free(lint);
	return 0;
}

static int make_map(void *report)
{
	static const struct sr_map_size size = { 66, 1, 1 };
	static const struct sr_map_labels labels = { 1, 6, 0 };
	sr_auto_map struct sr_map *map = NULL;
	sr_auto_map_layout struct sr_map_layout *layout = NULL;
	sr_auto_map_ticks sr_map_tick_list ticks = { 0 };
	int error = sr_map_make(report, &map);

	if (error)
		return map ? -EINVAL : error;
	error = sr_map_lay_out(map, &size, &layout);
	if (error)
		return layout ? -EINVAL : error;
	error = sr_map_ticks(layout, &labels, &ticks);
	return error && ticks.items ? -EINVAL : error;
}

/* Of all units, as they stand for all that can be said. */
static int make_evidence(void *data)
{
	const struct sr_report *report = data;
	sr_auto_inquiry struct sr_inquiry *inquiry = NULL;
	int error = sr_inquiry_new(report, &inquiry);

	for (size_t i = 0; i < report->units.count && !error; i++) {
		sr_auto_evidence struct sr_evidence *evidence = NULL;

		error = sr_evidence_make(inquiry, &report->units.items[i], &evidence);
		if (error && evidence)
			return -EINVAL;
	}
	return error;
}

static int read_names(void *folder)
{
	struct sr_names names = { 0 };
	int error = sr_names_read(folder, NULL, 1000, &names);

	if (error)
		return names.list.items ? -EINVAL : error;
	sr_names_free(&names);
	return 0;
}

static int parse_iomem(void *text)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct sr_iomem_outcome outcome;

	return snapshot ? sr_iomem_parse(snapshot, text, strlen(text), &outcome) : -ENOMEM;
}

static int read_depends(void *files)
{
	struct sr_pool *pool = sr_pool_new();
	struct sr_text depends = { 0 };
	int listed = pool ? sr_module_depends(files, pool, "kmem", &depends) : -ENOMEM;

	sr_pool_free(pool);
	return listed == 1 ? 0 : listed;
}

/* What the log and the tables of one machine tell, each with a fault. */
struct tables {
	char log[256];
	struct made_table srat, hmat, cedt;
};

static struct tables made_tables(void)
{
	struct tables tables = {
		.log = "ACPI: SRAT: Node 0 PXM 0 [mem 0x1000-0x1fff]\n"
		       "ACPI: SRAT: Node 0 PXM 1 [mem 0x2000-0x2fff]\n",
		.srat = begin_srat(3),
		.hmat = begin_hmat(2),
		.cedt = begin_cedt(),
	};

	put_processor(&tables.srat, 0, 1);
	for (uint32_t i = 0; i < 10; i++)
		put_memory(&tables.srat, i * 0x1000, 0x1000, i, 1);
	put_proximity(&tables.hmat, 1, 0, 11);
	for (uint64_t i = 0; i < 10; i++)
		put_window(&tables.cedt, i << 30, 2ULL << 30, 4, 0, 16);
	put_window(&tables.cedt, 0, 0, 0, 0, 1);
	finish_table(&tables.srat);
	finish_table(&tables.hmat);
	finish_table(&tables.cedt);
	tables.srat.bytes[9]++; /* a wrong checksum */
	return tables;
}

static int read_log(struct sr_snapshot *snapshot, const char *text)
{
	sr_cleanup(sr_memory_map_free) struct sr_memory_map_text map = { 0 };
	int error = sr_memory_map_parse(text, strlen(text), &map);

	return error ? error : sr_log_acpi_tell(&map.acpi, true, &snapshot->acpi);
}

static int parse_tables(void *data)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	sr_cleanup(sr_srat_free) struct sr_srat srat = { 0 };
	const struct tables *tables = data;
	struct sr_hmat hmat;
	int error = snapshot ? read_log(snapshot, tables->log) : -ENOMEM;

	if (!error)
		error = sr_srat_parse(&snapshot->acpi, snapshot->pool, tables->srat.bytes,
				      tables->srat.length, &srat);
	if (!error)
		error = sr_acpi_merge_memory(&snapshot->acpi, snapshot->pool, 2, true, true);
	if (!error)
		error = sr_hmat_parse(&snapshot->acpi, snapshot->pool, tables->hmat.bytes,
				      tables->hmat.length, &srat, false, &hmat);
	if (!error)
		error = sr_cedt_parse(&snapshot->acpi, snapshot->pool, tables->cedt.bytes,
				      tables->cedt.length);
	return error;
}
static void test_reports(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = machine();
	sr_auto_snapshot struct sr_snapshot *by_size = by_size_machine();
	sr_auto_report struct sr_report *report = judge(snapshot);

	is_number(report->ranges.count, 11, "a machine with ranges");
	is_number(finding_count(report, SR_CODE_SOURCES_DISAGREE), 11, "that sources differ on");
	is_number(finding_count(report, SR_CODE_MAKER_UNKNOWN), 1, "of one of them who made it");
	is_number(report->findings.count, 19, "and findings");
	check(make_report, snapshot, 100, "a report");
	check(make_evidence, report, 1000, "evidence");
	check(make_map, report, 60, "a map and how it lies");
	report = sr_report_free(report);
	report = judge(by_size);
	is_text(verdict_of(&report->ranges.items[1]),
		"hmem idle: NO_WINDOW HMEM_PLACED_BY_SIZE NO_DAX_DEVICE", "another machine");
	check(make_report, by_size, 30, "a report that places by size");
}

static void test_settled(void)
{
	sr_auto_snapshot struct sr_snapshot *settled = machine();
	sr_auto_snapshot struct sr_snapshot *unsettled = unsettled_machine();

	check(judge_settled, settled, 12, "whether a machine has settled");
	check(judge_settled, unsettled, 30, "whether another has");
}

static void test_lint(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = faulty_machine();
	sr_auto_report struct sr_report *report = judge(snapshot);
	sr_auto_lint struct sr_lint *lint = lint_of(report);

	is_text(codes_of(lint),
		"TABLE_BROKEN NOT_ONE_TO_ONE SOFT_RESERVED_BEYOND_WINDOW WINDOW_WITHOUT_SRAT "
		"NODE_MISMATCH WINDOW_RESERVED DECODER_OUTSIDE_WINDOWS "
		"WINDOW_NOT_DESCRIBED WINDOW_NOT_DESCRIBED SOFT_RESERVED_MISALIGNED "
		"ACCELERATOR_SOFT_RESERVED WINDOW_USABLE",
		"a machine that lint has much to tell of");
	check(make_lint, report, 60, "lint");
}

/* What was left out in the middle must not go unnoticed. */
static int write_text(void *data)
{
	sr_auto_free char *text = NULL;
	size_t length;
	FILE *stream = sr_text_open(&text, &length);
	int error;

	(void)data;
	if (!stream)
		return -ENOMEM;
	for (int i = 0; i < 5000; i++)
		fprintf(stream, "%05d\n", i);
	error = sr_text_close(stream);
	return error || length == 30000 ? error : -EINVAL;
}

static void test_readers(const char *source)
{
	char deferred[] = "mem0\tcxl_mem: later\nmem1\t\n";
	char iomem[] = "00000000-0000ffff : Reserved\n00010000-0001ffff : Soft Reserved\n";
	char dependencies[] = "kmem.ko: a.ko b.ko c.ko\n";
	struct sr_module_files files = { .dependencies = dependencies };
	struct tables tables = made_tables();
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s/tests/unit", source);
	check(read_names, folder, 20, "names in a folder");
	check(parse_iomem, iomem, 4, "a /proc/iomem");
	check(read_depends, &files, 3, "a modules.dep");
	check(parse_tables, &tables, 40, "ACPI tables and a kernel log");
	check(parse_deferred, deferred, 4, "a list of deferred probes");
	check(parse_sosreport, NULL, 20, "a sosreport");
	check(write_text, NULL, 4, "a text that grows");
}

int main(int count, char **arguments)
{
	static const char *const names[] = { "malloc", "calloc", "reallocarray", "strdup",
					     "vasprintf" };

	test_reports();
	test_settled();
	test_lint();
	test_readers(count > 1 ? arguments[1] : ".");
	for (int i = 0; i < CALL_COUNT; i++)
		ok(heap.failed[i], names[i]);
	return tap_done();
}
