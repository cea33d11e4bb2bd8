// SPDX-License-Identifier: LGPL-2.1-or-later
/* The table of checks, the one loop over it, and what becomes of findings. */
#include "lint/lint.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "lint/linting.h"

#define UEFI_MAP     "UEFI 2.10 7.2.3 (EFI_MEMORY_SP)"
#define ACPI_MEMORY  "ACPI 6.5 5.2.16.2"
#define CXL_WINDOW   "CXL 3.1 9.18.1.3"
#define CXL_DECODERS "CXL 3.1 8.2.4.20"

#define SOFT_RESERVED SR_GIVEN_SOFT_RESERVED
#define WINDOWS	      SR_GIVEN_WINDOWS
#define CXL	      SR_GIVEN_CXL
#define SRAT	      SR_GIVEN_SRAT
#define SPLITS	      SR_GIVEN_SPLITS
#define CEDT	      SR_GIVEN_CEDT
#define TABLES	      SR_GIVEN_TABLES
#define MAP	      SR_GIVEN_MAP
#define DAX	      SR_GIVEN_DAX
#define NODES	      SR_GIVEN_NODES

/* The codes of lint are the last ones. */
#define FIRST SR_CODE_TABLE_BROKEN

struct check {
	enum sr_lint_severity severity;
	const char *specification;
	unsigned int needs;		 /* without these it would tell what is not so: not made */
	unsigned int wants;		 /* without these it is made, but may miss something */
	int (*run)(struct sr_linting *); /* NULL: another one's finds this, too */
};

/* clang-format off */
static const struct check checks[SR_CODE_COUNT - FIRST] = {
	[SR_CODE_TABLE_BROKEN - FIRST] = { SR_LINT_WARNING, "ACPI 6.5 5.2.6",
	  0, TABLES, sr_lint_tables },
	[SR_CODE_NOT_ONE_TO_ONE - FIRST] = { SR_LINT_WARNING, UEFI_MAP ", " CXL_DECODERS,
	  SPLITS, SOFT_RESERVED | CXL, sr_lint_one_to_one },
	[SR_CODE_UNSPLIT_WINDOWS - FIRST] = { SR_LINT_WARNING, ACPI_MEMORY ", " CXL_WINDOW,
	  SPLITS, SOFT_RESERVED | WINDOWS, sr_lint_unsplit_windows },
	[SR_CODE_UNSPLIT_REGIONS - FIRST] = { SR_LINT_WARNING, ACPI_MEMORY ", " CXL_DECODERS,
	  SPLITS, SOFT_RESERVED | CXL, sr_lint_unsplit_regions },
	[SR_CODE_SOFT_RESERVED_BEYOND_WINDOW - FIRST] = { SR_LINT_WARNING, CXL_WINDOW,
	  SPLITS | WINDOWS, SOFT_RESERVED, sr_lint_beyond_window },
	[SR_CODE_WINDOW_WITHOUT_SRAT - FIRST] = { SR_LINT_WARNING, ACPI_MEMORY,
	  SRAT, SOFT_RESERVED | WINDOWS, sr_lint_without_srat },
	[SR_CODE_NODE_MISMATCH - FIRST] = { SR_LINT_WARNING, ACPI_MEMORY,
	  SPLITS, SOFT_RESERVED | WINDOWS | DAX | NODES, sr_lint_nodes },
	[SR_CODE_WINDOW_USABLE - FIRST] = { SR_LINT_NOTE, UEFI_MAP,
	  0, WINDOWS | MAP, sr_lint_usable },
	[SR_CODE_WINDOW_RESERVED - FIRST] = { SR_LINT_WARNING, UEFI_MAP ", " CXL_WINDOW,
	  0, WINDOWS | MAP | CXL, sr_lint_reserved },
	[SR_CODE_NO_MEMORY_SP - FIRST] = { SR_LINT_NOTE, UEFI_MAP,
	  SOFT_RESERVED | MAP, CXL, sr_lint_no_memory_sp },
	[SR_CODE_DECODER_OUTSIDE_WINDOWS - FIRST] = { SR_LINT_WARNING, CXL_WINDOW ", " CXL_DECODERS,
	  WINDOWS, CXL, sr_lint_decoders },
	[SR_CODE_WINDOW_NOT_DESCRIBED - FIRST] = { SR_LINT_WARNING, CXL_WINDOW,
	  CEDT | CXL, 0, sr_lint_described },
	[SR_CODE_SOFT_RESERVED_MISALIGNED - FIRST] = { SR_LINT_WARNING, CXL_DECODERS,
	  0, SOFT_RESERVED, sr_lint_alignment },
	[SR_CODE_LOST_BY_KEXEC - FIRST] = { SR_LINT_WARNING, UEFI_MAP,
	  SOFT_RESERVED, WINDOWS | MAP | CXL, NULL },
	[SR_CODE_ACCELERATOR_SOFT_RESERVED - FIRST] = { SR_LINT_WARNING, UEFI_MAP,
	  0, SOFT_RESERVED | CXL, sr_lint_accelerators },
};
/* clang-format on */

