// SPDX-License-Identifier: LGPL-2.1-or-later
/* What the checks can rely on, and which sources it hangs on. */
#include "lint/linting.h"

#define BIT(source) (1U << (source))

/* No CXL bus is an answer, too. */
static bool is_cxl_whole(const struct sr_snapshot *snapshot)
{
	return sr_source_is_whole(snapshot, SR_SOURCE_CXL) ||
	       snapshot->notes[SR_SOURCE_CXL].state == SR_SOURCE_ABSENT;
}

/* Root decoders tell all windows where cxl_acpi is bound, and /proc/iomem then, too. */
static bool are_windows_whole(const struct sr_snapshot *snapshot)
{
	const struct sr_platform_device *root;

	if (snapshot->acpi.windows_known)
		return true;
	if (!is_cxl_whole(snapshot))
		return false;
	sr_for_each (root, &snapshot->cxl_roots) {
		if (!root->driver.known || !root->driver.value)
			return false;
	}
	return snapshot->cxl_roots.count || sr_source_is_whole(snapshot, SR_SOURCE_IOMEM);
}

static bool is_dax_whole(const struct sr_snapshot *snapshot)
{
	return sr_source_is_whole(snapshot, SR_SOURCE_DAX) ||
	       snapshot->notes[SR_SOURCE_DAX].state == SR_SOURCE_ABSENT;
}

/* Only the kernel log tells which node a domain became. */
static bool are_nodes_known(const struct sr_linting *linting)
{
	const struct sr_dax_device *device;
	const struct sr_range *range;

	sr_for_each (device, &linting->snapshot->dax_devices) {
		sr_for_each (range, &device->ranges) {
			const struct sr_place *place = sr_places_in(&linting->memory, *range);

			if (place && !place->memory->node.known)
				return false;
		}
	}
	return true;
}

void sr_lint_look_at_sources(struct sr_linting *linting)
{
	const struct sr_snapshot *snapshot = linting->snapshot;
	const struct sr_acpi *acpi = &snapshot->acpi;
	bool srat = acpi->memory_known || acpi->has_srat == SR_NO;
	const struct {
		bool is_given;
		enum sr_lint_given bit;
	} all[] = {
		{ linting->report->soft_reserved_whole, SR_GIVEN_SOFT_RESERVED },
		{ are_windows_whole(snapshot), SR_GIVEN_WINDOWS },
		{ is_cxl_whole(snapshot), SR_GIVEN_CXL },
		{ srat, SR_GIVEN_SRAT },
		{ srat && linting->splits != SR_UNKNOWN, SR_GIVEN_SPLITS },
		{ acpi->windows_known, SR_GIVEN_CEDT },
		{ sr_source_is_whole(snapshot, SR_SOURCE_ACPI), SR_GIVEN_TABLES },
		{ linting->has_map && sr_source_is_whole(snapshot, linting->map_source),
		  SR_GIVEN_MAP },
		{ is_dax_whole(snapshot), SR_GIVEN_DAX },
		{ are_nodes_known(linting), SR_GIVEN_NODES },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		linting->given |= all[i].is_given ? all[i].bit : 0;
}

unsigned int sr_lint_sources_of(unsigned int given)
{
	static const struct {
		enum sr_lint_given bit;
		unsigned int sources;
	} all[] = {
		{ SR_GIVEN_SOFT_RESERVED, BIT(SR_SOURCE_IOMEM) | BIT(SR_SOURCE_FIRMWARE_MEMMAP) |
						  BIT(SR_SOURCE_KERNEL_LOG) },
		{ SR_GIVEN_WINDOWS, BIT(SR_SOURCE_ACPI) | BIT(SR_SOURCE_CXL) },
		{ SR_GIVEN_CXL, BIT(SR_SOURCE_CXL) },
		{ SR_GIVEN_SRAT, BIT(SR_SOURCE_ACPI) },
		{ SR_GIVEN_SPLITS, BIT(SR_SOURCE_ACPI) },
		{ SR_GIVEN_CEDT, BIT(SR_SOURCE_ACPI) },
		{ SR_GIVEN_TABLES, BIT(SR_SOURCE_ACPI) },
		{ SR_GIVEN_MAP, BIT(SR_SOURCE_FIRMWARE_MEMMAP) | BIT(SR_SOURCE_KERNEL_LOG) },
		{ SR_GIVEN_DAX, BIT(SR_SOURCE_DAX) },
		{ SR_GIVEN_NODES, BIT(SR_SOURCE_KERNEL_LOG) },
	};
	unsigned int sources = 0;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		sources |= (given & all[i].bit) ? all[i].sources : 0;
	return sources;
}
