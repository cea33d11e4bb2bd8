// SPDX-License-Identifier: GPL-2.0-only
/*
 * A report as JSON, schema "cxl-sr.report/1": fixed shape and order, no clock, no
 * host name. report.schema.json describes it; members may be added, not changed.
 */
#include "base/cleanup.h"
#include "json-documents.h"
#include "json-ranges.h"
#include "render.h"
#include "sources/sources.h"
#include "text.h"

#define SCHEMA "cxl-sr.report/1"

static const char *source_state_name(enum sr_source_state state)
{
	static const char *const names[] = {
		[SR_SOURCE_UNREAD] = "unread",	       [SR_SOURCE_OK] = "ok",
		[SR_SOURCE_PARTIAL] = "partial",       [SR_SOURCE_INCOMPLETE] = "incomplete",
		[SR_SOURCE_ABSENT] = "absent",	       [SR_SOURCE_HIDDEN] = "hidden",
		[SR_SOURCE_UNREADABLE] = "unreadable", [SR_SOURCE_NOT_USED] = "not-used",
	};

	return names[state];
}

static const char *module_state_name(enum sr_module_state state)
{
	static const char *const names[] = {
		[SR_MODULE_UNKNOWN] = NULL,
		[SR_MODULE_MISSING] = "missing",
		[SR_MODULE_NOT_LOADED] = "not-loaded",
		[SR_MODULE_LOADED] = "loaded",
		[SR_MODULE_BUILT_IN] = "built-in",
	};

	return names[state];
}

static struct json_object *module_object(struct json *json, const struct sr_module *module)
{
	struct json_object *object = json_new_object(json);
	struct json_object *parameters = json_new_object(json);
	const struct sr_module_parameter *parameter;

	json_put_text(json, object, "name", module->name);
	json_put_text(json, object, "state", module_state_name(module->state));
	json_put_bool(json, object, "blacklisted", module->blacklisted);
	json_put_bool(json, object, "blocked", module->blocked);
	json_put_names(json, object, "depends", module->depends);
	json_put_names(json, object, "softdep", module->softdep);
	sr_for_each (parameter, &module->parameters) {
		sr_auto_free char *key = printable_copy(parameter->name);

		json_put_text(json, parameters, key ? key : "", parameter->value.value);
		json->failed |= !key;
	}
	json_put(json, object, "parameters", parameters);
	return object;
}

static struct json_object *kernel_object(struct json *json, const struct sr_report *report)
{
	struct json_object *object = json_new_object(json);
	struct json_object *options = json_new_array(json);
	struct json_object *modules = json_new_array(json);
	const struct sr_module *module;
	const char **option;

	json_put_text(json, object, "release", report->snapshot->kernel.release.value);
	sr_for_each (option, &report->options)
		json_add_text(json, options, *option);
	json_put(json, object, "options", options);
	sr_for_each (module, &report->snapshot->modules)
		json_add(json, modules, module_object(json, module));
	json_put(json, object, "modules", modules);
	return object;
}

static struct json_object *dmi_object(struct json *json, const struct sr_snapshot *snapshot)
{
	struct json_object *object = json_new_object(json);

	for (int i = 0; i < SR_DMI_COUNT; i++)
		json_put_text(json, object, sr_dmi_name(i), snapshot->dmi[i].value);
	return object;
}

static struct json_object *summary_object(struct json *json, const struct sr_report *report)
{
	const struct sr_totals *totals = &report->totals;
	struct json_object *object = json_new_object(json);

	json_put_bool(json, object, "partial", report->short_sources);
	json_put_size(json, object, "ranges", totals->ranges);
	json_put_size(json, object, "bytes", totals->bytes);
	json_put_size(json, object, "contained", totals->contained);
	json_put_size(json, object, "containment_unknown", totals->containment_unknown);
	json_put_size(json, object, "lost_bytes", totals->lost_bytes);
	json_put_size(json, object, "unusable_bytes", totals->unusable_bytes);
	json_put_size(json, object, "idle_bytes", totals->idle_bytes);
	json_put_size(json, object, "unknown_bytes", totals->unknown_bytes);
	json_put_size(json, object, "lost", totals->lost);
	json_put_size(json, object, "unusable", totals->unusable);
	json_put_size(json, object, "idle", totals->idle);
	json_put_size(json, object, "unknown", totals->unknown);
	return object;
}

static struct json_object *rule_object(struct json *json, const struct sr_kernel_rule *rule)
{
	struct json_object *object = json_new_object(json);

	json_put_text(json, object, "name", json_rule_name(rule));
	json_put_text(json, object, "certainty", sr_certainty_name(rule->certainty));
	json_put_text(json, object, "found_by", rule->found_by);
	return object;
}

static struct json_object *global_object(struct json *json, const struct sr_report *report)
{
	struct json_object *object = json_new_object(json);

	json_put_text(json, object, "verdict", sr_global_verdict_name(report->global));
	json_put_span(json, object, "tipped_by",
		      report->tipped_by ? &report->tipped_by->range : NULL);
	return object;
}

static struct json_object *targets_array(struct json *json, const struct sr_region *region)
{
	struct json_object *array = json_new_array(json);
	const struct sr_region_target *target;

	sr_for_each (target, &region->targets) {
		struct json_object *object = json_new_object(json);

		json_put_size(json, object, "position", target->position);
		json_put_text(json, object, "decoder", target->decoder.value);
		json_put_text(json, object, "memdev", target->memdev.value);
		json_add(json, array, object);
	}
	return array;
}

