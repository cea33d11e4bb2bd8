/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The reasons a report gives. Names are stable: programs may compare them. The
 * sentences, and what to do, are for people and may change.
 */
#pragma once

enum sr_code {
	/* why no committed region contains the range */
	SR_CODE_NO_WINDOW,
	SR_CODE_BEYOND_WINDOW,
	SR_CODE_SPANS_WINDOWS,
	SR_CODE_NO_REGION,
	SR_CODE_REGION_NOT_COMMITTED,
	SR_CODE_REGION_SMALLER,
	SR_CODE_SPANS_REGIONS,
	SR_CODE_REGION_UNKNOWN,
	SR_CODE_WINDOWS_UNKNOWN,
	SR_CODE_NO_WINDOW_PUBLISHED,
	/* what the kernel decides on, and how it decides */
	SR_CODE_DECIDED_AS_WIDER,
	SR_CODE_SHADOWED,
	SR_CODE_MIXED_MEMORY,
	SR_CODE_MISALIGNED,
	SR_CODE_LEFT_TO_CXL,
	SR_CODE_REGION_CONFLICT,
	SR_CODE_HMEM_BEFORE_WINDOWS,
	SR_CODE_CLAIM_ORDER,
	SR_CODE_DECIDED_OTHERWISE,
	SR_CODE_BOUNDARIES_UNKNOWN,
	SR_CODE_RULE_UNKNOWN,
	SR_CODE_UNSETTLED,
	SR_CODE_ACCELERATOR,
	SR_CODE_ACCELERATOR_TAKEN,
	/* who owns it */
	SR_CODE_NO_OWNER,
	SR_CODE_PARTLY_WITHOUT_OWNER,
	SR_CODE_OWNER_UNKNOWN,
	SR_CODE_HMEM_THOUGH_CONTAINED,
	SR_CODE_HMEM_PLACED_BY_SIZE,
	SR_CODE_REGION_NOT_RAM,
	SR_CODE_REGION_NO_DRIVER,
	SR_CODE_NO_DAX_REGION,
	SR_CODE_DAX_REGION_NO_DRIVER,
	/* why it is not in use */
	SR_CODE_NO_DAX_DEVICE,
	SR_CODE_NO_DRIVER,
	SR_CODE_NOT_CLAIMABLE,
	SR_CODE_CLAIMED_BY_OTHER,
	SR_CODE_LEAKED,
	SR_CODE_BLOCKS_OFFLINE,
	SR_CODE_DRIVER_UNKNOWN,
	SR_CODE_CLAIM_UNKNOWN,
	SR_CODE_BLOCKS_UNKNOWN,
	/* findings about the machine and about what was read */
	SR_CODE_SOURCES_DISAGREE,
	SR_CODE_MADE_BY_COMMAND_LINE,
	SR_CODE_MAKER_UNKNOWN,
	SR_CODE_OVERRIDDEN,
	SR_CODE_WINDOW_DIFFERS,
	SR_CODE_WINDOW_NOT_IN_IOMEM,
	SR_CODE_REGION_WITHOUT_SOFT_RESERVED,
	SR_CODE_HMEM_PLATFORMS,
	SR_CODE_HMEM_PLATFORM_NO_DRIVER,
	SR_CODE_HMEM_NO_DRIVER,
	SR_CODE_SOFT_RESERVE_OFF,
	SR_CODE_HMEM_DISABLED,
	SR_CODE_MODULE_AWAY,
	SR_CODE_SOFT_RESERVED_INCOMPLETE,
	SR_CODE_TOO_MANY,
	/* what firmware describes, judged across its tables: lint */
	SR_CODE_TABLE_BROKEN,
	SR_CODE_NOT_ONE_TO_ONE,
	SR_CODE_UNSPLIT_WINDOWS,
	SR_CODE_UNSPLIT_REGIONS,
	SR_CODE_SOFT_RESERVED_BEYOND_WINDOW,
	SR_CODE_WINDOW_WITHOUT_SRAT,
	SR_CODE_NODE_MISMATCH,
	SR_CODE_WINDOW_USABLE,
	SR_CODE_WINDOW_RESERVED,
	SR_CODE_NO_MEMORY_SP,
	SR_CODE_DECODER_OUTSIDE_WINDOWS,
	SR_CODE_WINDOW_NOT_DESCRIBED,
	SR_CODE_SOFT_RESERVED_MISALIGNED,
	SR_CODE_LOST_BY_KEXEC,
	SR_CODE_ACCELERATOR_SOFT_RESERVED,
	SR_CODE_COUNT,
};

/* Who can do something about it. */
enum sr_problem_owner {
	SR_PROBLEM_OF_FIRMWARE,
	SR_PROBLEM_OF_KERNEL,
	SR_PROBLEM_OF_DISTRIBUTION, /* its policy: what is built, loaded, brought online */
	SR_PROBLEM_OF_ADMINISTRATOR,
	SR_PROBLEM_OF_UNKNOWN, /* of firmware or of the administrator: nothing tells which */
};

struct sr_code_text {
	const char *name;
	const char *sentence; /* without a final stop */
	enum sr_problem_owner owner;
	const char *action; /* the next thing to do, without a final stop */
};

extern const struct sr_code_text sr_codes[SR_CODE_COUNT];

/* What the codes around @code are about, as the comments of enum sr_code; one pointer each. */
const char *sr_code_group(enum sr_code code);

/* "firmware", "kernel", "distribution policy", "administrator" or "unknown". */
const char *sr_problem_owner_name(enum sr_problem_owner owner);
