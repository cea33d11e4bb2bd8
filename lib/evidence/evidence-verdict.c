// SPDX-License-Identifier: LGPL-2.1-or-later
/* Whether CXL had come to its end when this was read, and the verdict itself. */
#include "evidence/gathering.h"

void sr_gather_settled(struct sr_gathering *gathering)
{
	static const enum sr_evidence_says says[] = {
		[SR_UNKNOWN] = SR_EVIDENCE_UNKNOWN,
		[SR_NO] = SR_EVIDENCE_NO,
		[SR_YES] = SR_EVIDENCE_YES,
	};
	const struct sr_settle_sign *sign;

	sr_for_each (sign, &gathering->inquiry->signs->signs) {
		sr_step_end(gathering);
		sr_step(gathering, "settled", says[sign->settled],
			sr_say(gathering, "%s: %s", sign->name, sign->text));
		sr_fact(gathering, sr_say(gathering, "%s", sign->path), NULL);
	}
}

static const char *online_words(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;

	if (!unit->online.known)
		return "How much of it is online as RAM is not known.";
	if (!unit->online.value)
		return "Nothing of it is online as RAM.";
	return sr_say(gathering, "%s of %s are online as RAM.",
		      sr_say_size(gathering, unit->online.value),
		      sr_say_size(gathering, sr_range_size(unit->range)));
}

void sr_gather_verdict(struct sr_gathering *gathering)
{
	static const enum sr_evidence_says says[] = {
		[SR_STATE_OK] = SR_EVIDENCE_YES,	  [SR_STATE_IDLE] = SR_EVIDENCE_NO,
		[SR_STATE_UNKNOWN] = SR_EVIDENCE_UNKNOWN, [SR_STATE_UNUSABLE] = SR_EVIDENCE_NO,
		[SR_STATE_LOST] = SR_EVIDENCE_NO,
	};
	const struct sr_range_report *unit = gathering->unit;

	sr_step(gathering, "verdict", says[unit->state],
		sr_say(gathering, "Owner: %s; by this kernel's rule: %s. State: %s. %s",
		       sr_owner_name(unit->owner), sr_owner_name(unit->expected),
		       sr_state_name(unit->state), online_words(gathering)));
}
