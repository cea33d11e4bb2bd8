// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A row for each member of the structures of snapshot.h (tests/style/check-handed). Names are
 * what every reader sets and every user takes for granted.
 */
#include "snapshot/handed.h"

#include <errno.h>

/* For lists of plain values. */
static const struct sr_wire_field name_fields[] = { { .kind = SR_WIRE_NAME,
						      .size = sizeof(const char *) } };
static const struct sr_wire_shape name_shape = SR_WIRE_SHAPE(const char *, name_fields);
static const struct sr_wire_field number32_fields[] = { { .kind = SR_WIRE_NUMBER,
							  .size = sizeof(uint32_t) } };
static const struct sr_wire_shape number32_shape = SR_WIRE_SHAPE(uint32_t, number32_fields);
static const struct sr_wire_field range_fields[] = { { .kind = SR_WIRE_RANGE,
						       .size = sizeof(struct sr_range) } };
static const struct sr_wire_shape range_shape = SR_WIRE_SHAPE(struct sr_range, range_fields);
static const struct sr_wire_field text_fields[] = { { .kind = SR_WIRE_TEXT,
						      .size = sizeof(struct sr_text) } };
static const struct sr_wire_shape text_shape = SR_WIRE_SHAPE(struct sr_text, text_fields);

static const struct sr_wire_field source_note_fields[] = {
	SR_WIRE_ENUM_FIELD(struct sr_source_note, state, SR_SOURCE_NOT_USED),
	SR_WIRE_FIELD(struct sr_source_note, path),
	SR_WIRE_FIELD(struct sr_source_note, detail),
};

static const struct sr_wire_shape source_note_shape =
	SR_WIRE_SHAPE(struct sr_source_note, source_note_fields);

static const struct sr_wire_field iomem_node_fields[] = {
	SR_WIRE_FIELD(struct sr_iomem_node, range),
	SR_WIRE_ENUM_FIELD(struct sr_iomem_node, kind, SR_IOMEM_SYSTEM_RAM),
	SR_WIRE_NAME_FIELD(struct sr_iomem_node, label),
};

static const struct sr_wire_shape iomem_node_shape =
	SR_WIRE_SHAPE(struct sr_iomem_node, iomem_node_fields);

static const struct sr_wire_field memory_map_entry_fields[] = {
	SR_WIRE_FIELD(struct sr_memory_map_entry, range),
	SR_WIRE_NAME_FIELD(struct sr_memory_map_entry, type),
	SR_WIRE_FIELD(struct sr_memory_map_entry, soft_reserved),
	SR_WIRE_ENUM_FIELD(struct sr_memory_map_entry, source, SR_SOURCE_DMI),
	SR_WIRE_FIELD(struct sr_memory_map_entry, number),
};

static const struct sr_wire_shape memory_map_entry_shape =
	SR_WIRE_SHAPE(struct sr_memory_map_entry, memory_map_entry_fields);

static const struct sr_wire_field root_decoder_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_root_decoder, name),
	SR_WIRE_FIELD(struct sr_root_decoder, start),
	SR_WIRE_FIELD(struct sr_root_decoder, size),
	SR_WIRE_TRUTH_FIELD(struct sr_root_decoder, locked),
	SR_WIRE_TRUTH_FIELD(struct sr_root_decoder, capable_ram),
	SR_WIRE_TRUTH_FIELD(struct sr_root_decoder, capable_pmem),
	SR_WIRE_TRUTH_FIELD(struct sr_root_decoder, capable_type2),
	SR_WIRE_TRUTH_FIELD(struct sr_root_decoder, capable_type3),
	SR_WIRE_FIELD(struct sr_root_decoder, interleave_ways),
	SR_WIRE_FIELD(struct sr_root_decoder, interleave_granularity),
};

static const struct sr_wire_shape root_decoder_shape =
	SR_WIRE_SHAPE(struct sr_root_decoder, root_decoder_fields);

static const struct sr_wire_field region_target_fields[] = {
	SR_WIRE_NUMBER_FIELD(struct sr_region_target, position),
	SR_WIRE_FIELD(struct sr_region_target, decoder),
	SR_WIRE_FIELD(struct sr_region_target, memdev),
};

