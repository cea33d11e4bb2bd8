// SPDX-License-Identifier: LGPL-2.1-or-later
#include "judgement/codes.h"

#include <stddef.h>

#define FIRMWARE      SR_PROBLEM_OF_FIRMWARE
#define KERNEL	      SR_PROBLEM_OF_KERNEL
#define DISTRIBUTION  SR_PROBLEM_OF_DISTRIBUTION
#define ADMINISTRATOR SR_PROBLEM_OF_ADMINISTRATOR
#define UNKNOWN	      SR_PROBLEM_OF_UNKNOWN

/* clang-format off */
const struct sr_code_text sr_codes[SR_CODE_COUNT] = {
	[SR_CODE_NO_WINDOW] = { "NO_WINDOW",
		"touches no CXL window; normal for HBM, GPU memory and guests",
		FIRMWARE, "nothing where this is not CXL memory; else ask the vendor for a "
		"CFMWS in the CEDT that covers it" },
	[SR_CODE_BEYOND_WINDOW] = { "BEYOND_WINDOW",
		"a part of it lies in no CXL window",
		FIRMWARE, "ask the vendor to end the Soft Reserved entry where the CFMWS "
		"ends, or to widen the CFMWS" },
	[SR_CODE_SPANS_WINDOWS] = { "SPANS_WINDOWS",
		"touches several CXL windows, and no region spans windows",
		FIRMWARE, "ask the vendor for a memory range in the SRAT for each window, and "
		"for an HMAT, so that the kernel decides on each by itself" },
	[SR_CODE_NO_REGION] = { "NO_REGION",
		"no region was assembled here",
		FIRMWARE, "look with `cxl list -vvv` whether firmware committed decoders for "
		"it; if it did, read in the kernel log why no region came of them (before "
		"v6.3 none does), else switch the memory on in the firmware setup" },
	[SR_CODE_REGION_NOT_COMMITTED] = { "REGION_NOT_COMMITTED",
		"a region here is not committed: its assembly failed, or is not finished",
		FIRMWARE, "read in the kernel log why assembly failed (\"failed to attach\"), "
		"and report that with the output of `cxl list -vvv` to the vendor" },
	[SR_CODE_REGION_SMALLER] = { "REGION_SMALLER",
		"the committed region here covers only a part of it",
		FIRMWARE, "ask the vendor to make the Soft Reserved entry and the committed "
		"region equal" },
	[SR_CODE_SPANS_REGIONS] = { "SPANS_REGIONS",
		"several committed regions share it; one region must contain all of it",
		FIRMWARE, "ask the vendor for a memory range in the SRAT for each region, and "
		"for an HMAT, so that the kernel decides on each by itself" },
	[SR_CODE_REGION_UNKNOWN] = { "REGION_UNKNOWN",
		"a region's range or commit state could not be read",
		ADMINISTRATOR, "run it again as root, or take the capture as root" },
	[SR_CODE_WINDOWS_UNKNOWN] = { "WINDOWS_UNKNOWN",
		"the CXL windows could not be read",
		ADMINISTRATOR, "run it again as root, or take the capture as root" },
	[SR_CODE_NO_WINDOW_PUBLISHED] = { "NO_WINDOW_PUBLISHED",
		"this machine has a CXL root device, but cxl_acpi, which publishes its windows, "
		"is not bound to it",
		ADMINISTRATOR, "nothing if dax_hmem is meant to have the memory; else take "
		"away what keeps cxl_acpi from loading, and boot again" },
	[SR_CODE_DECIDED_AS_WIDER] = { "DECIDED_AS_WIDER",
		"the kernel decides on a wider range of the SRAT, not only on what is Soft "
		"Reserved",
		FIRMWARE, "ask the vendor for SRAT ranges that end where the Soft Reserved "
		"memory ends" },
	[SR_CODE_SHADOWED] = { "SHADOWED",
		"hmem never looks at it: a range of the SRAT overlaps its entry in the memory "
		"map, so the kernel skips that entry",
		FIRMWARE, "ask the vendor for SRAT ranges that cover all of the Soft Reserved "
		"entry, or none of it; until then numa=nohmat on the command line of an x86 "
		"kernel makes it decide on the entries alone" },
	[SR_CODE_MIXED_MEMORY] = { "MIXED_MEMORY",
		"hmem skips it: other memory lies in the range of the SRAT that the kernel "
		"decides on",
		FIRMWARE, "ask the vendor for SRAT ranges that do not mix Soft Reserved "
		"memory with other memory; until then numa=nohmat on the command line of an "
		"x86 kernel makes it decide on the entries of the memory map alone" },
	[SR_CODE_MISALIGNED] = { "MISALIGNED",
		"hmem can make no dax region of it: what the kernel decides on does not begin "
		"and end on multiples of 2 MiB",
		FIRMWARE, "ask the vendor for ranges that begin and end on multiples of 2 "
		"MiB, better of the memory block size" },
	[SR_CODE_LEFT_TO_CXL] = { "LEFT_TO_CXL",
		"by the rule of v6.3 to v7.0 hmem leaves all that touches a CXL window to CXL, "
		"also where no region takes it",
		KERNEL, "do what the other reasons for the range say; `cxl-sr predict` shows "
		"what a kernel from v7.1 on makes of it, where hmem takes what no region "
		"contains" },
	[SR_CODE_REGION_CONFLICT] = { "REGION_CONFLICT",
		"a region here reaches into a range that hmem takes, so no dax region is made "
		"of the region",
		FIRMWARE, "ask the vendor to make Soft Reserved entries, or the SRAT ranges "
		"that split them, equal to the regions" },
	[SR_CODE_HMEM_BEFORE_WINDOWS] = { "HMEM_BEFORE_WINDOWS",
		"hmem took it although it touches a CXL window, as where dax_hmem comes before "
		"cxl_acpi has published the windows",
		DISTRIBUTION, "have cxl_acpi loaded before dax_hmem, in the initramfs too, "
		"then boot again" },
	[SR_CODE_CLAIM_ORDER] = { "CLAIM_ORDER",
		"whether a driver can bind it depends on which comes first, the driver or "
		"cxl_acpi",
		FIRMWARE, "ask the vendor for a memory range in the SRAT for each window, and "
		"for an HMAT" },
	[SR_CODE_DECIDED_OTHERWISE] = { "DECIDED_OTHERWISE",
		"its owner is not the one that this kernel's rule gives for the machine as it "
		"is now",
		ADMINISTRATOR, "see with `cxl-sr explain` where the two part; most often "
		"something was plugged, loaded or unbound since boot, and a fresh boot "
		"without that shows it" },
	[SR_CODE_BOUNDARIES_UNKNOWN] = { "BOUNDARIES_UNKNOWN",
		"which ranges the kernel decides on could not be read; taken as the memory map "
		"has them",
		ADMINISTRATOR, "run it again as root, or take the capture with "
		"/sys/firmware/acpi/tables, as root" },
	[SR_CODE_RULE_UNKNOWN] = { "RULE_UNKNOWN",
		"by which rule this kernel decides is not known",
		ADMINISTRATOR, "let it read the folder of this kernel in /lib/modules, or "
		"take the capture with that and with /proc/sys/kernel/osrelease" },
	[SR_CODE_UNSETTLED] = { "UNSETTLED",
		"CXL enumeration has not come to its end, so what has no owner may get one",
		ADMINISTRATOR, "run it again with --settle" },
	[SR_CODE_ACCELERATOR] = { "ACCELERATOR",
		"it is memory of an accelerator (CXL type 2)",
		FIRMWARE, "nothing if the accelerator's driver has it; the vendor can keep "
		"all others away by marking the memory Reserved" },
	[SR_CODE_ACCELERATOR_TAKEN] = { "ACCELERATOR_TAKEN",
		"hmem or kmem has memory of an accelerator (CXL type 2), or would take it",
		FIRMWARE, "ask the vendor to mark the accelerator's memory Reserved; until "
		"then have its driver loaded before dax_hmem, in the initramfs too" },
	[SR_CODE_NO_OWNER] = { "NO_OWNER",
		"neither CXL nor hmem has a dax region here",
		KERNEL, "do what the other reasons for the range say" },
	[SR_CODE_PARTLY_WITHOUT_OWNER] = { "PARTLY_WITHOUT_OWNER",
		"a part of it is in nobody's dax region",
		FIRMWARE, "do what the other reasons for the range say; without others, ask "
		"the vendor to make the Soft Reserved entry and the committed regions equal" },
	[SR_CODE_OWNER_UNKNOWN] = { "OWNER_UNKNOWN",
		"whose dax region this is could not be read",
		ADMINISTRATOR, "run it again as root, or take the capture as root" },
	[SR_CODE_HMEM_THOUGH_CONTAINED] = { "HMEM_THOUGH_CONTAINED",
		"hmem took it although a committed region contains it; as a rule dax_hmem "
		"decided before the region was there",
		DISTRIBUTION, "have cxl_acpi and the drivers of the devices loaded before "
		"dax_hmem, in the initramfs too, then boot again with the devices in place; "
		"nothing on a kernel before v6.3, where hmem takes all" },
	[SR_CODE_HMEM_PLACED_BY_SIZE] = { "HMEM_PLACED_BY_SIZE",
		"taken to be hmem's, as a dax region of hmem without a dax device has just this "
		"size; its address is shown nowhere",
		KERNEL, "nothing; once a dax device is made in that dax region, its address "
		"is shown" },
	[SR_CODE_REGION_NOT_RAM] = { "REGION_NOT_RAM",
		"the region that contains it is not in ram mode, so it makes no dax region",
		ADMINISTRATOR, "use it as persistent memory, see `ndctl list -RN`; whether it "
		"is volatile is set in the firmware setup or on the device" },
	[SR_CODE_REGION_NO_DRIVER] = { "REGION_NO_DRIVER",
		"the region that contains it is not bound to its driver",
		ADMINISTRATOR, "bind it with `cxl enable-region`" },
	[SR_CODE_NO_DAX_REGION] = { "NO_DAX_REGION",
		"the region that contains it made no dax region, as where System RAM lies in it",
		KERNEL, "read in the kernel log whether the region \"has System RAM\"; "
		"nothing if that is this very memory, online through a dax device of hmem, "
		"else report it to the distribution" },
	[SR_CODE_DAX_REGION_NO_DRIVER] = { "DAX_REGION_NO_DRIVER",
		"the dax region of a CXL region here has no driver: dax_cxl is absent, or the "
		"range was taken first",
		KERNEL, "load dax_cxl if it is absent; if hmem.N has the range and none of "
		"its memory is in use, CXL gets it when hmem.N is unbound and dax_regionN is "
		"written to /sys/bus/cxl/drivers_probe" },
	[SR_CODE_NO_DAX_DEVICE] = { "NO_DAX_DEVICE",
		"its dax region has room but no dax device there",
		ADMINISTRATOR, "make one with `daxctl create-device`" },
	[SR_CODE_NO_DRIVER] = { "NO_DRIVER",
		"its dax device has no driver; kmem or device_dax can be bound",
		ADMINISTRATOR, "bind one with `daxctl reconfigure-device -m system-ram` or "
		"`-m devdax`; for system-ram to come by itself, have kmem loaded at boot" },
	[SR_CODE_NOT_CLAIMABLE] = { "NOT_CLAIMABLE",
		"no driver can bind its dax device: a node of /proc/iomem overlaps the device "
		"without containing it",
		FIRMWARE, "ask the vendor to make the ranges equal; until then, if hmem.N has "
		"it, regions are in the way and none of its memory is in use, unbind hmem.N "
		"and write each dax_regionN to /sys/bus/cxl/drivers_probe; if CXL has it, "
		"make dax devices with the bounds of the node" },
	[SR_CODE_CLAIMED_BY_OTHER] = { "CLAIMED_BY_OTHER",
		"no driver can bind its dax device: System RAM or another device has its range",
		ADMINISTRATOR, "nothing if that memory is the one in use; else take it "
		"offline first, and only then unbind its driver" },
	[SR_CODE_LEAKED] = { "LEAKED",
		"no driver can bind its dax device until reboot: kmem was unbound while memory "
		"blocks were online",
		ADMINISTRATOR, "boot again, and from then on take memory offline before kmem "
		"is unbound" },
	[SR_CODE_BLOCKS_OFFLINE] = { "BLOCKS_OFFLINE",
		"kmem has it, but not all its memory blocks are online",
		DISTRIBUTION, "bring it online with `daxctl online-memory`, or, where the "
		"device's attribute state says unplugged, by writing online to it; "
		"/sys/devices/system/memory/auto_online_blocks has the policy" },
	[SR_CODE_DRIVER_UNKNOWN] = { "DRIVER_UNKNOWN",
		"which driver its dax device has could not be read",
		ADMINISTRATOR, "run it again as root, or take the capture as root" },
	[SR_CODE_CLAIM_UNKNOWN] = { "CLAIM_UNKNOWN",
		"whether a driver can bind could not be told; as a rule /proc/iomem could not "
		"be read whole",
		ADMINISTRATOR, "run it again as root, or take the capture as root" },
	[SR_CODE_BLOCKS_UNKNOWN] = { "BLOCKS_UNKNOWN",
		"which of its memory blocks are online could not be read",
		ADMINISTRATOR, "run it again as root, or take the capture as root" },
	[SR_CODE_SOURCES_DISAGREE] = { "SOURCES_DISAGREE",
		"sources differ on what is Soft Reserved",
		ADMINISTRATOR, "compare the sources that are named; memmap= on the kernel "
		"command line and kexec make them differ" },
	[SR_CODE_MADE_BY_COMMAND_LINE] = { "MADE_BY_COMMAND_LINE",
		"made Soft Reserved by the kernel command line, not by firmware",
		ADMINISTRATOR, "take memmap= or efi_fake_mem= off the command line where this "
		"is not wanted" },
	[SR_CODE_MAKER_UNKNOWN] = { "MAKER_UNKNOWN",
		"whether firmware or the kernel command line made it Soft Reserved is not known",
		UNKNOWN, "look whether memmap= or efi_fake_mem= in /proc/cmdline is for this "
		"range; if so, take it off the command line where this is not wanted, else "
		"it is for the vendor to mend: see the reasons of the range" },
	[SR_CODE_OVERRIDDEN] = { "OVERRIDDEN",
		"Soft Reserved in the firmware's map, something else in the kernel's",
		ADMINISTRATOR, "take memmap= off the command line where this is not wanted" },
	[SR_CODE_WINDOW_DIFFERS] = { "WINDOW_DIFFERS",
		"a CXL window in /proc/iomem differs from its root decoder",
		FIRMWARE, "ask the vendor for a memory map of which no entry crosses the end "
		"of a CFMWS" },
	[SR_CODE_WINDOW_NOT_IN_IOMEM] = { "WINDOW_NOT_IN_IOMEM",
		"a root decoder has no CXL window in /proc/iomem",
		KERNEL, "look in /proc/iomem what lies there, and in the kernel log for "
		"\"Expanded resource\"" },
	[SR_CODE_REGION_WITHOUT_SOFT_RESERVED] = { "REGION_WITHOUT_SOFT_RESERVED",
		"a region that no Soft Reserved range touches",
		ADMINISTRATOR, "nothing; a region made at run time is like that" },
	[SR_CODE_HMEM_PLATFORMS] = { "HMEM_PLATFORMS",
		"more than one hmem_platform device; only cxl_test makes a second one",
		ADMINISTRATOR, "unload cxl_test" },
	[SR_CODE_HMEM_PLATFORM_NO_DRIVER] = { "HMEM_PLATFORM_NO_DRIVER",
		"an hmem_platform device has no driver, so hmem registers nothing",
		ADMINISTRATOR, "load dax_hmem, with cxl_acpi loaded before it; if it was "
		"unbound by hand, boot again, as from v7.1 on binding it brings back only "
		"what touches no CXL window" },
	[SR_CODE_HMEM_NO_DRIVER] = { "HMEM_NO_DRIVER",
		"an hmem device has no driver: its probe failed, or it was unbound",
		ADMINISTRATOR, "if nobody unbound it, read in the kernel log why its probe "
		"failed; error -12 is for a range that is not aligned to 2 MiB, or that "
		"another dax region has" },
	[SR_CODE_SOFT_RESERVE_OFF] = { "SOFT_RESERVE_OFF",
		"efi=nosoftreserve: booted through EFI, the kernel takes such memory as System "
		"RAM",
		ADMINISTRATOR, "take efi=nosoftreserve off the command line where this is not "
		"wanted" },
	[SR_CODE_HMEM_DISABLED] = { "HMEM_DISABLED",
		"device_hmem.disable keeps hmem from registering any range",
		ADMINISTRATOR, "take device_hmem.disable off the command line where this is "
		"not wanted" },
	[SR_CODE_MODULE_AWAY] = { "MODULE_AWAY",
		"a module that could take the memory is not loaded, or is kept from it",
		DISTRIBUTION, "take away what keeps it from loading, put it into the "
		"initramfs, and boot again; if this kernel does not have it, use one that does" },
	[SR_CODE_SOFT_RESERVED_INCOMPLETE] = { "SOFT_RESERVED_INCOMPLETE",
		"there may be Soft Reserved ranges that no readable source shows",
		ADMINISTRATOR, "run it again as root; a capture needs the kernel log of this "
		"boot from its beginning" },
	[SR_CODE_TOO_MANY] = { "TOO_MANY",
		"more ranges or windows than any machine has; the rest was left out",
		ADMINISTRATOR, "look at where the capture comes from" },
	[SR_CODE_TABLE_BROKEN] = { "TABLE_BROKEN",
		"an ACPI table does not keep to its format, and what follows in it was not read",
		FIRMWARE, "report the table to the vendor; `acpidump` has it" },
	[SR_CODE_NOT_ONE_TO_ONE] = { "NOT_ONE_TO_ONE",
		"Soft Reserved ranges and regions do not match one to one",
		FIRMWARE, "ask the vendor to make each Soft Reserved range, or each SRAT "
		"range that splits one, equal to one region" },
	[SR_CODE_UNSPLIT_WINDOWS] = { "UNSPLIT_WINDOWS",
		"a Soft Reserved range spans CXL windows, and SRAT and HMAT do not make the "
		"kernel split it there",
		FIRMWARE, "ask the vendor for a memory range in the SRAT for each window, and "
		"for an HMAT" },
	[SR_CODE_UNSPLIT_REGIONS] = { "UNSPLIT_REGIONS",
		"a Soft Reserved range spans regions, and SRAT and HMAT do not make the kernel "
		"split it there",
		FIRMWARE, "ask the vendor for a memory range in the SRAT for each region, and "
		"for an HMAT" },
	[SR_CODE_SOFT_RESERVED_BEYOND_WINDOW] = { "SOFT_RESERVED_BEYOND_WINDOW",
		"a Soft Reserved range begins or ends outside the CXL window that it touches",
		FIRMWARE, "ask the vendor to end the Soft Reserved entry where the CFMWS "
		"ends, or to widen the CFMWS" },
	[SR_CODE_WINDOW_WITHOUT_SRAT] = { "WINDOW_WITHOUT_SRAT",
		"memory in a CXL window is Soft Reserved, no region contains it, and no memory range "
		"of the SRAT lies in that window",
		FIRMWARE, "ask the vendor for memory ranges in the SRAT that cover what is "
		"Soft Reserved in the window" },
	[SR_CODE_NODE_MISMATCH] = { "NODE_MISMATCH",
		"a dax device is on another NUMA node than the tables give for its memory",
		FIRMWARE, "ask the vendor for one proximity domain for each window; if this "
		"kernel lacks phys_to_target_node(), ask the distribution for it" },
	[SR_CODE_WINDOW_USABLE] = { "WINDOW_USABLE",
		"the firmware's map calls memory in a CXL window usable: it became System RAM "
		"at boot, and no CXL driver owns it",
		FIRMWARE, "nothing if plain System RAM is wanted; else switch on special "
		"purpose memory (EFI_MEMORY_SP) for CXL memory in the firmware setup" },
	[SR_CODE_WINDOW_RESERVED] = { "WINDOW_RESERVED",
		"the firmware's map calls memory in a CXL window Reserved, so hmem does not "
		"take it, and no region can be created there",
		FIRMWARE, "nothing if it is an accelerator's; else ask the vendor to mark it "
		"Soft Reserved, or to leave it out of the map" },
	[SR_CODE_NO_MEMORY_SP] = { "NO_MEMORY_SP",
		"committed decoders map memory devices, but nothing is Soft Reserved",
		FIRMWARE, "nothing if the regions were made at run time; else switch on "
		"special purpose memory (EFI_MEMORY_SP) for CXL memory in the firmware setup, "
		"and boot through UEFI" },
	[SR_CODE_DECODER_OUTSIDE_WINDOWS] = { "DECODER_OUTSIDE_WINDOWS",
		"a committed endpoint decoder lies outside every CXL window",
		FIRMWARE, "set CXL addressing to system addresses in the firmware setup, or "
		"ask the vendor for a CFMWS over what the decoder covers" },
	[SR_CODE_WINDOW_NOT_DESCRIBED] = { "WINDOW_NOT_DESCRIBED",
		"a CFMWS of the CEDT and the root decoders do not match",
		FIRMWARE, "report the CEDT, the root decoders and what cxl_acpi said in the "
		"kernel log to the vendor" },
	[SR_CODE_SOFT_RESERVED_MISALIGNED] = { "SOFT_RESERVED_MISALIGNED",
		"a Soft Reserved range does not begin and end on multiples of 2 MiB",
		FIRMWARE, "ask the vendor for ranges that begin and end on multiples of 2 "
		"MiB, better of the memory block size" },
	[SR_CODE_LOST_BY_KEXEC] = { "LOST_BY_KEXEC",
		"booted by kexec, and what is Soft Reserved was handed on as Reserved",
		ADMINISTRATOR, "boot through the firmware, or load the next kernel with "
		"`kexec -s`" },
	[SR_CODE_ACCELERATOR_SOFT_RESERVED] = { "ACCELERATOR_SOFT_RESERVED",
		"memory of an accelerator (CXL type 2) is Soft Reserved: where its driver is "
		"late, hmem takes it",
		FIRMWARE, "ask the vendor to mark it Reserved; until then have the "
		"accelerator's driver loaded before dax_hmem, in the initramfs too" },
};
/* clang-format on */

/* Each begins with its code and ends before the next one's. */
static const struct {
	enum sr_code first;
	const char *title;
} groups[] = {
	{ SR_CODE_NO_WINDOW, "Why no committed region contains it" },
	{ SR_CODE_DECIDED_AS_WIDER, "What the kernel decides on, and how" },
	{ SR_CODE_NO_OWNER, "Who owns it" },
	{ SR_CODE_NO_DAX_DEVICE, "Why it is not in use" },
	{ SR_CODE_SOURCES_DISAGREE, "Notes about the machine, and about what was read" },
	{ SR_CODE_TABLE_BROKEN, "What firmware describes, judged across its tables" },
};

const char *sr_code_group(enum sr_code code)
{
	size_t index = sizeof(groups) / sizeof(*groups) - 1;

	while (groups[index].first > code)
		index--;
	return groups[index].title;
}

const char *sr_problem_owner_name(enum sr_problem_owner owner)
{
	static const char *const names[] = {
		[FIRMWARE] = "firmware",
		[KERNEL] = "kernel",
		[DISTRIBUTION] = "distribution policy",
		[ADMINISTRATOR] = "administrator",
		[UNKNOWN] = "unknown",
	};

	return names[owner];
}
