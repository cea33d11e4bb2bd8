// SPDX-License-Identifier: LGPL-2.1-or-later
/* The driver of each dax device, and what keeps one away. */
#include <string.h>

#include "evidence/gathering.h"

const struct sr_range_device *sr_blocked_device(const struct sr_gathering *gathering)
{
	const struct sr_range_device *item;

	sr_for_each (item, &gathering->unit->devices) {
		if (item->blocker)
			return item;
	}
	return NULL;
}

static struct sr_range hull_of(const struct sr_dax_device *device)
{
	struct sr_range hull = device->ranges.items[0];
	const struct sr_range *range;

	sr_for_each (range, &device->ranges) {
		hull.start = range->start < hull.start ? range->start : hull.start;
		hull.end = range->end > hull.end ? range->end : hull.end;
	}
	return hull;
}

/* What __request_region() (kernel/resource.c) trips over: judgement/claim.h. */
const char *sr_clause_of_blocker(struct sr_gathering *gathering, const struct sr_range_device *item)
{
	const struct sr_iomem_node *node = item->blocker;
	const char *name = item->device->name;
	const char *range = sr_say_range(gathering, hull_of(item->device));
	const char *where = sr_say_range(gathering, node->range);

	if (sr_has_why(gathering->unit, SR_CODE_LEAKED))
		return sr_say(
			gathering,
			"a driver must first reserve all of %s, %s, in /proc/iomem, but there "
			"%s itself is still left, as kmem was unbound while memory was online",
			name, range, node->label);
	if (node->kind == SR_IOMEM_SYSTEM_RAM || node->kind == SR_IOMEM_DAX_DEVICE)
		return sr_say(
			gathering,
			"a driver must first reserve all of %s, %s, in /proc/iomem, but there "
			"%s (%s) has it already",
			name, range, node->label, where);
	return sr_say(
		gathering,
		"a driver must first reserve all of %s, %s, in /proc/iomem, and that fails "
		"(error -16, EBUSY) where another entry overlaps it without containing it: here "
		"%s, %s",
		name, range, node->label, where);
}

static bool is_bound(const struct sr_range_device *item)
{
	return item->device->driver.known && item->device->driver.value;
}

/* How many devices have a driver, have none, and are unknown. */
static void count_devices(const struct sr_gathering *gathering, struct sr_name_list *bound,
			  struct sr_name_list *driverless, struct sr_name_list *unknown)
{
	const struct sr_range_device *item;

	sr_for_each (item, &gathering->unit->devices) {
		struct sr_name_list *list = driverless;

		if (!item->device->driver.known)
			list = unknown;
		else if (is_bound(item))
			list = bound;
		sr_name_list_add(list, item->device->name);
	}
}

/* kmem makes RAM of a device, device_dax a character device. */
static const char *use_of(struct sr_gathering *gathering)
{
	const struct sr_range_device *item;
	bool ram = false, character = false;

	sr_for_each (item, &gathering->unit->devices) {
		const char *driver = item->device->driver.value;

		ram |= driver && strcmp(driver, "kmem") == 0;
		character |= driver && strcmp(driver, "device_dax") == 0;
	}
	if (ram && !character)
		return "kmem, which makes ordinary RAM of it";
	if (character && !ram)
		return "device_dax, which makes /dev/daxX.Y of it for programs to map";
	return ram ? "drivers of several kinds" : "a driver of another kind";
}

static const char *text_of_driverless(struct sr_gathering *gathering,
				      const struct sr_name_list *driverless)
{
	const struct sr_range_device *blocked = sr_blocked_device(gathering);
	const char *names = sr_say_names(gathering, driverless);

	if (blocked)
		return sr_say(gathering, "%s %s no driver, and none can be bound: %s.", names,
			      driverless->count > 1 ? "have" : "has",
			      sr_clause_of_blocker(gathering, blocked));
	if (sr_has_why(gathering->unit, SR_CODE_CLAIM_UNKNOWN))
		return sr_say(gathering,
			      "%s %s no driver. Whether one could be bound is not known, as "
			      "/proc/iomem could not be read whole.",
			      names, driverless->count > 1 ? "have" : "has");
	return sr_say(
		gathering,
		"%s %s no driver, though nothing is in the way of one. As a rule kmem comes by "
		"itself, and makes ordinary RAM of the memory.",
		names, driverless->count > 1 ? "have" : "has");
}

static const char *text_of_drivers(struct sr_gathering *gathering, enum sr_evidence_says *ret_says)
{
	struct sr_name_list bound = { 0 }, driverless = { 0 }, unknown = { 0 };

	count_devices(gathering, &bound, &driverless, &unknown);
	*ret_says = SR_EVIDENCE_NO;
	if (driverless.count)
		return text_of_driverless(gathering, &driverless);
	*ret_says = SR_EVIDENCE_UNKNOWN;
	if (unknown.count)
		return sr_say(gathering, "Which driver %s has could not be read.",
			      sr_say_names(gathering, &unknown));
	*ret_says = SR_EVIDENCE_INFO;
	if (!bound.count)
		return "Without a dax device there is nothing that a driver could be bound to.";
	*ret_says = SR_EVIDENCE_YES;
	return sr_say(gathering, "%s %s %s.", sr_say_names(gathering, &bound),
		      bound.count > 1 ? "have" : "has", use_of(gathering));
}

void sr_gather_driver(struct sr_gathering *gathering)
{
	const struct sr_range_device *item;
	enum sr_evidence_says says;
	const char *text = text_of_drivers(gathering, &says);

	sr_step(gathering, "driver", says, text);
	sr_for_each (item, &gathering->unit->devices) {
		sr_fact_text(gathering,
			     sr_say(gathering, "/sys/bus/dax/devices/%s", item->device->name),
			     "driver", item->device->driver);
		if (item->blocker)
			sr_fact_node(gathering, item->blocker);
	}
	if (gathering->unit->devices.count)
		sr_fact_module(gathering, "kmem");
}