static const struct sr_wire_shape region_target_shape =
	SR_WIRE_SHAPE(struct sr_region_target, region_target_fields);

static const struct sr_wire_field region_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_region, name),
	SR_WIRE_FIELD(struct sr_region, root_decoder),
	SR_WIRE_FIELD(struct sr_region, start),
	SR_WIRE_FIELD(struct sr_region, size),
	SR_WIRE_FIELD(struct sr_region, has_resource),
	SR_WIRE_TRUTH_FIELD(struct sr_region, committed),
	SR_WIRE_TRUTH_FIELD(struct sr_region, locked),
	SR_WIRE_FIELD(struct sr_region, mode),
	SR_WIRE_FIELD(struct sr_region, driver),
	SR_WIRE_FIELD(struct sr_region, interleave_ways),
	SR_WIRE_FIELD(struct sr_region, interleave_granularity),
	SR_WIRE_FIELD(struct sr_region, extended_linear_cache),
	SR_WIRE_LIST_FIELD(struct sr_region, targets, &region_target_shape),
};

static const struct sr_wire_shape region_shape = SR_WIRE_SHAPE(struct sr_region, region_fields);

static const struct sr_wire_field endpoint_decoder_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_endpoint_decoder, name),
	SR_WIRE_FIELD(struct sr_endpoint_decoder, port),
	SR_WIRE_FIELD(struct sr_endpoint_decoder, memdev),
	SR_WIRE_FIELD(struct sr_endpoint_decoder, region),
	SR_WIRE_FIELD(struct sr_endpoint_decoder, target_type),
	SR_WIRE_FIELD(struct sr_endpoint_decoder, mode),
	SR_WIRE_FIELD(struct sr_endpoint_decoder, start),
	SR_WIRE_FIELD(struct sr_endpoint_decoder, size),
	SR_WIRE_FIELD(struct sr_endpoint_decoder, dpa_start),
	SR_WIRE_FIELD(struct sr_endpoint_decoder, dpa_size),
	SR_WIRE_FIELD(struct sr_endpoint_decoder, interleave_ways),
	SR_WIRE_TRUTH_FIELD(struct sr_endpoint_decoder, locked),
};

static const struct sr_wire_shape endpoint_decoder_shape =
	SR_WIRE_SHAPE(struct sr_endpoint_decoder, endpoint_decoder_fields);

static const struct sr_wire_field memdev_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_memdev, name),   SR_WIRE_FIELD(struct sr_memdev, host),
	SR_WIRE_FIELD(struct sr_memdev, host_driver), SR_WIRE_FIELD(struct sr_memdev, host_class),
	SR_WIRE_FIELD(struct sr_memdev, driver),      SR_WIRE_FIELD(struct sr_memdev, serial),
	SR_WIRE_FIELD(struct sr_memdev, ram_size),    SR_WIRE_FIELD(struct sr_memdev, pmem_size),
	SR_WIRE_FIELD(struct sr_memdev, numa_node),
};

static const struct sr_wire_shape memdev_shape = SR_WIRE_SHAPE(struct sr_memdev, memdev_fields);

static const struct sr_wire_field dax_region_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_dax_region, name),
	SR_WIRE_FIELD(struct sr_dax_region, path),
	SR_WIRE_ENUM_FIELD(struct sr_dax_region, holder, SR_DAX_HOLDER_PMEM),
	SR_WIRE_FIELD(struct sr_dax_region, region),
	SR_WIRE_FIELD(struct sr_dax_region, driver),
	SR_WIRE_FIELD(struct sr_dax_region, start),
	SR_WIRE_FIELD(struct sr_dax_region, size),
	SR_WIRE_FIELD(struct sr_dax_region, available_size),
};

static const struct sr_wire_shape dax_region_shape =
	SR_WIRE_SHAPE(struct sr_dax_region, dax_region_fields);

static const struct sr_wire_field dax_device_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_dax_device, name),
	SR_WIRE_FIELD(struct sr_dax_device, path),
	SR_WIRE_ENUM_FIELD(struct sr_dax_device, holder, SR_DAX_HOLDER_PMEM),
	SR_WIRE_FIELD(struct sr_dax_device, dax_region),
	SR_WIRE_FIELD(struct sr_dax_device, driver),
	SR_WIRE_FIELD(struct sr_dax_device, size),
	SR_WIRE_FIELD(struct sr_dax_device, target_node),
	SR_WIRE_FIELD(struct sr_dax_device, resource),
	SR_WIRE_FIELD(struct sr_dax_device, ranges_known),
	SR_WIRE_LIST_FIELD(struct sr_dax_device, ranges, &range_shape),
};

