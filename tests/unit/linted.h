/* SPDX-License-Identifier: GPL-2.0-only */
/* Machines for lint, and what tests ask of its findings. */
#pragma once

#include "judged.h"
#include "lint/lint.h"

#define WINDOW_OF_ALL_TYPES (SR_WINDOW_TYPE2 | SR_WINDOW_TYPE3 | SR_WINDOW_VOLATILE)
#define WINDOW_OF_EXPANDERS (SR_WINDOW_TYPE3 | SR_WINDOW_VOLATILE)

/* A whole and sound machine has one window, and memory at its beginning. */
#define WINDOW span(0x1000000000, 0x1fffffffff)
#define MEMORY span(0x1000000000, 0x11ffffffff)
#define FIRST  span(0x1000000000, 0x10ffffffff) /* half of MEMORY */
#define SECOND span(0x1100000000, 0x11ffffffff) /* the other one */
#define BEHIND span(0x1200000000, 0x12ffffffff) /* in the window, and not in MEMORY */
#define LOW    span(0x100000000, 0x17fffffff)	/* in no window */

static inline struct sr_fixed_window *build_fixed_window(struct sr_snapshot *snapshot,
							 struct sr_range range,
							 unsigned int restrictions)
{
	struct sr_fixed_window *window = build_add(&snapshot->acpi.windows);

	window->range = range;
	window->restrictions = (uint16_t)restrictions;
	return window;
}

static inline struct sr_memory_affinity *build_srat(struct sr_snapshot *snapshot,
						    struct sr_range range, uint32_t domain)
{
	struct sr_memory_affinity *memory = build_add(&snapshot->acpi.memory);

	*memory = (struct sr_memory_affinity){
		.range = range,
		.proximity_domain = domain,
		.node = { .value = domain, .known = true },
		.source = SR_SOURCE_ACPI,
	};
	return memory;
}

/* An endpoint decoder of an expander that is committed, and has the region that has its range. */
static inline struct sr_endpoint_decoder *build_endpoint(struct sr_snapshot *snapshot,
							 struct sr_range range)
{
	size_t index = snapshot->endpoint_decoders.count;
	struct sr_endpoint_decoder *decoder = build_add(&snapshot->endpoint_decoders);

	decoder->name = build_text(snapshot, "decoder%zu.0", index + 2);
	decoder->memdev = sr_text_of(build_text(snapshot, "mem%zu", index));
	decoder->region = sr_text_of(build_region_of(snapshot, range));
	decoder->target_type = sr_text_of("expander");
	decoder->mode = sr_text_of("ram");
	decoder->start = sr_u64_of(range.start);
	decoder->size = sr_u64_of(sr_range_size(range));
	decoder->locked = SR_NO;
	return decoder;
}

static inline struct sr_memdev *build_memdev(struct sr_snapshot *snapshot)
{
	size_t index = snapshot->memdevs.count;
	struct sr_memdev *memdev = build_add(&snapshot->memdevs);

	memdev->name = build_text(snapshot, "mem%zu", index);
	memdev->host_driver = sr_text_of("cxl_pci");
	memdev->host_class = sr_u64_of(0x050210);
	return memdev;
}

/* Tables that are there and whole, cxl_acpi bound; no window yet. */
static inline struct sr_snapshot *build_platform(void)
{
	struct sr_snapshot *snapshot = build_new();
	struct sr_platform_device *root = build_add(&snapshot->cxl_roots);

	root->name = "ACPI0017:00";
	root->driver = sr_text_of("cxl_acpi");
	snapshot->acpi.has_srat = snapshot->acpi.has_hmat = snapshot->acpi.has_cedt = SR_YES;
	snapshot->acpi.hmat_used = SR_YES;
	snapshot->acpi.memory_known = snapshot->acpi.windows_known = true;
	snapshot->kernel.kexec = SR_NO;
	build_srat(snapshot, LOW, 0);
	build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, LOW, "System RAM");
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, LOW, "System RAM");
	return snapshot;
}

