// SPDX-License-Identifier: LGPL-2.1-or-later
/* What one file says, in words. */
#include <stdarg.h>
#include <stdio.h>

#include "lint/linting.h"
#include "snapshot/command-line.h"

#define SRAT_PATH    "/sys/firmware/acpi/tables/SRAT"
#define HMAT_PATH    "/sys/firmware/acpi/tables/HMAT"
#define CEDT_PATH    "/sys/firmware/acpi/tables/CEDT"
#define DEVICES_PATH "/sys/bus/cxl/devices"

/* As it was read, or where it would have been. */
static const char *path_of(const struct sr_linting *linting, enum sr_source_id source)
{
	const char *path = linting->snapshot->notes[source].path;

	if (path)
		return path;
	switch (source) {
	case SR_SOURCE_IOMEM:
		return "/proc/iomem";
	case SR_SOURCE_FIRMWARE_MEMMAP:
		return "/sys/firmware/memmap";
	default:
		return "/dev/kmsg";
	}
}

struct sr_lint_fact sr_lint_fact(const struct sr_linting *linting, const char *path,
				 const char *format, ...)
{
	struct sr_lint_fact fact = { .path = path };
	va_list arguments;

	va_start(arguments, format);
	fact.value = sr_pool_vformat(linting->lint->pool, format, arguments);
	va_end(arguments);
	return fact;
}

/* What firmware says goes before what the kernel made of it. */
struct sr_lint_fact sr_lint_fact_of_row(const struct sr_linting *linting,
					const struct sr_range_report *row)
{
	static const enum sr_source_id order[] = {
		SR_SOURCE_FIRMWARE_MEMMAP,
		SR_SOURCE_KERNEL_LOG,
		SR_SOURCE_IOMEM,
	};
	enum sr_source_id source = SR_SOURCE_IOMEM;

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		if (row->sources & 1U << order[i]) {
			source = order[i];
			break;
		}
	}
	return sr_lint_fact(linting, path_of(linting, source), SR_RANGE_FORMAT " Soft Reserved",
			    SR_RANGE_VALUES(row->range));
}

struct sr_lint_fact sr_lint_fact_of_map(const struct sr_linting *linting, const char *type,
					struct sr_range range)
{
	return sr_lint_fact(linting, path_of(linting, linting->map_source), SR_RANGE_FORMAT " %s",
			    SR_RANGE_VALUES(range), type);
}

static struct sr_lint_fact fact_of_device(const struct sr_linting *linting, const char *name,
					  struct sr_range range, const char *what)
{
	const char *path = sr_pool_format(linting->lint->pool, DEVICES_PATH "/%s", name);

	if (!path)
		return (struct sr_lint_fact){ .path = name };
	return sr_lint_fact(linting, path, SR_RANGE_FORMAT "%s", SR_RANGE_VALUES(range), what);
}

static struct sr_lint_fact fact_of_endpoint(const struct sr_linting *linting,
					    const struct sr_place *place)
{
	const struct sr_endpoint_decoder *decoder = place->endpoint;
	struct sr_range own;

	if (!decoder->start.known || !decoder->size.known ||
	    sr_range_make_sized(decoder->start.value, decoder->size.value, &own) != 0)
		own = place->range;
	return fact_of_device(linting, decoder->name, own, " decoded");
}

static struct sr_lint_fact fact_of_memory(const struct sr_linting *linting,
					  const struct sr_memory_affinity *memory)
{
	bool logged = memory->source == SR_SOURCE_KERNEL_LOG;
	const char *path = logged ? path_of(linting, SR_SOURCE_KERNEL_LOG) : SRAT_PATH;
	struct sr_lint_fact fact;

	if (memory->node.known)
		fact = sr_lint_fact(linting, path, SR_RANGE_FORMAT " in domain %ju, node %jd",
				    SR_RANGE_VALUES(memory->range),
				    (uintmax_t)memory->proximity_domain,
				    (intmax_t)memory->node.value);
	else
		fact = sr_lint_fact(linting, path, SR_RANGE_FORMAT " in domain %ju",
				    SR_RANGE_VALUES(memory->range),
				    (uintmax_t)memory->proximity_domain);
	fact.offset = memory->offset;
	return fact;
}

static struct sr_lint_fact fact_of_window(const struct sr_linting *linting,
					  const struct sr_place *place)
{
	struct sr_lint_fact fact = sr_lint_fact(linting, CEDT_PATH, SR_RANGE_FORMAT " CFMWS",
						SR_RANGE_VALUES(place->range));

	fact.offset = place->fixed->offset;
	return fact;
}

struct sr_lint_fact sr_lint_fact_of_place(const struct sr_linting *linting,
					  const struct sr_place *place)
{
	if (place->fixed)
		return fact_of_window(linting, place);
	if (place->root)
		return fact_of_device(linting, place->root->name, place->range, " root decoder");
	if (place->region)
		return fact_of_device(linting, place->region->name, place->range, " committed");
	if (place->endpoint)
		return fact_of_endpoint(linting, place);
	if (place->memory)
		return fact_of_memory(linting, place->memory);
	return sr_lint_fact(linting, path_of(linting, SR_SOURCE_IOMEM), SR_RANGE_FORMAT " %s",
			    SR_RANGE_VALUES(place->range), place->node->label);
}

/* Where the tables themselves could not be read, what is known of them is from the log. */
static const char *path_of_table(const struct sr_linting *linting, const char *path)
{
	return sr_source_was_read(linting->snapshot, SR_SOURCE_ACPI)
		       ? path
		       : path_of(linting, SR_SOURCE_KERNEL_LOG);
}

struct sr_lint_fact sr_lint_fact_of_srat(const struct sr_linting *linting, const char *what)
{
	const char *path = path_of_table(linting, SRAT_PATH);

	if (linting->snapshot->acpi.has_srat == SR_NO)
		return sr_lint_fact(linting, path, "there is no SRAT");
	return sr_lint_fact(linting, path, "%s", what);
}

struct sr_lint_fact sr_lint_fact_of_hmat(const struct sr_linting *linting)
{
	return sr_lint_fact(linting, path_of_table(linting, HMAT_PATH), "%s",
			    linting->snapshot->acpi.has_hmat == SR_NO ? "there is no HMAT"
								      : "the kernel cannot use it");
}

struct sr_lint_fact sr_lint_fact_of_no_window(const struct sr_linting *linting)
{
	if (linting->snapshot->acpi.windows_known)
		return sr_lint_fact(linting, CEDT_PATH, "no CFMWS there");
	return sr_lint_fact(linting, DEVICES_PATH, "no root decoder there");
}

void sr_lint_blame(const struct sr_range_report *row, struct sr_lint_finding *draft)
{
	if (row->made_by_command_line == SR_YES)
		draft->advice = SR_CODE_MADE_BY_COMMAND_LINE;
	else if (row->made_by_command_line == SR_UNKNOWN)
		draft->advice = SR_CODE_MAKER_UNKNOWN;
}

const char *sr_lint_more(size_t count, char buffer[static SR_MORE_SIZE])
{
	*buffer = '\0';
	if (count > 1)
		snprintf(buffer, SR_MORE_SIZE, " and %zu more", count - 1);
	return buffer;
}
