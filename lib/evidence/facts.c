// SPDX-License-Identifier: LGPL-2.1-or-later
/* Facts as the files have them, so that whoever reads the evidence can look there. */
#include <inttypes.h>

#include "evidence/gathering.h"
#include "snapshot/command-line.h"

void sr_fact(struct sr_gathering *gathering, const char *path, const char *value)
{
	struct sr_evidence *evidence = gathering->evidence;
	struct sr_evidence_step *step;
	struct sr_evidence_fact *fact;

	if (gathering->failed)
		return;
	step = &evidence->steps.items[evidence->steps.count - 1];
	if (step->facts.count >= SR_FACT_LIMIT) {
		gathering->left_out++;
		return;
	}
	fact = sr_list_add(&step->facts);
	if (fact)
		*fact = (struct sr_evidence_fact){ .path = path, .value = value };
	else
		gathering->failed = true;
}

size_t sr_fact_count(const struct sr_gathering *gathering)
{
	const struct sr_evidence *evidence = gathering->evidence;

	return gathering->failed ? 0 : evidence->steps.items[evidence->steps.count - 1].facts.count;
}

static void fact_of(struct sr_gathering *gathering, const char *folder, const char *name,
		    const char *value)
{
	sr_fact(gathering, sr_say(gathering, "%s/%s", folder, name), value);
}

void sr_fact_hex(struct sr_gathering *gathering, const char *folder, const char *name,
		 struct sr_u64 value)
{
	fact_of(gathering, folder, name,
		value.known ? sr_say(gathering, "0x%" PRIx64, value.value) : "(unknown)");
}

void sr_fact_decimal(struct sr_gathering *gathering, const char *folder, const char *name,
		     struct sr_u64 value)
{
	fact_of(gathering, folder, name,
		value.known ? sr_say(gathering, "%" PRIu64, value.value) : "(unknown)");
}

void sr_fact_truth(struct sr_gathering *gathering, const char *folder, const char *name,
		   enum sr_truth value)
{
	static const char *const words[] = {
		[SR_UNKNOWN] = "(unknown)",
		[SR_NO] = "0",
		[SR_YES] = "1",
	};

	fact_of(gathering, folder, name, words[value]);
}

void sr_fact_text(struct sr_gathering *gathering, const char *folder, const char *name,
		  struct sr_text value)
{
	const char *none = value.known ? "(none)" : "(unknown)";

	fact_of(gathering, folder, name, value.value ? value.value : none);
}

/* r_show() of kernel/resource.c; the indent says nothing that the range does not. */
void sr_fact_node(struct sr_gathering *gathering, const struct sr_iomem_node *node)
{
	sr_fact(gathering, "/proc/iomem",
		sr_say(gathering, "%08" PRIx64 "-%08" PRIx64 " : %s", node->range.start,
		       node->range.end, node->label));
}

void sr_fact_source(struct sr_gathering *gathering, enum sr_source_id source)
{
	static const char *const states[] = {
		[SR_SOURCE_UNREAD] = "not read",       [SR_SOURCE_OK] = "",
		[SR_SOURCE_PARTIAL] = "read in part",  [SR_SOURCE_INCOMPLETE] = "incomplete",
		[SR_SOURCE_ABSENT] = "not there",      [SR_SOURCE_HIDDEN] = "hidden",
		[SR_SOURCE_UNREADABLE] = "unreadable", [SR_SOURCE_NOT_USED] = "not used",
	};
	const struct sr_source_note *note = &gathering->snapshot->notes[source];

	if (note->state == SR_SOURCE_OK || !note->path)
		return;
	sr_fact(gathering, note->path,
		sr_say(gathering, "(%s%s%s)", states[note->state], note->detail ? ": " : "",
		       note->detail ? note->detail : ""));
}

void sr_fact_options(struct sr_gathering *gathering, const char *prefix)
{
	const char *at = gathering->snapshot->kernel.command_line.value;
	struct sr_kernel_option option;

	while (sr_kernel_option_next(&at, &option)) {
		if (sr_kernel_option_is(option, prefix))
			sr_fact(gathering, "/proc/cmdline",
				sr_say(gathering, "%.*s", (int)option.length, option.text));
	}
}

/* Where the modules of this kernel are listed. */
static const char *module_list(struct sr_gathering *gathering)
{
	const char *folder = gathering->snapshot->notes[SR_SOURCE_MODULES].path;

	return sr_say(gathering, "%s/modules.dep", folder ? folder : "/lib/modules");
}

void sr_fact_module(struct sr_gathering *gathering, const char *name)
{
	const struct sr_module *module = sr_snapshot_module(gathering->snapshot, name);
	const char *path = sr_say(gathering, "/sys/module/%s", name);

	switch (module ? module->state : SR_MODULE_UNKNOWN) {
	case SR_MODULE_LOADED:
		fact_of(gathering, path, "initstate", "live");
		break;
	case SR_MODULE_BUILT_IN:
		sr_fact(gathering, path, "(built in)");
		break;
	case SR_MODULE_NOT_LOADED:
		sr_fact(gathering, path, "(not loaded)");
		break;
	case SR_MODULE_MISSING:
		sr_fact(gathering, module_list(gathering), sr_say(gathering, "(has no %s)", name));
		break;
	default:
		sr_fact(gathering, path, "(unknown)");
		break;
	}
}

const char *sr_cxl_folder(struct sr_gathering *gathering, const char *device)
{
	return sr_say(gathering, "/sys/bus/cxl/devices/%s", device);
}