static const struct sr_wire_shape dax_device_shape =
	SR_WIRE_SHAPE(struct sr_dax_device, dax_device_fields);

static const struct sr_wire_field memory_block_fields[] = {
	SR_WIRE_FIELD(struct sr_memory_block, id),
	SR_WIRE_FIELD(struct sr_memory_block, range),
	SR_WIRE_ENUM_FIELD(struct sr_memory_block, state, SR_BLOCK_ONLINE),
	SR_WIRE_FIELD(struct sr_memory_block, zone),
	SR_WIRE_FIELD(struct sr_memory_block, node),
};

static const struct sr_wire_shape memory_block_shape =
	SR_WIRE_SHAPE(struct sr_memory_block, memory_block_fields);

static const struct sr_wire_field module_parameter_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_module_parameter, name),
	SR_WIRE_FIELD(struct sr_module_parameter, value),
};

static const struct sr_wire_shape module_parameter_shape =
	SR_WIRE_SHAPE(struct sr_module_parameter, module_parameter_fields);

static const struct sr_wire_field module_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_module, name),
	SR_WIRE_ENUM_FIELD(struct sr_module, state, SR_MODULE_BUILT_IN),
	SR_WIRE_FIELD(struct sr_module, blacklisted),
	SR_WIRE_FIELD(struct sr_module, blocked),
	SR_WIRE_FIELD(struct sr_module, depends),
	SR_WIRE_FIELD(struct sr_module, softdep),
	SR_WIRE_LIST_FIELD(struct sr_module, parameters, &module_parameter_shape),
};

static const struct sr_wire_shape module_shape = SR_WIRE_SHAPE(struct sr_module, module_fields);

static const struct sr_wire_field platform_device_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_platform_device, name),
	SR_WIRE_FIELD(struct sr_platform_device, driver),
};

static const struct sr_wire_shape platform_device_shape =
	SR_WIRE_SHAPE(struct sr_platform_device, platform_device_fields);

static const struct sr_wire_field memory_affinity_fields[] = {
	SR_WIRE_FIELD(struct sr_memory_affinity, range),
	SR_WIRE_NUMBER_FIELD(struct sr_memory_affinity, proximity_domain),
	SR_WIRE_FIELD(struct sr_memory_affinity, node),
	SR_WIRE_FIELD(struct sr_memory_affinity, hot_pluggable),
	SR_WIRE_FIELD(struct sr_memory_affinity, non_volatile),
	SR_WIRE_FIELD(struct sr_memory_affinity, offset),
	SR_WIRE_ENUM_FIELD(struct sr_memory_affinity, source, SR_SOURCE_DMI),
};

static const struct sr_wire_shape memory_affinity_shape =
	SR_WIRE_SHAPE(struct sr_memory_affinity, memory_affinity_fields);

static const struct sr_wire_field fixed_window_fields[] = {
	SR_WIRE_FIELD(struct sr_fixed_window, range),
	SR_WIRE_FIELD(struct sr_fixed_window, offset),
	SR_WIRE_FIELD(struct sr_fixed_window, restrictions),
	SR_WIRE_FIELD(struct sr_fixed_window, interleave_ways),
	SR_WIRE_FIELD(struct sr_fixed_window, granularity),
	SR_WIRE_LIST_FIELD(struct sr_fixed_window, targets, &number32_shape),
};

static const struct sr_wire_shape fixed_window_shape =
	SR_WIRE_SHAPE(struct sr_fixed_window, fixed_window_fields);

static const struct sr_wire_field table_fault_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_table_fault, table),
	SR_WIRE_NAME_FIELD(struct sr_table_fault, text),
};

static const struct sr_wire_shape table_fault_shape =
	SR_WIRE_SHAPE(struct sr_table_fault, table_fault_fields);

