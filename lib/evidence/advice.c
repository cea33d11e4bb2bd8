// SPDX-License-Identifier: LGPL-2.1-or-later
/* What helps besides the action of the cause: the command line, another kernel. */
#include "evidence/gathering.h"
#include "judgement/cause.h"

static void add_why(struct sr_gathering *gathering, enum sr_code code)
{
	enum sr_code *why = sr_list_add(&gathering->evidence->why);

	if (why)
		*why = code;
	else
		gathering->failed = true;
}

void sr_find_cause(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	struct sr_evidence *evidence = gathering->evidence;
	const enum sr_code *why;

	evidence->cause = sr_cause(unit);
	sr_for_each (why, &unit->why)
		add_why(gathering, *why);
	if (evidence->cause)
		evidence->problem_owner = sr_problem_owner_of(unit, *evidence->cause);
}

static void add_advice(struct sr_gathering *gathering, const char *text)
{
	const char **item = sr_list_add(&gathering->evidence->advice);

	if (item)
		*item = text;
	else
		gathering->failed = true;
}

/* A vendor cannot mend what an option on the command line made. */
static void advise_on_command_line(struct sr_gathering *gathering)
{
	const char *option = sr_making_option(gathering);
	const char *doubtful = sr_doubtful_option(gathering);

	if (sr_codes[*gathering->evidence->cause].owner != SR_PROBLEM_OF_FIRMWARE)
		return;
	if (option)
		add_advice(gathering,
			   sr_say(gathering,
				  "look at %s on the kernel command line first: not firmware but "
				  "this option makes the range Soft Reserved, so its bounds can be "
				  "changed without the vendor",
				  option));
	if (doubtful)
		add_advice(gathering,
			   sr_say(gathering,
				  "find out first whether %s on the kernel command line makes the "
				  "range Soft Reserved: if so, its bounds can be changed without "
				  "the vendor [%s]",
				  doubtful, sr_codes[SR_CODE_MAKER_UNKNOWN].name));
}

/* Some actions of codes are to ask for what is told here. */
static void advise_on_cause(struct sr_gathering *gathering)
{
	enum sr_code code = *gathering->evidence->cause;
	const char *action = sr_codes[code].action;

	if (code == SR_CODE_DECIDED_OTHERWISE)
		action = "see above at which stage it says no; most often something was plugged, "
			 "loaded or unbound since boot, and a fresh boot without that shows it";
	add_advice(gathering, sr_say(gathering, "%s [%s]", action, sr_codes[code].name));
}

/* With which other kernel of these it would be usable; none goes back before v6.3. */
static void advise_on_rules(struct sr_gathering *gathering)
{
	static const enum sr_rule rules[] = { SR_RULE_PER_RANGE, SR_RULE_WINDOW };
	size_t index = (size_t)(gathering->unit - gathering->report->units.items);

	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		const struct sr_prediction *prediction = gathering->inquiry->predictions[rules[i]];
		const struct sr_forecast *forecast = &prediction->units.items[index];

		if (prediction->of_this_kernel || forecast->usable != SR_YES)
			continue;
		add_advice(gathering,
			   sr_say(gathering,
				  "with a kernel %s %s would have it, and a driver could be bound: "
				  "see `cxl-sr predict`",
				  sr_rule_kernels(rules[i]),
				  forecast->owner == SR_OWNER_CXL    ? "CXL"
				  : forecast->owner == SR_OWNER_HMEM ? "dax_hmem"
								     : "CXL and dax_hmem"));
		return;
	}
}

/*
 * Nothing keeps a kernel from making RAM of addresses behind which there is nothing. A
 * device of CXL 1.1 has no decoder that could be seen, so this is no more than a warning.
 */
static void advise_on_devices(struct sr_gathering *gathering)
{
	if (gathering->without_decoder)
		add_advice(gathering, "before anything makes RAM of it, make sure that there is "
				      "memory: no CXL device is seen to answer to these addresses");
}

/* Another kernel decides otherwise; it does not mend what somebody set here. */
static bool is_for_others(const struct sr_evidence *evidence)
{
	enum sr_state state = evidence->unit->state;

	return (state == SR_STATE_LOST || state == SR_STATE_UNUSABLE) && evidence->cause &&
	       (sr_codes[*evidence->cause].owner == SR_PROBLEM_OF_FIRMWARE ||
		sr_codes[*evidence->cause].owner == SR_PROBLEM_OF_KERNEL);
}

void sr_tell_advice(struct sr_gathering *gathering)
{
	struct sr_evidence *evidence = gathering->evidence;

	if (evidence->cause) {
		advise_on_command_line(gathering);
		advise_on_cause(gathering);
	}
	if (is_for_others(evidence))
		advise_on_rules(gathering);
	if (gathering->unit->state != SR_STATE_OK)
		advise_on_devices(gathering);
}
