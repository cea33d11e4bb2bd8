// SPDX-License-Identifier: GPL-2.0-only
#include "json-ranges.h"

#include "judgement/cause.h"
#include "sources/sources.h"

static struct json_object *ranges_array(struct json *json, const sr_range_list *ranges)
{
	struct json_object *array = json_new_array(json);
	const struct sr_range *range;

	sr_for_each (range, ranges) {
		struct json_object *object = json_new_object(json);

		json_put_range(json, object, range);
		json_add(json, array, object);
	}
	return array;
}

static void put_blocker(struct json *json, struct json_object *object,
			const struct sr_iomem_node *node)
{
	struct json_object *blocker;

	if (!node) {
		json_put_null(json, object, "blocked_by");
		return;
	}
	blocker = json_new_object(json);
	json_put_text(json, blocker, "iomem", node->label);
	json_put_range(json, blocker, &node->range);
	json_put(json, object, "blocked_by", blocker);
}

static struct json_object *device_object(struct json *json, const struct sr_range_device *item)
{
	const struct sr_dax_device *device = item->device;
	struct json_object *object = json_new_object(json);

	json_put_text(json, object, "name", device->name);
	json_put_text(json, object, "driver", device->driver.value);
	json_put_known(json, object, "online", item->online);
	json_put_text(json, object, "owner", sr_holder_name(device->holder));
	json_put_text(json, object, "dax_region", device->dax_region);
	json_put_known(json, object, "size", device->size);
	json_put_node(json, object, "target_node", device->target_node);
	json_put(json, object, "ranges", ranges_array(json, &device->ranges));
	put_blocker(json, object, item->blocker);
	json_put_text(json, object, "path", device->path);
	return object;
}

/* Who says so, and which windows. */
static void put_lists(struct json *json, struct json_object *object,
		      const struct sr_range_report *range)
{
	struct json_object *sources = json_new_array(json);
	struct json_object *windows = json_new_array(json);
	const struct sr_window **window;

	for (int i = 0; i < SR_SOURCE_COUNT; i++) {
		if (range->sources & 1U << i)
			json_add_text(json, sources, sr_sources[i].name);
	}
	json_put(json, object, "sources", sources);
	sr_for_each (window, &range->windows)
		json_add_text(json, windows, sr_window_name(*window));
	json_put(json, object, "windows", windows);
}

void json_put_span(struct json *json, struct json_object *object, const char *key,
		   const struct sr_range *range)
{
	struct json_object *span;

	if (!range) {
		json_put_null(json, object, key);
		return;
	}
	span = json_new_object(json);
	json_put_range(json, span, range);
	json_put(json, object, key, span);
}

/* The reason to act on, and who can. */
static void put_problem(struct json *json, struct json_object *object,
			const struct sr_range_report *range)
{
	const enum sr_code *cause = sr_cause(range);
	struct json_object *problem;

	if (!cause) {
		json_put_null(json, object, "problem");
		return;
	}
	problem = json_new_object(json);
	json_put_text(json, problem, "code", sr_codes[*cause].name);
	json_put_text(json, problem, "owner",
		      sr_problem_owner_name(sr_problem_owner_of(range, *cause)));
	json_put_text(json, problem, "action", sr_action_of(range, *cause));
	json_put(json, object, "problem", problem);
}

const char *json_rule_name(const struct sr_kernel_rule *rule)
{
	return rule->certainty == SR_CERTAINTY_NONE ? NULL : sr_rule_name(rule->rule);
}

/* What this kernel's rule gives. */
static void put_expectation(struct json *json, struct json_object *object,
			    const struct sr_range_report *range)
{
	json_put_truth(json, object, "usable", range->usable);
	json_put_text(json, object, "expected", sr_owner_name(range->expected));
	json_put_truth(json, object, "agrees", range->agrees);
	json_put_text(json, object, "rule", json_rule_name(range->rule));
	json_put_text(json, object, "expected_driver", range->expected_driver.value);
	json_put_known(json, object, "expected_online", range->expected_online);
	json_put_text(json, object, "boundary", sr_boundary_name(range->boundary));
	json_put_truth(json, object, "accelerator", range->accelerator);
	put_problem(json, object, range);
}

/* A decision unit, or the range that sums up some. */
static struct json_object *row_object(struct json *json, const struct sr_range_report *range)
{
	struct json_object *object = json_new_object(json);
	struct json_object *devices = json_new_array(json);
	struct json_object *codes = json_new_array(json);
	const struct sr_range_device *item;
	const enum sr_code *why;

	json_put_range(json, object, &range->range);
	put_lists(json, object, range);
	json_put_truth(json, object, "contained", range->contained);
	json_put_text(json, object, "region", range->region ? range->region->name : NULL);
	json_put_text(json, object, "owner", sr_owner_name(range->owner));
	sr_for_each (item, &range->devices)
		json_add(json, devices, device_object(json, item));
	json_put(json, object, "dax", devices);
	json_put_known(json, object, "online", range->online);
	json_put_known(json, object, "lost", range->lost);
	json_put_nodes(json, object, "nodes", range->nodes);
	json_put_names(json, object, "zones", range->zones);
	json_put_text(json, object, "state", sr_state_name(range->state));
	sr_for_each (why, &range->why)
		json_add_text(json, codes, sr_codes[*why].name);
	json_put(json, object, "why", codes);
	put_expectation(json, object, range);
	return object;
}

static struct json_object *unit_object(struct json *json, const struct sr_range_report *unit)
{
	struct json_object *object = row_object(json, unit);

	json_put_span(json, object, "decided_on",
		      unit->is_decided && !unit->decided_vaguely ? &unit->decided_on : NULL);
	return object;
}

struct json_object *json_ranges(struct json *json, const struct sr_report *report)
{
	struct json_object *array = json_new_array(json);
	const struct sr_range_report *range;

	sr_for_each (range, &report->ranges) {
		struct json_object *object = row_object(json, range);
		struct json_object *units = json_new_array(json);

		for (size_t i = 0; i < range->unit_count; i++)
			json_add(json, units,
				 unit_object(json, &report->units.items[range->first_unit + i]));
		json_put(json, object, "units", units);
		json_add(json, array, object);
	}
	return array;
}
