// SPDX-License-Identifier: LGPL-2.1-or-later
/* NUMA nodes: the SRAT against dax devices, and domains within one piece of memory. */
#include <errno.h>

#include "lint/linting.h"
#include "snapshot/command-line.h"

static int add_device(struct sr_linting *linting, const struct sr_dax_device *device,
		      struct sr_range range, const struct sr_place *memory)
{
	struct sr_lint_finding draft = sr_lint_draft(SR_CODE_NODE_MISMATCH, &range);
	const char *path = sr_pool_format(linting->lint->pool,
					  "/sys/bus/dax/devices/%s/target_node", device->name);

	if (!path)
		return -ENOMEM;
	draft.facts[0] = sr_lint_fact(linting, path, "%jd", (intmax_t)device->target_node.value);
	draft.facts[1] = sr_lint_fact_of_place(linting, memory);
	return sr_lint_add(linting, &draft,
			   "%s has node %jd, but the SRAT has its memory, " SR_RANGE_FORMAT
			   ", in proximity domain %ju, which is node %jd",
			   device->name, (intmax_t)device->target_node.value,
			   SR_RANGE_VALUES(range), (uintmax_t)memory->memory->proximity_domain,
			   (intmax_t)memory->memory->node.value);
}

/* numa=fake= makes nodes of its own (numa_emulation(), mm/numa_emulation.c). */
static bool has_fake_nodes(const struct sr_kernel *kernel)
{
	const char *at = kernel->command_line.value;
	struct sr_kernel_option option;

	while (sr_kernel_option_next(&at, &option)) {
		if (sr_kernel_option_is(option, "numa=fake"))
			return true;
	}
	return false;
}

/* The kernel asks phys_to_target_node() for the node of the first address. */
static int check_device(struct sr_linting *linting, const struct sr_dax_device *device)
{
	const struct sr_range *range;

	if (!device->target_node.known)
		return 0;
	sr_for_each (range, &device->ranges) {
		struct sr_range start = { range->start, range->start };
		const struct sr_place *memory = sr_places_in(&linting->memory, start);

		if (memory && memory->memory->node.known &&
		    memory->memory->node.value != device->target_node.value)
			return add_device(linting, device, *range, memory);
	}
	return 0;
}

static int add_domains(struct sr_linting *linting, const struct sr_lint_part *part,
		       struct sr_range range, const struct sr_place *one,
		       const struct sr_place *other)
{
	struct sr_lint_finding draft = sr_lint_draft(SR_CODE_NODE_MISMATCH, &range);

	draft.facts[0] = sr_lint_fact_of_place(linting, one);
	draft.facts[1] = sr_lint_fact_of_place(linting, other);
	sr_lint_blame(part->row, &draft);
	return sr_lint_add(
		linting, &draft,
		"Soft Reserved memory " SR_RANGE_FORMAT " is one piece for the kernel, in "
		"one CXL window, but lies in the proximity domains %ju and %ju; all of it "
		"gets the node of its first address",
		SR_RANGE_VALUES(range), (uintmax_t)one->memory->proximity_domain,
		(uintmax_t)other->memory->proximity_domain);
}

/* Memory of one window has one domain: acpi_parse_cfmws() gives it the rest of the window. */
static int check_domains(struct sr_linting *linting, const struct sr_lint_part *part,
			 struct sr_range range)
{
	const struct sr_place *memory, *first = NULL;

	sr_for_each_place (memory, &linting->memory, range) {
		if (!first)
			first = memory;
		if (memory->memory->proximity_domain != first->memory->proximity_domain)
			return add_domains(linting, part, range, first, memory);
	}
	return 0;
}

static int check_part(struct sr_linting *linting, const struct sr_lint_part *part)
{
	const struct sr_place *window;
	struct sr_range common;

	sr_for_each_place (window, &linting->windows, part->range) {
		if (sr_range_intersect(window->range, part->range, &common) &&
		    check_domains(linting, part, common))
			return -ENOMEM;
	}
	return 0;
}

int sr_lint_nodes(struct sr_linting *linting)
{
	bool fake = has_fake_nodes(&linting->snapshot->kernel);
	const struct sr_dax_device *device;
	const struct sr_lint_part *part;

	sr_for_each (device, &linting->snapshot->dax_devices) {
		if (!fake && check_device(linting, device))
			return -ENOMEM;
	}
	sr_for_each (part, &linting->parts) {
		if (check_part(linting, part))
			return -ENOMEM;
	}
	return 0;
}
