// SPDX-License-Identifier: LGPL-2.1-or-later
#include "snapshot/snapshot.h"

#include <stdlib.h>
#include <string.h>

struct sr_snapshot *sr_snapshot_new(void)
{
	struct sr_snapshot *snapshot = calloc(1, sizeof(*snapshot));

	if (!snapshot)
		return NULL;
	snapshot->pool = sr_pool_new();
	if (!snapshot->pool)
		return sr_snapshot_free(snapshot);
	return snapshot;
}

struct sr_snapshot *sr_snapshot_free(struct sr_snapshot *snapshot)
{
	struct sr_region *region;
	struct sr_dax_device *device;
	struct sr_module *module;
	struct sr_fixed_window *window;

	if (!snapshot)
		return NULL;
	sr_for_each (region, &snapshot->regions)
		sr_list_free(&region->targets);
	sr_for_each (device, &snapshot->dax_devices)
		sr_list_free(&device->ranges);
	sr_for_each (module, &snapshot->modules)
		sr_list_free(&module->parameters);
	sr_for_each (window, &snapshot->acpi.windows)
		sr_list_free(&window->targets);
	sr_list_free(&snapshot->iomem);
	sr_list_free(&snapshot->memory_map);
	sr_list_free(&snapshot->root_decoders);
	sr_list_free(&snapshot->regions);
	sr_list_free(&snapshot->endpoint_decoders);
	sr_list_free(&snapshot->memdevs);
	sr_list_free(&snapshot->dax_regions);
	sr_list_free(&snapshot->dax_devices);
	sr_list_free(&snapshot->memory_blocks);
	sr_list_free(&snapshot->hmem_platforms);
	sr_list_free(&snapshot->cxl_roots);
	sr_list_free(&snapshot->modules);
	sr_list_free(&snapshot->acpi.memory);
	sr_list_free(&snapshot->acpi.windows);
	sr_list_free(&snapshot->acpi.faults);
	sr_list_free(&snapshot->enumeration.ports);
	sr_list_free(&snapshot->enumeration.functions);
	sr_list_free(&snapshot->enumeration.deferred);
	sr_list_free(&snapshot->enumeration.coming);
	sr_pool_free(snapshot->pool);
	free(snapshot);
	return NULL;
}

static bool sized_range(struct sr_u64 start, struct sr_u64 size, struct sr_range *ret_range)
{
	return start.known && size.known &&
	       sr_range_make_sized(start.value, size.value, ret_range) == 0;
}

bool sr_region_range(const struct sr_region *region, struct sr_range *ret_range)
{
	return region->has_resource && sized_range(region->start, region->size, ret_range);
}

bool sr_dax_region_range(const struct sr_dax_region *region, struct sr_range *ret_range)
{
	return sized_range(region->start, region->size, ret_range);
}

bool sr_root_decoder_range(const struct sr_root_decoder *decoder, struct sr_range *ret_range)
{
	return sized_range(decoder->start, decoder->size, ret_range);
}

const char *sr_dmi_name(enum sr_dmi_id id)
{
	static const char *const names[SR_DMI_COUNT] = {
		[SR_DMI_SYS_VENDOR] = "sys_vendor",
		[SR_DMI_PRODUCT_NAME] = "product_name",
		[SR_DMI_PRODUCT_VERSION] = "product_version",
		[SR_DMI_BOARD_VENDOR] = "board_vendor",
		[SR_DMI_BOARD_NAME] = "board_name",
		[SR_DMI_BOARD_VERSION] = "board_version",
		[SR_DMI_BIOS_VENDOR] = "bios_vendor",
		[SR_DMI_BIOS_VERSION] = "bios_version",
		[SR_DMI_BIOS_DATE] = "bios_date",
		[SR_DMI_BIOS_RELEASE] = "bios_release",
	};

	return names[id];
}

bool sr_snapshot_has_cxl(const struct sr_snapshot *snapshot)
{
	return snapshot->root_decoders.count || snapshot->cxl_roots.count ||
	       snapshot->memdevs.count || snapshot->acpi.has_cedt == SR_YES;
}

bool sr_source_was_read(const struct sr_snapshot *snapshot, enum sr_source_id source)
{
	enum sr_source_state state = snapshot->notes[source].state;

	return state == SR_SOURCE_OK || state == SR_SOURCE_PARTIAL || state == SR_SOURCE_INCOMPLETE;
}

bool sr_source_is_whole(const struct sr_snapshot *snapshot, enum sr_source_id source)
{
	return snapshot->notes[source].state == SR_SOURCE_OK;
}

const struct sr_module *sr_snapshot_module(const struct sr_snapshot *snapshot, const char *name)
{
	const struct sr_module *module;

	sr_for_each (module, &snapshot->modules) {
		if (strcmp(module->name, name) == 0)
			return module;
	}
	return NULL;
}