struct sr_lint_finding sr_lint_draft(enum sr_code code, const struct sr_range *range)
{
	const struct check *check = &checks[code - FIRST];

	return (struct sr_lint_finding){
		.code = code,
		.severity = check->severity,
		.advice = code,
		.has_range = range,
		.range = range ? *range : (struct sr_range){ 0 },
		.specification = check->specification,
	};
}

static bool lacks_a_value(const struct sr_lint_finding *draft)
{
	for (size_t i = 0; i < sizeof(draft->facts) / sizeof(*draft->facts); i++) {
		if (draft->facts[i].path && !draft->facts[i].value)
			return true;
	}
	return false;
}

int sr_lint_add(struct sr_linting *linting, const struct sr_lint_finding *draft, const char *format,
		...)
{
	struct sr_lint *lint = linting->lint;
	struct sr_lint_finding *finding;
	va_list arguments;

	if (lacks_a_value(draft))
		return -ENOMEM;
	if (linting->counts[draft->code]++ >= SR_LINT_LIMIT) {
		lint->left_out++;
		return 0;
	}
	finding = sr_list_add(&lint->findings);
	if (!finding)
		return -ENOMEM;
	*finding = *draft;
	va_start(arguments, format);
	finding->text = sr_pool_vformat(lint->pool, format, arguments);
	va_end(arguments);
	if (finding->text && draft->advice != draft->code)
		finding->text = sr_pool_format(lint->pool, "%s (%s)", finding->text,
					       sr_codes[draft->advice].sentence);
	return finding->text ? 0 : -ENOMEM;
}

static int compare_findings(const void *a, const void *b)
{
	const struct sr_lint_finding *left = a, *right = b;
	int order;

	if (left->severity != right->severity)
		return left->severity > right->severity ? -1 : 1;
	if (left->code != right->code)
		return left->code < right->code ? -1 : 1;
	order = sr_range_compare(left->range, right->range);
	return order ? order : strcmp(left->text, right->text);
}

/* Without CXL and Soft Reserved memory there is nothing that a check could find. */
static bool has_something(const struct sr_linting *linting)
{
	const struct sr_snapshot *snapshot = linting->snapshot;

	return linting->report->ranges.count || !linting->report->soft_reserved_whole ||
	       linting->windows.count || snapshot->regions.count || snapshot->memdevs.count ||
	       snapshot->endpoint_decoders.count;
}

static int skip(struct sr_linting *linting, enum sr_code code)
{
	const struct check *check = &checks[code - FIRST];
	unsigned int missing = (check->needs | check->wants) & ~linting->given;
	struct sr_lint_skip *skipped;

	if (!missing || !has_something(linting))
		return 0;
	skipped = sr_list_add(&linting->lint->skipped);
	if (!skipped)
		return -ENOMEM;
	skipped->code = code;
	skipped->sources = sr_lint_sources_of(missing);
	return 0;
}

static int run_checks(struct sr_linting *linting)
{
	for (enum sr_code code = FIRST; code < SR_CODE_COUNT; code++) {
		const struct check *check = &checks[code - FIRST];
		bool is_made = (check->needs & ~linting->given) == 0;

		if ((is_made && check->run && check->run(linting)) || skip(linting, code))
			return -ENOMEM;
	}
	if (linting->lint->findings.count)
		qsort(linting->lint->findings.items, linting->lint->findings.count,
		      sizeof(*linting->lint->findings.items), compare_findings);
	return 0;
}

static void linting_done(struct sr_linting *linting)
{
	sr_places_free(&linting->windows);
	sr_places_free(&linting->regions);
	sr_places_free(&linting->memory);
	sr_places_free(&linting->expanders);
	sr_places_free(&linting->accelerators);
	sr_list_free(&linting->parts);
	sr_range_list_free(&linting->usable);
	sr_range_list_free(&linting->reserved);
}

int sr_lint(const struct sr_report *report, struct sr_lint **ret_lint)
{
	sr_auto_lint struct sr_lint *lint = calloc(1, sizeof(*lint));
	__attribute__((cleanup(linting_done))) struct sr_linting linting = {
		.report = report,
		.snapshot = report->snapshot,
		.lint = lint,
	};

	if (!lint)
		return -ENOMEM;
	lint->pool = sr_pool_new();
	if (!lint->pool || sr_lint_look(&linting) || sr_lint_look_at_devices(&linting) ||
	    sr_lint_look_at_map(&linting))
		return -ENOMEM;
	sr_lint_look_at_sources(&linting);
	if (run_checks(&linting))
		return -ENOMEM;
	*ret_lint = lint;
	lint = NULL;
	return 0;
}

struct sr_lint *sr_lint_free(struct sr_lint *lint)
{
	if (!lint)
		return NULL;
	sr_list_free(&lint->findings);
	sr_list_free(&lint->skipped);
	sr_pool_free(lint->pool);
	free(lint);
	return NULL;
}

const char *sr_lint_severity_name(enum sr_lint_severity severity)
{
	return severity == SR_LINT_WARNING ? "warning" : "note";
}
