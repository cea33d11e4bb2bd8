// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What happened, in a few sentences for those who know Linux and not CXL: who was to
 * take the memory, who did, and what is in the way.
 */
#include "evidence/gathering.h"

/* The firmware's map, where it was read, tells who; without it the command line may have. */
static const char *maker_of(struct sr_gathering *gathering)
{
	const char *option = sr_making_option(gathering);

	if (option)
		return sr_say(gathering, "%s on the kernel command line", option);
	return sr_doubtful_option(gathering) ? "Firmware, or an option on the kernel command line,"
					     : "Firmware";
}

static const char *set_aside(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;

	return sr_say(
		gathering,
		"%s set %s at %s aside as Soft Reserved: memory for a special purpose, which "
		"the kernel does not use as RAM at boot. It leaves such memory to CXL, which "
		"takes it where a CXL region (a range of addresses that CXL devices answer to) "
		"contains it, or to the driver dax_hmem.",
		maker_of(gathering), sr_say_size(gathering, sr_range_size(unit->range)),
		sr_say_range(gathering, unit->range));
}

/* Who has it, and by what right. */
static const char *owner_words(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;

	switch (unit->owner) {
	case SR_OWNER_CXL:
		if (unit->region)
			return sr_say(gathering, "CXL has it, as %s contains it.",
				      unit->region->name);
		return unit->contained == SR_NO ? "CXL has it, as far as CXL regions reach."
						: "CXL has it, by a region that could not be read.";
	case SR_OWNER_HMEM:
		if (unit->contained == SR_YES)
			return sr_say(gathering,
				      "dax_hmem has it, although %s, a CXL region, contains it.",
				      unit->region->name);
		return sr_say(gathering, "dax_hmem has it, as CXL did not take it: %s.",
			      sr_clause_of_cxl(gathering));
	case SR_OWNER_MIXED:
		return "CXL has a part of it and dax_hmem another.";
	default:
		return "Who has it could not be read.";
	}
}

static const char *lost_words(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	const char *size = sr_say_size(gathering, unit->lost.value);
	struct sr_range gap = unit->range;

	if (unit->owner == SR_OWNER_NONE)
		return sr_say(gathering,
			      "CXL did not take it: %s. dax_hmem did not take it either: %s. So it "
			      "has no owner: %s are neither RAM nor a "
			      "device.",
			      sr_clause_of_cxl(gathering), sr_clause_of_hmem(gathering), size);
	sr_first_gap(gathering, &gap);
	return sr_say(gathering,
		      "%s But %s have no owner, and are neither RAM nor a device: %s. CXL did not "
		      "take that: %s. dax_hmem did not take it either: %s.",
		      owner_words(gathering), size, sr_say_range(gathering, gap),
		      sr_clause_of_cxl(gathering), sr_clause_of_hmem(gathering));
}

static const char *unusable_words(struct sr_gathering *gathering)
{
	const struct sr_range_device *blocked = sr_blocked_device(gathering);

	if (!blocked)
		return sr_say(gathering, "%s But no driver can use it.", owner_words(gathering));
	return sr_say(
		gathering,
		"%s Its dax device %s could be RAM by the driver kmem, or a character device "
		"by device_dax, but neither can be bound: %s. So the memory has an owner, and "
		"nobody can use it.",
		owner_words(gathering), blocked->device->name,
		sr_clause_of_blocker(gathering, blocked));
}

static const char *idle_words(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	const char *owner = owner_words(gathering);

	if (sr_has_why(unit, SR_CODE_NO_DAX_DEVICE))
		return sr_say(gathering,
			      "%s But not all of it is in a dax device, by which alone memory of "
			      "this kind can be used. Nothing is broken: such a device only has to "
			      "be made.",
			      owner);
	if (sr_has_why(unit, SR_CODE_NO_DRIVER))
		return sr_say(gathering,
			      "%s But %s has no driver, so it is neither RAM nor a device that "
			      "programs can open. Nothing is broken: a driver (kmem for RAM, "
			      "device_dax for a character device) only has to be bound.",
			      owner, sr_say_devices(gathering));
	if (!unit->online.value)
		return sr_say(gathering,
			      "%s The driver kmem could make RAM of it, but none of it is online. "
			      "Nothing is broken: it only has to be brought online.",
			      owner);
	return sr_say(
		gathering,
		"%s The driver kmem makes RAM of it, but only %s of %s are online. Nothing is "
		"broken: the rest only has to be brought online.",
		owner, sr_say_size(gathering, unit->online.value),
		sr_say_size(gathering, sr_range_size(unit->range)));
}

static const char *use_words(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;

	if (unit->accelerator == SR_YES && !unit->devices.count)
		return "It is memory of an accelerator, and for the accelerator's own driver.";
	if (unit->online.known && unit->online.value)
		return sr_say(gathering, "It works: %s of it are online as ordinary RAM.",
			      sr_say_size(gathering, unit->online.value));
	return sr_say(gathering,
		      "It works: %s has a driver, which does not make RAM of it but gives it to "
		      "programs.",
		      sr_say_devices(gathering));
}

static const char *ok_words(struct sr_gathering *gathering)
{
	const struct sr_range_report *unit = gathering->unit;
	const char *owner = owner_words(gathering), *order = "";

	if (sr_has_why(unit, SR_CODE_HMEM_BEFORE_WINDOWS))
		order = " dax_hmem decided before cxl_acpi had made the CXL windows known; in "
			"another order CXL would have it.";
	else if (unit->agrees == SR_NO)
		order = " That is not what this kernel's rule gives for the machine as it is now: "
			"something changed since dax_hmem decided, which it does when it is "
			"loaded.";
	return sr_say(gathering, "%s%s %s", owner, order, use_words(gathering));
}

static const char *unknown_words(struct sr_gathering *gathering)
{
	const enum sr_code *cause = gathering->evidence->cause;

	if (cause && *cause == SR_CODE_UNSETTLED)
		return "Nobody has it yet; but CXL had not come to its end when this was read, so "
		       "that may change by itself.";
	if (gathering->unit->owner != SR_OWNER_UNKNOWN && gathering->unit->owner != SR_OWNER_NONE)
		return sr_say(gathering, "%s Whether it can be used is not known: %s.",
			      owner_words(gathering),
			      cause ? sr_codes[*cause].sentence : "not enough could be read");
	return sr_say(gathering, "What became of it is not known: %s.",
		      cause ? sr_codes[*cause].sentence : "not enough could be read");
}

void sr_tell_happened(struct sr_gathering *gathering)
{
	static const char *(*const words[])(struct sr_gathering *) = {
		[SR_STATE_OK] = ok_words,	    [SR_STATE_IDLE] = idle_words,
		[SR_STATE_UNKNOWN] = unknown_words, [SR_STATE_UNUSABLE] = unusable_words,
		[SR_STATE_LOST] = lost_words,
	};
	const char *first = set_aside(gathering);

	gathering->evidence->happened =
		sr_say(gathering, "%s %s", first, words[gathering->unit->state](gathering));
}
