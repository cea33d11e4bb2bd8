/* SPDX-License-Identifier: GPL-2.0-only */
/* The snapshot of a made machine with rules (made-rules.h). */
#pragma once

#include "made-windows.h"

static inline void rules_nodes(struct sr_snapshot *snapshot, const struct made_rules *made)
{
	const struct machine *machine = &made->machine;
	const struct grid *grid = &machine->grid;

	for (size_t i = 0; i < machine->node_count; i++)
		build_iomem(
			snapshot, range_of(grid, machine->nodes[i].cells), machine->nodes[i].kind,
			machine->nodes[i].kind == SR_IOMEM_SYSTEM_RAM ? "System RAM" : "Reserved");
	for (size_t i = 0; i < machine->region_count; i++) {
		if (machine->regions[i].placed)
			build_region_node(snapshot, range_of(grid, machine->regions[i].cells));
	}
	/* What drivers have now is no hindrance for what they would have. */
	for (size_t i = 0; i < machine->device_count; i++) {
		struct sr_range range = range_of(grid, machine->devices[i].cells[0]);

		if (!machine->devices[i].driver.value)
			continue;
		build_iomem(snapshot, range, SR_IOMEM_DAX_DEVICE, "dax0.0");
		build_iomem(snapshot, range, SR_IOMEM_SYSTEM_RAM, "System RAM (kmem)");
	}
}

/* As sysfs has them where firmware committed an accelerator's or an expander's decoder. */
static inline void rules_decoder(struct sr_snapshot *snapshot, struct sr_region *region,
				 bool accelerator)
{
	const char *name = build_text(snapshot, "decoder9.%zu", snapshot->endpoint_decoders.count);

	*build_add(&region->targets) = (struct sr_region_target){
		.decoder = sr_text_of(name),
		.memdev = sr_text_of("mem0"),
	};
	*build_add(&snapshot->endpoint_decoders) = (struct sr_endpoint_decoder){
		.name = name,
		.port = "endpoint9",
		.memdev = sr_text_of("mem0"),
		.region = sr_text_of(region->name),
		.target_type = sr_text_of(accelerator ? "accelerator" : "expander"),
		.mode = sr_text_of("ram"),
	};
}

static inline void rules_cxl(struct sr_snapshot *snapshot, const struct made_rules *made)
{
	const struct machine *machine = &made->machine;

	for (size_t i = 0; i < made->decoder_count; i++)
		build_root_decoder(snapshot, range_of(&machine->grid, made->decoders[i]));
	for (size_t i = 0; i < machine->region_count; i++) {
		struct sr_region *region = &snapshot->regions.items[i];

		region->mode = made->settings[i].mode;
		region->driver = made->settings[i].driver;
		rules_decoder(snapshot, region, made->settings[i].accelerator);
	}
}

static inline void rules_acpi(struct sr_snapshot *snapshot, const struct made_rules *made)
{
	struct sr_acpi *acpi = &snapshot->acpi;

	acpi->has_srat = SR_YES;
	acpi->has_hmat = acpi->hmat_used;
	acpi->has_cedt = SR_YES;
	acpi->hmat_used = made->hmat_used;
	acpi->memory_known = made->memory_known;
	for (size_t i = 0; i < made->affinity_count; i++)
		*build_add(&acpi->memory) = (struct sr_memory_affinity){
			.range = range_of(&made->machine.grid, made->affinities[i].cells),
			.proximity_domain = made->affinities[i].domain,
			.source = SR_SOURCE_ACPI,
		};
}

static inline struct sr_module *rules_module(struct sr_snapshot *snapshot, const char *name,
					     enum sr_module_state state)
{
	struct sr_module *module = build_add(&snapshot->modules);

	module->name = name;
	module->state = state;
	return module;
}

static inline void rules_modules(struct sr_snapshot *snapshot, const struct made_rules *made)
{
	static const char *const names[MADE_MODULE_COUNT] = {
		[MADE_DAX_HMEM] = "dax_hmem",
		[MADE_DAX_CXL] = "dax_cxl",
		[MADE_CXL_ACPI] = "cxl_acpi",
		[MADE_KMEM] = "kmem",
	};

	for (size_t i = 0; i < MADE_MODULE_COUNT; i++) {
		struct sr_module *module;

		if (!made->modules[i].listed)
			continue;
		module = rules_module(snapshot, names[i], made->modules[i].state);
		module->blacklisted = made->modules[i].blacklisted;
		module->blocked = made->modules[i].blocked;
	}
	if (made->hmem_option)
		snapshot->kernel.command_line = sr_text_of(made->hmem_option);
	if (made->hmem_parameter) {
		struct sr_module *module =
			rules_module(snapshot, "device_hmem", SR_MODULE_BUILT_IN);

		*build_add(&module->parameters) =
			(struct sr_module_parameter){ "disable", sr_text_of("Y") };
	}
}

static inline struct sr_snapshot *rules_snapshot(const struct made_rules *made)
{
	static struct machine shown; /* nodes of /proc/iomem as windows, no others */
	struct sr_snapshot *snapshot;

	shown = made->machine;
	shown.node_count = 0;
	shown.window_count = made->node_count;
	memcpy(shown.windows, made->nodes, sizeof(shown.windows));
	if (made->sight == MADE_CXL_HIDDEN_TOO)
		shown.region_count = 0;
	snapshot = machine_snapshot(&shown);
	if (made->sight != MADE_CXL_HIDDEN_TOO)
		rules_cxl(snapshot, made);
	else
		build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_UNREADABLE);
	if (made->sight == MADE_ALL_READ)
		rules_nodes(snapshot, made);
	else
		build_source(snapshot, SR_SOURCE_IOMEM, SR_SOURCE_HIDDEN);
	rules_acpi(snapshot, made);
	rules_modules(snapshot, made);
	return snapshot;
}
