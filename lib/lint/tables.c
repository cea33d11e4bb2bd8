// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tables that break their own format; the source acpi has found out where. */
#include <errno.h>
#include <string.h>

#include "lint/linting.h"

static const char *specification_of(const char *table)
{
	static const struct {
		const char *table, *specification;
	} all[] = {
		{ "SRAT", "ACPI 6.5 5.2.16" },
		{ "HMAT", "ACPI 6.5 5.2.28" },
		{ "CEDT", "CXL 3.1 9.18.1" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		if (strcmp(all[i].table, table) == 0)
			return all[i].specification;
	}
	return "ACPI 6.5 5.2.6";
}

int sr_lint_tables(struct sr_linting *linting)
{
	const struct sr_table_fault *fault;

	sr_for_each (fault, &linting->snapshot->acpi.faults) {
		struct sr_lint_finding draft = sr_lint_draft(SR_CODE_TABLE_BROKEN, NULL);
		const char *path = sr_pool_format(linting->lint->pool,
						  "/sys/firmware/acpi/tables/%s", fault->table);

		if (!path)
			return -ENOMEM;
		draft.facts[0] = sr_lint_fact(linting, path, "%s", fault->text);
		draft.specification = specification_of(fault->table);
		if (sr_lint_add(linting, &draft, "the table %s is broken: %s", fault->table,
				fault->text))
			return -ENOMEM;
	}
	return 0;
}
