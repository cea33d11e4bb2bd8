/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What --stage leaves for the next boot: a file below modprobe.d that keeps cxl_acpi out, so
 * that dax_hmem takes all Soft Reserved memory. Pure: apply/stage.h writes and removes it.
 */
#pragma once

#include "plan/plan.h"

#define SR_STAGE_PATH "/etc/modprobe.d/cxl-sr.conf"

/* The same for who edits the boot loader's configuration, which nothing here does. */
#define SR_STAGE_COMMAND_LINE "module_blacklist=cxl_acpi"

#define SR_STAGE_MODULE	 "cxl_acpi"
#define SR_STAGE_INSTALL "/bin/false"

enum sr_staging {
	SR_STAGING_NEEDLESS, /* it is so already */
	SR_STAGING_HELPS,
	SR_STAGING_USELESS, /* nothing that could be staged leads there */
};

/* @ret_why: for NEEDLESS and USELESS a clause that lives as long as the plan, else NULL. */
enum sr_staging sr_stage_judge(const struct sr_plan *plan, const char **ret_why);

/* The file's content for this policy, the caller's to free; NULL: no memory. */
char *sr_stage_text(enum sr_policy policy);

/* Whether cxl-sr wrote this, and nobody has added a line that does anything. */
bool sr_stage_is_ours(const char *text);
