// SPDX-License-Identifier: GPL-2.0-only
/* The one table of targets. */
#include "targets.h"

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

/* clang-format off */
const struct fuzz_target fuzz_targets[] = {
	{ "iomem", "lib/sources/iomem-text.c", 4096, fuzz_iomem },
	{ "log", "lib/sources/memory-map-text.c lib/sources/log-map.c lib/sources/log-acpi.c",
	  8192, fuzz_log },
	{ "log-line", "lib/sources/log-line.c", 512, fuzz_log_line },
	{ "kmsg", "lib/sources/kernel-log-live.c", 8192, fuzz_kmsg },
	{ "cedt", "lib/sources/acpi-cedt.c lib/sources/acpi-table.c", 1024, fuzz_cedt },
	{ "srat", "lib/sources/acpi-srat.c lib/sources/acpi-merge.c", 2048, fuzz_srat },
	{ "hmat", "lib/sources/acpi-hmat.c", 2048, fuzz_hmat },
	{ "command-line", "lib/snapshot/command-line.c", 1024, fuzz_command_line },
	{ "deferred", "lib/sources/deferred-text.c", 1024, fuzz_deferred },
	{ "modules", "lib/sources/module-files.c", 2048, fuzz_modules },
	{ "uevent", "cxl-sr/uevent.c", 1024, fuzz_uevent },
	{ "mask", "lib/capture/mask.c", 4096, fuzz_mask },
	{ "name", "lib/sysroot/name.c", 1024, fuzz_name },
	{ "sos-cxl", "lib/sources/sos-cxl-json.c lib/sources/sos-json.c", 8192, fuzz_sos_cxl },
	{ "sos-dax", "lib/sources/sos-dax-json.c", 4096, fuzz_sos_dax },
	{ "sos-devices", "lib/sources/sos-devices.c", 4096, fuzz_sos_devices },
	{ "lsmem", "lib/sources/sos-lsmem.c", 2048, fuzz_lsmem },
	{ "modinfo", "lib/sources/sos-modinfo.c", 2048, fuzz_modinfo },
	{ "journal", "lib/apply/journal-parse.c lib/apply/journal-text.c", 4096, fuzz_journal },
	{ "plan-file", "cxl-sr/plan-file.c", 4096, fuzz_plan_file },
	{ "diff", "cxl-sr/comparison-model.c cxl-sr/comparison-check.c cxl-sr/report-file.c", 16384,
	  fuzz_diff },
	{ "number", "lib/base/number.c", 64, fuzz_number },
	{ "explain", "cxl-sr/units-find.c", 128, fuzz_explain },
	{ "value", "cxl-sr/columns.c", 256, fuzz_value },
	{ "options", "cxl-sr/options.c", 256, fuzz_options },
	{ "archive", "lib/sysroot/archive.c lib/sysroot/unpack.c", 16384, fuzz_archive,
	  fuzz_archive_begin },
	{ "machines", "lib/judgement lib/evidence lib/lint lib/map", 256, fuzz_machines },
	{ "plans", "lib/plan", 256, fuzz_plans },
	{ "tree", "lib/sources", 1024, fuzz_tree, fuzz_tree_begin },
};
/* clang-format on */
const size_t fuzz_target_count = COUNT(fuzz_targets);
const char *fuzz_source = "./";
