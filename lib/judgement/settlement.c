// SPDX-License-Identifier: LGPL-2.1-or-later
#include <errno.h>

#include "judgement/settled.h"
#include "judgement/stages.h"

/* What has no owner may get one as long as the kernel is still at work. */
static int withhold(struct sr_range_report *unit)
{
	if (unit->state == SR_STATE_LOST)
		unit->state = SR_STATE_UNKNOWN;
	unit->lost = (struct sr_u64){ 0 };
	if (unit->owner == SR_OWNER_NONE)
		unit->usable = SR_UNKNOWN;
	unit->agrees = unit->agrees == SR_YES ? SR_YES : SR_UNKNOWN;
	return sr_add_why(unit, SR_CODE_UNSETTLED);
}

int sr_judge_settlement(struct sr_report *report)
{
	sr_auto_settle_signs struct sr_settle_signs *signs = NULL;
	struct sr_range_report *unit;

	if (sr_settle_judge(report->snapshot, &signs))
		return -ENOMEM;
	report->settled = signs->settled;
	if (report->settled != SR_NO)
		return 0;
	sr_for_each (unit, &report->units) {
		if ((!unit->lost.known || unit->lost.value) && withhold(unit))
			return -ENOMEM;
	}
	return sr_add_finding(report, SR_CODE_UNSETTLED, "%s",
			      sr_codes[SR_CODE_UNSETTLED].sentence);
}