static struct json_object *region_object(struct json *json, const struct sr_region_report *item)
{
	const struct sr_region *region = item->region;
	struct json_object *object = json_new_object(json);

	json_put_text(json, object, "name", region->name);
	json_put_range(json, object, item->has_range ? &item->range : NULL);
	json_put_truth(json, object, "committed", region->committed);
	json_put_text(json, object, "mode", region->mode.value);
	json_put_truth(json, object, "locked", region->locked);
	json_put_truth(json, object, "soft_reserved", item->soft_reserved);
	json_put_text(json, object, "driver", region->driver.value);
	json_put_text(json, object, "decoder", region->root_decoder);
	json_put_known(json, object, "interleave_ways", region->interleave_ways);
	json_put_known(json, object, "interleave_granularity", region->interleave_granularity);
	json_put_known(json, object, "extended_linear_cache_size", region->extended_linear_cache);
	json_put(json, object, "targets", targets_array(json, region));
	return object;
}

static struct json_object *window_object(struct json *json, const struct sr_window *window)
{
	struct json_object *object = json_new_object(json);
	struct json_object *decoder;
	struct sr_range range;
	bool known;

	json_put_text(json, object, "name", sr_window_name(window));
	json_put_range(json, object, window->has_range ? &window->range : NULL);
	json_put_bool(json, object, "iomem", window->node);
	json_put_bool(json, object, "differs", window->differs);
	if (!window->decoder) {
		json_put_null(json, object, "decoder");
		return object;
	}
	known = sr_root_decoder_range(window->decoder, &range);
	decoder = json_new_object(json);
	json_put_text(json, decoder, "name", window->decoder->name);
	json_put_range(json, decoder, known ? &range : NULL);
	json_put_truth(json, decoder, "locked", window->decoder->locked);
	json_put(json, object, "decoder", decoder);
	return object;
}

static struct json_object *memdev_object(struct json *json, const struct sr_memdev *memdev)
{
	struct json_object *object = json_new_object(json);

	json_put_text(json, object, "name", memdev->name);
	json_put_text(json, object, "host", memdev->host.value);
	json_put_text(json, object, "driver", memdev->driver.value);
	json_put_known(json, object, "serial", memdev->serial);
	json_put_known(json, object, "ram_size", memdev->ram_size);
	json_put_known(json, object, "pmem_size", memdev->pmem_size);
	json_put_node(json, object, "numa_node", memdev->numa_node);
	return object;
}

static struct json_object *dax_region_object(struct json *json, const struct sr_dax_region *region)
{
	struct json_object *object = json_new_object(json);
	struct sr_range range;
	bool known = sr_dax_region_range(region, &range);

	json_put_text(json, object, "name", region->name);
	json_put_text(json, object, "owner", sr_holder_name(region->holder));
	json_put_text(json, object, "driver", region->driver.value);
	json_put_text(json, object, "region", region->region);
	json_put_range(json, object, known ? &range : NULL);
	return object;
}

static struct json_object *source_object(struct json *json, int source,
					 const struct sr_source_note *note)
{
	struct json_object *object = json_new_object(json);

	json_put_text(json, object, "name", sr_sources[source].name);
	json_put_text(json, object, "state", source_state_name(note->state));
	json_put_text(json, object, "path", note->path);
	json_put_text(json, object, "detail", note->detail);
	return object;
}

static struct json_object *finding_object(struct json *json, const struct sr_finding *finding)
{
	struct json_object *object = json_new_object(json);

	json_put_text(json, object, "code", sr_codes[finding->code].name);
	json_put_text(json, object, "text", finding->text);
	return object;
}

/* Appends the array @key of what @make turns each item of @list into. */
#define put_list(json, object, key, list, make)                    \
	do {                                                       \
		struct json_object *array_ = json_new_array(json); \
		__typeof__(*(list)->items) *item_;                 \
                                                                   \
		sr_for_each (item_, list)                          \
			json_add(json, array_, make(json, item_)); \
		json_put(json, object, key, array_);               \
	} while (0)

struct json_object *json_report(struct json *json, const struct sr_report *report)
{
	const struct sr_snapshot *snapshot = report->snapshot;
	struct json_object *object = json_new_object(json);
	struct json_object *sources = json_new_array(json);

	json_put_text(json, object, "schema", SCHEMA);
	json_put(json, object, "kernel", kernel_object(json, report));
	json_put(json, object, "dmi", dmi_object(json, snapshot));
	json_put(json, object, "summary", summary_object(json, report));
	json_put(json, object, "rule", rule_object(json, &report->rule));
	json_put(json, object, "global", global_object(json, report));
	json_put_truth(json, object, "settled", report->settled);
	json_put(json, object, "ranges", json_ranges(json, report));
	put_list(json, object, "regions", &report->regions, region_object);
	put_list(json, object, "windows", &report->windows, window_object);
	put_list(json, object, "memdevs", &snapshot->memdevs, memdev_object);
	put_list(json, object, "dax_regions", &snapshot->dax_regions, dax_region_object);
	json_put_size(json, object, "hmem_platforms", snapshot->hmem_platforms.count);
	put_list(json, object, "findings", &report->findings, finding_object);
	for (int i = 0; i < SR_SOURCE_COUNT; i++)
		json_add(json, sources, source_object(json, i, &snapshot->notes[i]));
	json_put(json, object, "sources", sources);
	return object;
}

int render_json(const struct sr_report *report, enum json_form form)
{
	struct json json = { .form = form };
	json_auto struct json_object *object = json_report(&json, report);

	return json_print(&json, object);
}
