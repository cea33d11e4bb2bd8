/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A made machine in words, in cells; and smaller, as long as a check still fails: what
 * is not needed for the failure is taken away piece by piece.
 */
#pragma once

#include "rules-snapshot.h"
#include "tap.h"

static inline void dump_cells(const char *what, struct cells cells)
{
	printf("#   %s %u-%u", what, cells.first, cells.last);
}

static inline void dump_memory(const struct made_rules *made)
{
	static const char *const sources[SR_SOURCE_COUNT] = {
		[SR_SOURCE_IOMEM] = "iomem",
		[SR_SOURCE_KERNEL_LOG] = "log",
		[SR_SOURCE_FIRMWARE_MEMMAP] = "memmap",
	};
	const struct machine *machine = &made->machine;

	for (size_t i = 0; i < machine->entry_count; i++) {
		dump_cells("Soft Reserved", machine->entries[i].cells);
		printf(" in %s\n", sources[machine->entries[i].source]);
	}
	for (size_t i = 0; i < made->affinity_count; i++) {
		dump_cells("SRAT", made->affinities[i].cells);
		printf(" domain %u\n", made->affinities[i].domain);
	}
	for (size_t i = 0; i < machine->node_count; i++) {
		dump_cells("node", machine->nodes[i].cells);
		printf(" %s\n",
		       machine->nodes[i].kind == SR_IOMEM_SYSTEM_RAM ? "System RAM" : "Reserved");
	}
}

static inline void dump_cxl(const struct made_rules *made)
{
	const struct machine *machine = &made->machine;

	for (size_t i = 0; i < made->decoder_count; i++) {
		dump_cells("root decoder", made->decoders[i]);
		printf("\n");
	}
	for (size_t i = 0; i < made->node_count; i++) {
		dump_cells("window in iomem", made->nodes[i]);
		printf("\n");
	}
	for (size_t i = 0; i < machine->region_count; i++) {
		const struct made_settings *settings = &made->settings[i];

		dump_cells("region", machine->regions[i].cells);
		printf("%s commit %d mode %s driver %s%s\n",
		       machine->regions[i].placed ? "" : " (start unknown)",
		       (int)machine->regions[i].committed - 1,
		       !settings->mode.known  ? "?"
		       : settings->mode.value ? settings->mode.value
					      : "-",
		       !settings->driver.known	? "?"
		       : settings->driver.value ? settings->driver.value
						: "-",
		       settings->accelerator ? " accelerator" : "");
	}
}

static inline void dump_rules(const struct made_rules *made)
{
	static const char *const names[] = { "dax_hmem", "dax_cxl", "cxl_acpi", "kmem" };
	static const char *const sights[] = { "all read", "iomem hidden", "iomem and CXL hidden" };

	printf("# machine: cells of %#jx from %#jx, blocks of %u, %s, HMAT used %d, SRAT known "
	       "%d\n",
	       (uintmax_t)made->machine.grid.unit, (uintmax_t)made->machine.grid.origin,
	       made->machine.block_cells, sights[made->sight], (int)made->hmat_used - 1,
	       made->memory_known);
	dump_memory(made);
	dump_cxl(made);
	for (size_t i = 0; i < MADE_MODULE_COUNT; i++) {
		const struct made_module *module = &made->modules[i];

		if (module->listed && module->state != SR_MODULE_LOADED)
			printf("#   %s state %d%s%s\n", names[i], module->state,
			       module->blacklisted ? " blacklisted" : "",
			       module->blocked ? " blocked" : "");
	}
	if (made->hmem_option || made->hmem_parameter)
		printf("#   %s%s\n", made->hmem_option ? made->hmem_option : "",
		       made->hmem_parameter ? " parameter disable=Y" : "");
}

typedef bool (*rules_check)(const struct made_rules *made);

#define take_away(items, count, at) \
	memmove(&(items)[at], &(items)[(at) + 1], (--(count) - (at)) * sizeof(*(items)))

/* Takes thing @at of kind @kind away; false: there is none. */
static inline bool rules_take(struct made_rules *made, unsigned int kind, size_t at)
{
	struct machine *machine = &made->machine;
	size_t *const counts[] = {
		&machine->entry_count,	&made->affinity_count,	&machine->node_count,
		&machine->region_count, &machine->device_count, &machine->dax_region_count,
	};

	if (at >= *counts[kind])
		return false;
	if (kind == 3)
		memmove(&made->settings[at], &made->settings[at + 1],
			(machine->region_count - at - 1) * sizeof(*made->settings));
	switch (kind) {
	case 0:
		take_away(machine->entries, *counts[kind], at);
		break;
	case 1:
		take_away(made->affinities, *counts[kind], at);
		break;
	case 2:
		take_away(machine->nodes, *counts[kind], at);
		break;
	case 3:
		take_away(machine->regions, *counts[kind], at);
		break;
	case 4:
		take_away(machine->devices, *counts[kind], at);
		break;
	default:
		take_away(machine->dax_regions, *counts[kind], at);
	}
	return true;
}

static inline void rules_shrink(struct made_rules *made, rules_check is_right)
{
	for (unsigned int kind = 0; kind < 6; kind++) {
		size_t at = 0;

		for (struct made_rules less = *made; rules_take(&less, kind, at); less = *made) {
			if (is_right(&less))
				at++;
			else
				*made = less;
		}
	}
}
