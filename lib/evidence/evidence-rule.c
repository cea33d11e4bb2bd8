// SPDX-License-Identifier: LGPL-2.1-or-later
/* By which rule this kernel decides, what that gives, and whether it is what happened. */
#include <string.h>

#include "evidence/gathering.h"

static const struct {
	const char *kernels, *words;
} rules[SR_RULE_COUNT] = {
	[SR_RULE_HMEM_ONLY] = { "from before v6.3",
				"dax_hmem takes every range on its list, whatever CXL does" },
	[SR_RULE_WINDOW] = { "from v6.3 to v7.0",
			     "dax_hmem leaves every range that touches a CXL window to CXL, also "
			     "where CXL makes no region of it" },
	[SR_RULE_PER_RANGE] = { "from v7.1 on",
				"a range that one committed region contains is left to CXL, any "
				"other is dax_hmem's" },
	[SR_RULE_GLOBAL] = { "of some vendors",
			     "where regions contain all ranges that touch a CXL window, CXL gets "
			     "them; where one is not contained, dax_hmem gets all" },
};

const char *sr_rule_kernels(enum sr_rule rule)
{
	return rules[rule].kernels;
}

/* "dax_cxl: dax_hmem", in the words of modules.dep without their folders. */
static void add_dependency(struct sr_gathering *gathering, const char *folder)
{
	const struct sr_module *module = sr_snapshot_module(gathering->snapshot, "dax_cxl");

	if (module && module->depends.known)
		sr_fact(gathering, sr_say(gathering, "%s/modules.dep", folder),
			module->depends.value
				? sr_say(gathering, "dax_cxl: %s", module->depends.value)
				: "(dax_cxl needs no other module)");
}

static void add_softdep(struct sr_gathering *gathering, const char *folder)
{
	const struct sr_module *module = sr_snapshot_module(gathering->snapshot, "dax_hmem");

	if (module && module->softdep.value)
		sr_fact(gathering, sr_say(gathering, "%s/modules.softdep", folder),
			sr_say(gathering, "softdep dax_hmem pre: %s", module->softdep.value));
}

static void add_facts(struct sr_gathering *gathering)
{
	static const char *const modules[] = { "dax_hmem", "dax_cxl", "cxl_acpi" };
	const char *folder = gathering->snapshot->notes[SR_SOURCE_MODULES].path;
	const char **option;

	if (gathering->snapshot->kernel.release.known)
		sr_fact(gathering, "/proc/sys/kernel/osrelease",
			gathering->snapshot->kernel.release.value);
	if (folder) {
		add_dependency(gathering, folder);
		add_softdep(gathering, folder);
	}
	for (size_t i = 0; i < sizeof(modules) / sizeof(*modules); i++)
		sr_fact_module(gathering, modules[i]);
	sr_for_each (option, &gathering->report->options) {
		if (strncmp(*option, "memmap=", strlen("memmap=")) != 0)
			sr_fact(gathering, "/proc/cmdline", *option);
	}
	sr_fact_source(gathering, SR_SOURCE_MODULES);
}

static const char *owner_words(enum sr_owner owner)
{
	static const char *const words[] = {
		[SR_OWNER_UNKNOWN] = "whoever it is",
		[SR_OWNER_NONE] = "nobody",
		[SR_OWNER_CXL] = "CXL",
		[SR_OWNER_HMEM] = "dax_hmem",
		[SR_OWNER_MIXED] = "CXL for one part and dax_hmem for another",
	};

	return words[owner];
}

/* What order of events explains what the rule does not. */
static const char *order_words(const struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;

	if (sr_has_why(unit, SR_CODE_HMEM_BEFORE_WINDOWS))
		return " One order of events explains it: dax_hmem decided before cxl_acpi had "
		       "made "
		       "the windows known, and so saw none here.";
	if (sr_has_why(unit, SR_CODE_HMEM_THOUGH_CONTAINED))
		return " One order of events explains it: the region came to be after dax_hmem had "
		       "decided, which it does when it is loaded.";
	return " Something changed since dax_hmem decided, which it does when it is loaded: a "
	       "device "
	       "was plugged or unplugged, a module loaded, a driver unbound.";
}

/* Where the rule gives it to nobody: at which of the two it ends. */
static const char *gift_words(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	bool left_to_cxl = sr_forecasts(gathering, SR_CODE_LEFT_TO_CXL) ||
			   unit->contained == SR_YES;

	if (unit->expected != SR_OWNER_NONE)
		return sr_say(gathering, "That gives this range to %s",
			      owner_words(unit->expected));
	if (left_to_cxl && unit->has_candidate)
		return sr_say(gathering,
			      "So dax_hmem leaves this range to CXL, and CXL does not take it: %s. "
			      "Nobody gets it",
			      sr_clause_of_cxl(gathering));
	return sr_say(
		gathering,
		"That would be dax_hmem for this range, but it cannot take it: %s. Nobody gets "
		"it",
		sr_clause_of_hmem(gathering));
}

static const char *outcome_words(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	const char *gift = gift_words(gathering);

	if (unit->expected == SR_OWNER_UNKNOWN)
		return "Whom that gives this range is not known, as something that it asks for "
		       "could "
		       "not be read.";
	if (unit->agrees == SR_UNKNOWN)
		return sr_say(gathering, "%s; whether it is so is not known.", gift);
	if (unit->agrees == SR_YES)
		return sr_say(gathering, "%s, and so it is.", gift);
	return sr_say(gathering, "%s, but it is %s that has it.%s", gift, owner_words(unit->owner),
		      order_words(gathering));
}

static const char *text_of_rule(struct sr_gathering *gathering)
{
	const struct sr_kernel_rule *rule = &gathering->report->rule;

	if (rule->certainty == SR_CERTAINTY_NONE)
		return sr_say(gathering,
			      "By which rule this kernel decides between CXL and dax_hmem is not "
			      "known: %s.",
			      rule->found_by);
	return sr_say(gathering,
		      "This kernel decides by the rule %s, as kernels %s do (%s: %s): %s. %s",
		      sr_rule_name(rule->rule), rules[rule->rule].kernels,
		      sr_certainty_name(rule->certainty), rule->found_by, rules[rule->rule].words,
		      outcome_words(gathering));
}

void sr_gather_rule(struct sr_gathering *gathering)
{
	static const enum sr_evidence_says says[] = {
		[SR_UNKNOWN] = SR_EVIDENCE_UNKNOWN,
		[SR_NO] = SR_EVIDENCE_NO,
		[SR_YES] = SR_EVIDENCE_YES,
	};

	sr_step(gathering, "rule", says[gathering->unit->agrees], text_of_rule(gathering));
	add_facts(gathering);
}