/* A window that CEDT, root decoder and /proc/iomem have alike. */
static inline void build_described(struct sr_snapshot *snapshot, struct sr_range range,
				   unsigned int restrictions)
{
	build_window(snapshot, range);
	build_fixed_window(snapshot, range, restrictions);
}

/* Its memory: a committed region, its decoder and memdev, in use. */
static inline void build_expander(struct sr_snapshot *snapshot, struct sr_range range)
{
	build_cxl(snapshot, range);
	build_endpoint(snapshot, range);
	build_memdev(snapshot);
}

/* One window of expanders, nothing in it. */
static inline struct sr_snapshot *build_empty_window(void)
{
	struct sr_snapshot *snapshot = build_platform();

	build_described(snapshot, WINDOW, WINDOW_OF_EXPANDERS);
	return snapshot;
}

/* And MEMORY as it should be, in all tables. */
static inline struct sr_snapshot *build_sound(void)
{
	struct sr_snapshot *snapshot = build_empty_window();

	build_soft_reserved(snapshot, MEMORY);
	build_srat(snapshot, MEMORY, 1);
	build_expander(snapshot, MEMORY);
	return snapshot;
}

/* The same without a range of the SRAT, which a test makes. */
static inline struct sr_snapshot *build_without_srat(void)
{
	struct sr_snapshot *snapshot = build_sound();

	snapshot->acpi.memory.count--;
	return snapshot;
}

static inline struct sr_lint *lint_of(const struct sr_report *report)
{
	struct sr_lint *lint = NULL;

	if (sr_lint(report, &lint) != 0 || !lint)
		abort();
	return lint;
}

/* "NOT_ONE_TO_ONE UNSPLIT_REGIONS"; a static buffer. */
static inline const char *codes_of(const struct sr_lint *lint)
{
	static char text[1024];
	const struct sr_lint_finding *finding;

	*text = '\0';
	sr_for_each (finding, &lint->findings)
		judged_join(text, sizeof(text), sr_codes[finding->code].name);
	return text;
}

static inline const char *skipped_of(const struct sr_lint *lint)
{
	static char text[1024];
	const struct sr_lint_skip *skipped;

	*text = '\0';
	sr_for_each (skipped, &lint->skipped)
		judged_join(text, sizeof(text), sr_codes[skipped->code].name);
	return text;
}

/* "TEXT | PATH: VALUE | PATH: VALUE | OWNER" of the first finding with @code. */
static inline const char *finding_of(const struct sr_lint *lint, enum sr_code code)
{
	static char text[1024];
	const struct sr_lint_finding *finding;

	sr_for_each (finding, &lint->findings) {
		const struct sr_lint_fact *facts = finding->facts;

		if (finding->code != code)
			continue;
		snprintf(text, sizeof(text), "%s | %s: %s%s%s%s%s | %s", finding->text,
			 facts[0].path, facts[0].value, facts[1].path ? " | " : "",
			 facts[1].path ? facts[1].path : "", facts[1].path ? ": " : "",
			 facts[1].path ? facts[1].value : "",
			 sr_problem_owner_name(sr_codes[finding->advice].owner));
		return text;
	}
	return "none";
}

/* The codes that lint finds, nothing skipped. */
static inline void tap_linted(const struct sr_snapshot *snapshot, const char *codes,
			      const char *file, int line, const char *what)
{
	sr_auto_report struct sr_report *report = judge(snapshot);
	sr_auto_lint struct sr_lint *lint = lint_of(report);

	tap_text(codes_of(lint), codes, file, line, what);
	tap_text(skipped_of(lint), "", file, line, "all checks were made");
}

#define is_linted(snapshot, codes, what) tap_linted(snapshot, codes, __FILE__, __LINE__, what)

/* One finding in words. */
static inline void tap_finding(const struct sr_snapshot *snapshot, enum sr_code code,
			       const char *wanted, const char *file, int line)
{
	sr_auto_report struct sr_report *report = judge(snapshot);
	sr_auto_lint struct sr_lint *lint = lint_of(report);

	tap_text(finding_of(lint, code), wanted, file, line, "in words");
}

#define is_finding(snapshot, code, wanted) tap_finding(snapshot, code, wanted, __FILE__, __LINE__)
