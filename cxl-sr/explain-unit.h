/* SPDX-License-Identifier: GPL-2.0-only */
/* cxl-sr explain RANGE: which decision units are meant, and their evidence. */
#pragma once

#include <stddef.h>

#include "base/list.h"
#include "json-form.h"
#include "judgement/report.h"

/* No more are explained at once: nobody reads them, and no machine has them in one range. */
#define EXPLAIN_LIMIT 64

typedef SR_LIST(const struct sr_range_report *) unit_list;

/*
 * The units that @what means: a range, an address in one, the number of a range ("2") or
 * of one of its units ("2.1"), a region or a dax device; NULL: the only one there is. 0,
 * -ENOMEM, -EINVAL: it is none of these, -ENOENT: it is, but means no unit.
 */
int units_find(const struct sr_report *report, const char *what, unit_list *ret_units);

/* "2.1": the number by which a unit can be asked for. */
#define UNIT_NUMBER_LENGTH 48
const char *unit_number(const struct sr_report *report, const struct sr_range_report *unit,
			char buffer[static UNIT_NUMBER_LENGTH]);

/* Explains them on stdout; returns an exit status. @what: as for units_find(). */
int explain_unit(const struct sr_report *report, const char *what, enum json_form json);
