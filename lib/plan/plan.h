/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From a report and a policy to a plan: what can be done now, by which steps, what needs
 * a reboot or the vendor, and what cannot be done; and how the machine looks at the end.
 * Pure: a plan reads nothing and changes nothing (apply/apply.h does).
 */
#pragma once

#include "judgement/report.h"
#include "plan/step.h"

enum sr_policy {
	SR_POLICY_CXL,	  /* what committed regions can own is theirs, and usable */
	SR_POLICY_HMEM,	  /* all is dax_hmem's */
	SR_POLICY_GLOBAL, /* the seed's: all units looked at once, then CXL or hmem for all */
	SR_POLICY_KERNEL, /* what this kernel's own rule gives for the state of now */
	SR_POLICY_COUNT,
};

/* In the order of their weight: a plan has the heaviest class of its units. */
enum sr_plan_class {
	SR_CLASS_SATISFIED,
	SR_CLASS_REACHABLE,	/* by the steps of this plan */
	SR_CLASS_NEXT_BOOT,	/* by what --stage would write */
	SR_CLASS_FIRMWARE_ONLY, /* the vendor has to change what firmware says */
	SR_CLASS_IMPOSSIBLE,	/* or not known to be possible */
	SR_CLASS_COUNT,
};

/* Why a unit has its class. One row each in plan/reasons.c; the names stay for ever. */
enum sr_plan_reason {
	/* what the steps are for */
	SR_PLAN_HELD_BY_HMEM,
	SR_PLAN_DEVICE_CUT,
	SR_PLAN_REGION_DISABLED,
	SR_PLAN_DAX_REGION_IDLE,
	SR_PLAN_MODULE_NOT_LOADED,
	SR_PLAN_DECODERS_LOCKED,
	SR_PLAN_HOLDS_UNTIL_CXL_ACPI_LOADS,
	SR_PLAN_TRIMMED,
	/* what CXL cannot own */
	SR_PLAN_BEYOND_REGIONS,
	SR_PLAN_NOT_CONTAINED,
	SR_PLAN_OUTSIDE_WINDOWS,
	SR_PLAN_NO_COMMITTED_REGION,
	SR_PLAN_REGION_IS_NOT_RAM,
	SR_PLAN_KERNEL_WITHOUT_RAM_REGIONS,
	/* what stands against it now */
	SR_PLAN_CXL_KEPT_OUT,
	SR_PLAN_MODULE_KEPT_OUT,
	SR_PLAN_MODULE_NOT_REMOVABLE,
	SR_PLAN_MEMORY_LEAKED,
	SR_PLAN_CLAIMED_BY_ANOTHER,
	SR_PLAN_NOT_DIVISIBLE,
	SR_PLAN_HMEM_TAKES_AT_BOOT,
	SR_PLAN_RULE_RUNS_AT_BOOT,
	SR_PLAN_HMEM_REFUSES,
	/* what must never be */
	SR_PLAN_DECODERS_NOT_LOCKED,
	SR_PLAN_NOT_DECODED,
	SR_PLAN_NEIGHBOUR_NOT_DECODED,
	SR_PLAN_REGION_OUTSIDE_UNITS,
	SR_PLAN_OTHER_MEMORY_TOUCHED,
	SR_PLAN_ACCELERATORS_MEMORY,
	/* what is not known */
	SR_PLAN_NOT_KNOWN,
	SR_PLAN_NOT_SETTLED,
	SR_PLAN_RULE_UNCERTAIN,
	SR_PLAN_VERDICT_UNKNOWN,
	SR_PLAN_NOTHING_TO_DECIDE,
	SR_PLAN_NO_SAFE_WAY,
	SR_PLAN_REASON_COUNT,
};

struct sr_plan_reason_text {
	const char *name;
	const char *sentence; /* without a final stop */
};

extern const struct sr_plan_reason_text sr_plan_reasons[SR_PLAN_REASON_COUNT];

struct sr_plan_unit {
	const struct sr_range_report *unit; /* the report's */
	enum sr_plan_class class;
	SR_LIST(enum sr_plan_reason) why;
	const char *detail; /* what is not known, or what to set for the next boot; or NULL */
	size_t first_step, step_count; /* those of `steps` that it needs; they may be shared */
	/* At the end, after all steps. */
	enum sr_owner owner;
	enum sr_truth usable;
	struct sr_u64 online;
};

/* What a plan touches, for the one line that an administrator has to read. */
struct sr_blast {
	uint64_t offline_bytes;		/* that leave System RAM, be it for a time */
	SR_LIST(int64_t) emptied_nodes; /* that have no memory online meanwhile */
	SR_LIST(const char *) regions;	/* that are disabled or go with a module */
	SR_LIST(const struct sr_range_report *) others; /* units that are satisfied and touched */
};

struct sr_plan {
	const struct sr_report *report; /* must outlive the plan */
	struct sr_pool *pool;
	enum sr_policy policy;
	/* GLOBAL: CXL or HMEM, or GLOBAL where there is no verdict; others: the same. */
	enum sr_policy resolved;
	enum sr_plan_class class;
	SR_LIST(struct sr_plan_unit) units; /* one for each unit of the report, in its order */
	/*
	 * In the order of execution. OFFLINE writes many files, so it has neither path nor
	 * value; CREATE_DEVICE writes 1 to its path, and its value, the bytes of its range, to
	 * the `size` of the device that came. Names of devices to come are foretold.
	 */
	SR_LIST(struct sr_step) steps;
	struct sr_blast blast;
	const char *fingerprint; /* of all that the plan depends on; plan/fingerprint.c */
};

/* 0 and a plan owned by the caller, or -ENOMEM. */
int sr_plan_make(const struct sr_report *report, enum sr_policy policy, struct sr_plan **ret_plan);

struct sr_plan *sr_plan_free(struct sr_plan *plan);

static inline void sr_plan_guard(struct sr_plan **plan)
{
	sr_plan_free(*plan);
}

#define sr_auto_plan __attribute__((cleanup(sr_plan_guard)))

/* "cxl", "next-boot": stable. */
const char *sr_policy_name(enum sr_policy policy);
const char *sr_plan_class_name(enum sr_plan_class class);

/* What a policy wants, for people. */
const char *sr_policy_words(enum sr_policy policy);

/* False: no policy has this name. */
bool sr_policy_find(const char *name, enum sr_policy *ret_policy);
