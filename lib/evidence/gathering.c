// SPDX-License-Identifier: LGPL-2.1-or-later
/* Words and steps of the evidence. */
#include "evidence/gathering.h"

#include <stdarg.h>

#include "base/size.h"

const char *sr_say(struct sr_gathering *gathering, const char *format, ...)
{
	va_list arguments;
	const char *text;

	va_start(arguments, format);
	text = sr_pool_vformat(gathering->evidence->pool, format, arguments);
	va_end(arguments);
	gathering->failed |= !text;
	return text ? text : "";
}

void sr_step(struct sr_gathering *gathering, const char *stage, enum sr_evidence_says says,
	     const char *text)
{
	struct sr_evidence_step *step = sr_list_add(&gathering->evidence->steps);

	gathering->left_out = 0;
	if (step)
		*step = (struct sr_evidence_step){ .stage = stage, .says = says, .text = text };
	else
		gathering->failed = true;
}

void sr_step_end(struct sr_gathering *gathering)
{
	struct sr_evidence *evidence = gathering->evidence;
	struct sr_evidence_step *step;

	if (!gathering->left_out || gathering->failed)
		return;
	step = &evidence->steps.items[evidence->steps.count - 1];
	step->text = sr_say(gathering, "%s (%zu more facts are left out here.)", step->text,
			    gathering->left_out);
	gathering->left_out = 0;
}

const char *sr_say_range(struct sr_gathering *gathering, struct sr_range range)
{
	return sr_say(gathering, SR_RANGE_FORMAT, SR_RANGE_VALUES(range));
}

const char *sr_say_size(struct sr_gathering *gathering, uint64_t bytes)
{
	char size[SR_SIZE_TEXT_LENGTH];

	return sr_say(gathering, "%s", sr_size_text(bytes, true, size));
}

void sr_name_list_add(struct sr_name_list *list, const char *name)
{
	if (list->count < sizeof(list->names) / sizeof(*list->names))
		list->names[list->count] = name;
	list->count++;
}

const char *sr_say_names(struct sr_gathering *gathering, const struct sr_name_list *list)
{
	if (list->count == 0)
		return "nothing";
	if (list->count == 1)
		return list->names[0];
	if (list->count == 2)
		return sr_say(gathering, "%s and %s", list->names[0], list->names[1]);
	return sr_say(gathering, "%s, %s and %zu more", list->names[0], list->names[1],
		      list->count - 2);
}

bool sr_forecasts(const struct sr_gathering *gathering, enum sr_code code)
{
	const enum sr_code *why;

	if (!gathering->forecast)
		return false;
	sr_for_each (why, &gathering->forecast->why) {
		if (*why == code)
			return true;
	}
	return false;
}

const struct sr_region_report *sr_next_region(const struct sr_gathering *gathering, size_t *index)
{
	const struct sr_report *report = gathering->report;

	while (*index < report->regions.count) {
		const struct sr_region_report *item = &report->regions.items[(*index)++];

		if (item->has_range && sr_range_overlaps(item->range, gathering->unit->range))
			return item;
	}
	return NULL;
}

const char *sr_say_regions(struct sr_gathering *gathering)
{
	struct sr_name_list names = { 0 };
	const struct sr_region_report *item;
	size_t index = 0;

	while ((item = sr_next_region(gathering, &index)))
		sr_name_list_add(&names, item->region->name);
	return sr_say_names(gathering, &names);
}

const char *sr_say_devices(struct sr_gathering *gathering)
{
	struct sr_name_list names = { 0 };
	const struct sr_range_device *item;

	sr_for_each (item, &gathering->unit->devices)
		sr_name_list_add(&names, item->device->name);
	return sr_say_names(gathering, &names);
}