static const struct sr_wire_field port_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_port, name),
	SR_WIRE_FIELD(struct sr_port, driver),
	SR_WIRE_FIELD(struct sr_port, uport),
	SR_WIRE_FIELD(struct sr_port, endpoint),
};

static const struct sr_wire_shape port_shape = SR_WIRE_SHAPE(struct sr_port, port_fields);

static const struct sr_wire_field pci_function_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_pci_function, name),
	SR_WIRE_NUMBER_FIELD(struct sr_pci_function, class_code),
	SR_WIRE_FIELD(struct sr_pci_function, driver),
};

static const struct sr_wire_shape pci_function_shape =
	SR_WIRE_SHAPE(struct sr_pci_function, pci_function_fields);

static const struct sr_wire_field deferred_probe_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_deferred_probe, device),
	SR_WIRE_FIELD(struct sr_deferred_probe, reason),
};

static const struct sr_wire_shape deferred_probe_shape =
	SR_WIRE_SHAPE(struct sr_deferred_probe, deferred_probe_fields);

static const struct sr_wire_field snapshot_fields[] = {
	SR_WIRE_ARRAY_FIELD(struct sr_snapshot, notes, &source_note_shape),
	SR_WIRE_FIELD(struct sr_snapshot, kernel.release),
	SR_WIRE_FIELD(struct sr_snapshot, kernel.machine),
	SR_WIRE_FIELD(struct sr_snapshot, kernel.command_line),
	SR_WIRE_TRUTH_FIELD(struct sr_snapshot, kernel.kexec),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, iomem, &iomem_node_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, memory_map, &memory_map_entry_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, root_decoders, &root_decoder_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, regions, &region_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, endpoint_decoders, &endpoint_decoder_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, memdevs, &memdev_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, dax_regions, &dax_region_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, dax_devices, &dax_device_shape),
	SR_WIRE_FIELD(struct sr_snapshot, memory_block_size),
	SR_WIRE_FIELD(struct sr_snapshot, auto_online),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, memory_blocks, &memory_block_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, hmem_platforms, &platform_device_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, cxl_roots, &platform_device_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, modules, &module_shape),
	SR_WIRE_TRUTH_FIELD(struct sr_snapshot, acpi.has_srat),
	SR_WIRE_TRUTH_FIELD(struct sr_snapshot, acpi.has_hmat),
	SR_WIRE_TRUTH_FIELD(struct sr_snapshot, acpi.has_cedt),
	SR_WIRE_TRUTH_FIELD(struct sr_snapshot, acpi.hmat_used),
	SR_WIRE_TRUTH_FIELD(struct sr_snapshot, acpi.hmat_logged),
	SR_WIRE_FIELD(struct sr_snapshot, acpi.memory_known),
	SR_WIRE_FIELD(struct sr_snapshot, acpi.windows_known),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, acpi.memory, &memory_affinity_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, acpi.windows, &fixed_window_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, acpi.faults, &table_fault_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, enumeration.ports, &port_shape),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, enumeration.functions, &pci_function_shape),
	SR_WIRE_FIELD(struct sr_snapshot, enumeration.functions_known),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, enumeration.deferred, &deferred_probe_shape),
	SR_WIRE_TRUTH_FIELD(struct sr_snapshot, enumeration.deferred_known),
	SR_WIRE_LIST_FIELD(struct sr_snapshot, enumeration.coming, &name_shape),
	SR_WIRE_TRUTH_FIELD(struct sr_snapshot, enumeration.dax_region_driver),
	SR_WIRE_TRUTH_FIELD(struct sr_snapshot, enumeration.udev_busy),
	SR_WIRE_ARRAY_FIELD(struct sr_snapshot, dmi, &text_shape),
};

static const struct sr_wire_shape snapshot_shape =
	SR_WIRE_SHAPE(struct sr_snapshot, snapshot_fields);

void sr_snapshot_hand(FILE *out, const struct sr_snapshot *snapshot)
{
	sr_wire_write(out, &snapshot_shape, snapshot);
}

int sr_snapshot_receive(struct sr_wire_bytes bytes, struct sr_snapshot *snapshot)
{
	int error = sr_wire_read(&bytes, snapshot->pool, &snapshot_shape, snapshot);

	return !error && bytes.left ? -EBADMSG : error;
}
