// SPDX-License-Identifier: LGPL-2.1-or-later
/* What the memory map says: who made this memory Soft Reserved. */
#include "evidence/gathering.h"
#include "snapshot/command-line.h"

static bool has_option(const struct sr_kernel *kernel, const char *prefix)
{
	const char *at = kernel->command_line.value;
	struct sr_kernel_option option;

	while (sr_kernel_option_next(&at, &option)) {
		if (sr_kernel_option_is(option, prefix))
			return true;
	}
	return false;
}

/* The firmware's own map, which the command line does not change, has it otherwise. */
static bool firmware_differs(const struct sr_gathering *gathering)
{
	return sr_source_is_whole(gathering->snapshot, SR_SOURCE_FIRMWARE_MEMMAP) &&
	       !(gathering->unit->sources & 1U << SR_SOURCE_FIRMWARE_MEMMAP);
}

/* The first of those that are there; NULL for none. */
static const char *find_option(const struct sr_kernel *kernel)
{
	static const char *const options[] = { "memmap=", "efi_fake_mem=" };

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		if (has_option(kernel, options[i]))
			return options[i];
	}
	return NULL;
}

const char *sr_making_option(const struct sr_gathering *gathering)
{
	return gathering->unit->made_by_command_line == SR_YES
		       ? find_option(&gathering->snapshot->kernel)
		       : NULL;
}

const char *sr_doubtful_option(const struct sr_gathering *gathering)
{
	const char *option = find_option(&gathering->snapshot->kernel);

	if (gathering->unit->made_by_command_line != SR_UNKNOWN)
		return NULL;
	return option ? option : "an option";
}

static void add_firmware_entry(struct sr_gathering *gathering,
			       const struct sr_memory_map_entry *entry)
{
	const char *folder =
		sr_say(gathering, "/sys/firmware/memmap/%ju", (uintmax_t)entry->number.value);

	sr_fact_text(gathering, folder, "type", sr_text_of(entry->type));
	sr_fact_hex(gathering, folder, "start", sr_u64_of(entry->range.start));
	sr_fact_hex(gathering, folder, "end", sr_u64_of(entry->range.end));
}

/* As e820__print_table() of arch/x86/kernel/e820.c words a line. */
static void add_log_entry(struct sr_gathering *gathering, const struct sr_memory_map_entry *entry)
{
	const char *path = gathering->snapshot->notes[SR_SOURCE_KERNEL_LOG].path;

	if (path)
		sr_fact(gathering, path,
			sr_say(gathering, "[mem 0x%016jx-0x%016jx] %s",
			       (uintmax_t)entry->range.start, (uintmax_t)entry->range.end,
			       entry->type));
}

static void add_entries(struct sr_gathering *gathering, enum sr_source_id source)
{
	const struct sr_memory_map_entry *entry;

	sr_for_each (entry, &gathering->snapshot->memory_map) {
		if (entry->source != source ||
		    !sr_range_overlaps(entry->range, gathering->unit->range))
			continue;
		if (source == SR_SOURCE_KERNEL_LOG)
			add_log_entry(gathering, entry);
		else if (entry->number.known)
			add_firmware_entry(gathering, entry);
	}
}

static void add_nodes(struct sr_gathering *gathering)
{
	const struct sr_iomem_node *node;

	sr_for_each (node, &gathering->snapshot->iomem) {
		if (node->kind == SR_IOMEM_SOFT_RESERVED &&
		    sr_range_overlaps(node->range, gathering->unit->range))
			sr_fact_node(gathering, node);
	}
}

/* That the firmware's map has nothing there is told by its folder as a whole. */
static void add_facts(struct sr_gathering *gathering)
{
	size_t before;

	add_nodes(gathering);
	add_entries(gathering, SR_SOURCE_KERNEL_LOG);
	before = sr_fact_count(gathering);
	add_entries(gathering, SR_SOURCE_FIRMWARE_MEMMAP);
	if (firmware_differs(gathering) && sr_fact_count(gathering) == before)
		sr_fact(gathering, "/sys/firmware/memmap", "(has no entry here)");
	sr_fact_options(gathering, "memmap=");
	sr_fact_options(gathering, "efi_fake_mem=");
	sr_fact_source(gathering, SR_SOURCE_FIRMWARE_MEMMAP);
}

void sr_gather_map(struct sr_gathering *gathering)
{
	enum sr_evidence_says says = SR_EVIDENCE_YES;
	const char *text = "The memory map marks it Soft Reserved: memory that firmware sets aside "
			   "for a special purpose (EFI_MEMORY_SP). The kernel does not use it as "
			   "RAM at boot but leaves it to a driver.";

	if (sr_making_option(gathering)) {
		says = SR_EVIDENCE_INFO;
		text = "The kernel command line makes it Soft Reserved, not the firmware, whose "
		       "own "
		       "map has it otherwise. Soft Reserved memory is set aside for a special "
		       "purpose: the kernel does not use it as RAM at boot but leaves it to a "
		       "driver.";
	} else if (sr_doubtful_option(gathering) && !firmware_differs(gathering)) {
		says = SR_EVIDENCE_INFO;
		text = sr_say(
			gathering,
			"The kernel has it as Soft Reserved: set aside for a special purpose, "
			"which it does not use as RAM at boot but leaves to a driver. The "
			"firmware's own map could not be read, so whether firmware made it "
			"that, or %s on the kernel command line, is not known.",
			sr_doubtful_option(gathering));
	} else if (firmware_differs(gathering)) {
		says = SR_EVIDENCE_NO;
		text = "The kernel has it as Soft Reserved (memory for a special purpose, which is "
		       "not used as RAM at boot but left to a driver), yet the firmware's own map "
		       "has it otherwise, or with other bounds. After a kexec the two can differ.";
	}
	sr_step(gathering, "firmware map", says, text);
	add_facts(gathering);
}
