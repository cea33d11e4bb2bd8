// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/plan.h"

const struct sr_plan_reason_text sr_plan_reasons[SR_PLAN_REASON_COUNT] = {
	[SR_PLAN_HELD_BY_HMEM] = {
		"HELD_BY_HMEM",
		"dax_hmem holds memory of committed regions, which CXL gets when it lets go",
	},
	[SR_PLAN_DEVICE_CUT] = {
		"DEVICE_CUT",
		"lines of /proc/iomem cut the dax device; devices that end where these do can be "
		"claimed",
	},
	[SR_PLAN_REGION_DISABLED] = {
		"REGION_DISABLED",
		"a committed region has no driver",
	},
	[SR_PLAN_DAX_REGION_IDLE] = {
		"DAX_REGION_IDLE",
		"a committed region has no dax region that works, and could have one",
	},
	[SR_PLAN_MODULE_NOT_LOADED] = {
		"MODULE_NOT_LOADED",
		"a module that makes dax devices is not loaded, and may be",
	},
	[SR_PLAN_DECODERS_LOCKED] = {
		"DECODERS_LOCKED",
		"all decoders are locked, so the memory stays decoded when CXL's modules go",
	},
	[SR_PLAN_HOLDS_UNTIL_CXL_ACPI_LOADS] = {
		"HOLDS_UNTIL_CXL_ACPI_LOADS",
		"it holds as long as nothing loads cxl_acpi again, and not beyond the next boot",
	},
	[SR_PLAN_TRIMMED] = {
		"TRIMMED",
		"kmem brings whole memory blocks online only, so less than the part of the device",
	},
	[SR_PLAN_BEYOND_REGIONS] = {
		"BEYOND_REGIONS",
		"a part of it lies in no committed region: CXL cannot own that",
	},
	[SR_PLAN_NOT_CONTAINED] = {
		"NOT_CONTAINED",
		"dax_hmem has it and it can be used; regions do not contain all of it, so to give "
		"it to CXL would lose memory",
	},
	[SR_PLAN_OUTSIDE_WINDOWS] = {
		"OUTSIDE_WINDOWS",
		"it lies in no CXL window, so it is not CXL's to own",
	},
	[SR_PLAN_NO_COMMITTED_REGION] = {
		"NO_COMMITTED_REGION",
		"no region of it is committed, so CXL cannot own it",
	},
	[SR_PLAN_REGION_IS_NOT_RAM] = {
		"REGION_IS_NOT_RAM",
		"its region is not in ram mode",
	},
	[SR_PLAN_KERNEL_WITHOUT_RAM_REGIONS] = {
		"KERNEL_WITHOUT_RAM_REGIONS",
		"kernels before v6.3 make no regions of RAM",
	},
	[SR_PLAN_CXL_KEPT_OUT] = {
		"CXL_KEPT_OUT",
		"the driver cxl_acpi, which publishes the windows, is not at work",
	},
	[SR_PLAN_MODULE_KEPT_OUT] = {
		"MODULE_KEPT_OUT",
		"a module that it needs is missing or kept from loading",
	},
	[SR_PLAN_MODULE_NOT_REMOVABLE] = {
		"MODULE_NOT_REMOVABLE",
		"a CXL driver is built into the kernel and cannot be removed",
	},
	[SR_PLAN_MEMORY_LEAKED] = {
		"MEMORY_LEAKED",
		"memory stayed online when kmem was unbound; only a reboot frees it",
	},
	[SR_PLAN_CLAIMED_BY_ANOTHER] = {
		"CLAIMED_BY_ANOTHER",
		"somebody else has claimed memory of its dax device",
	},
	[SR_PLAN_NOT_DIVISIBLE] = {
		"NOT_DIVISIBLE",
		"no boundaries of dax devices make it usable",
	},
	[SR_PLAN_HMEM_TAKES_AT_BOOT] = {
		"HMEM_TAKES_AT_BOOT",
		"dax_hmem takes it at a boot where cxl_acpi is kept out; only if firmware commits "
		"its region at boot: where somebody made it by hand, nothing decodes the memory "
		"then, and to use it ends the kernel",
	},
	[SR_PLAN_RULE_RUNS_AT_BOOT] = {
		"RULE_RUNS_AT_BOOT",
		"the kernel's rule runs again at the next boot, and only then",
	},
	[SR_PLAN_HMEM_REFUSES] = {
		"HMEM_REFUSES",
		"dax_hmem takes no range like this; cxl-sr explain tells why",
	},
	[SR_PLAN_DECODERS_NOT_LOCKED] = {
		"DECODERS_NOT_LOCKED",
		"to remove its region resets decoders that are not locked, and its content is lost",
	},
	[SR_PLAN_NOT_DECODED] = {
		"NOT_DECODED",
		"no committed region shows that it is decoded, and memory that is not must never "
		"be used",
	},
	[SR_PLAN_NEIGHBOUR_NOT_DECODED] = {
		"NEIGHBOUR_NOT_DECODED",
		"dax_hmem would get other memory too, which no committed region decodes",
	},
	[SR_PLAN_REGION_OUTSIDE_UNITS] = {
		"REGION_OUTSIDE_UNITS",
		"a region that would go has memory that is not Soft Reserved: nobody would get it",
	},
	[SR_PLAN_OTHER_MEMORY_TOUCHED] = {
		"OTHER_MEMORY_TOUCHED",
		"persistent memory, an accelerator or a region that is not ready would be touched",
	},
	[SR_PLAN_ACCELERATORS_MEMORY] = {
		"ACCELERATORS_MEMORY",
		"it is an accelerator's memory, which is for its driver alone",
	},
	[SR_PLAN_NOT_KNOWN] = {
		"NOT_KNOWN",
		"what decides it could not be read",
	},
	[SR_PLAN_NOT_SETTLED] = {
		"NOT_SETTLED",
		"CXL enumeration has not come to its end",
	},
	[SR_PLAN_RULE_UNCERTAIN] = {
		"RULE_UNCERTAIN",
		"by which rule this kernel decides is not known well enough to act on it",
	},
	[SR_PLAN_VERDICT_UNKNOWN] = {
		"VERDICT_UNKNOWN",
		"whether the global verdict is DROP or REGISTER is not known",
	},
	[SR_PLAN_NOTHING_TO_DECIDE] = {
		"NOTHING_TO_DECIDE",
		"no unit touches a CXL window, so the global rule decides nothing",
	},
	[SR_PLAN_NO_SAFE_WAY] = {
		"NO_SAFE_WAY",
		"the steps that were thought of do not lead there without losing something",
	},
};
