// SPDX-License-Identifier: GPL-2.0-only
/*
 * The parsers of texts against damaged ones. The damage is the same in every
 * run; a sanitizer sees what these checks cannot.
 */
#include <stdlib.h>
#include <time.h>

#include "base/cleanup.h"
#include "mutation.h"
#include "sources/iomem-text.h"
#include "sources/memory-map-text.h"
#include "tap.h"

#define ROUNDS 20000

static const char iomem[] = "00001000-0009fbff : System RAM\n"
			    "b0000000-bfffffff : PCI ECAM 0000 [bus 00-ff]\n"
			    "  b0000000-bfffffff : Reserved\n"
			    "1290000000-138fffffff : CXL Window 0\n"
			    "  1290000000-12afffffff : region0\n"
			    "    1290000000-12afffffff : Soft Reserved\n"
			    "      1290000000-12afffffff : dax0.0\n"
			    "        1290000000-12afffffff : System RAM (kmem)\n"
			    "fd00000000-ffffffffff : Reserved\n";

static const char kernel_log[] =
	"[    0.000000] Linux version 6.12.117 (debian@debian) (gcc) #1 SMP\n"
	"[    0.000000] Command line: console=ttyS0 quiet\n"
	"[    0.000000] BIOS-provided physical RAM map:\n"
	"[    0.000000] BIOS-e820: [mem 0x0000000000000400-0x000000000009fbff] usable\n"
	"[    0.000000] BIOS-e820: [mem 0x00000000fffc0000-0x00000000ffffffff] reserved\n"
	"[    0.000000] user-defined physical RAM map:\n"
	"[    0.000000] user: [mem 0x0000000000000400-0x000000000009fbff] usable\n"
	"[    0.000000] user: [gap 0x000000000009fc00-0x000000005fffffff]\n"
	"[    0.000000] user: [mem 0x0000000060000000-0x000000006fffffff] soft reserved\n"
	"[    0.000000] user: [mem 0x0000000070000000-0x000000007ffdffff] usable\n"
	"[    0.008579] e820: update [mem 0x00000000-0x00000fff] usable ==> reserved\n"
	"[    0.008579] e820: update [mem 0x68000000-0x6fffffff] soft reserved ==> usable\n"
	"[    0.008763] e820: remove [mem 0x000a0000-0x61ffffff] soft reserved\n"
	"[    0.107241] Kernel command line: console=ttyS0 quiet\n";

static bool is_sane_iomem(const struct sr_snapshot *snapshot,
			  const struct sr_iomem_outcome *outcome)
{
	for (size_t i = 0; i < snapshot->iomem.count; i++) {
		const struct sr_iomem_node *node = &snapshot->iomem.items[i];

		if (node->range.start > node->range.end || !node->label)
			return false;
		if (i && sr_range_compare(node[-1].range, node->range) > 0)
			return false;
	}
	return snapshot->iomem.count == (outcome->hidden ? 0 : outcome->node_count) &&
	       outcome->node_count + outcome->bad_count == outcome->line_count &&
	       outcome->line_count <= sizeof(iomem);
}

static void test_iomem(void)
{
	uint64_t state = 20251123;
	size_t insane = 0, nodes = 0;

	for (int round = 0; round < ROUNDS; round++) {
		sr_auto_free char *copy = malloc(sizeof(iomem));
		sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
		size_t length = mutate(iomem, sizeof(iomem) - 1, copy, &state);
		struct sr_iomem_outcome outcome;

		if (sr_iomem_parse(snapshot, copy, length, &outcome) != 0 ||
		    !is_sane_iomem(snapshot, &outcome))
			insane++;
		nodes += snapshot->iomem.count;
	}
	is_number(insane, 0, "damaged texts of /proc/iomem");
	ok(nodes > 5 * ROUNDS && nodes < 9 * ROUNDS, "of which some lines survive");
}

static bool is_sane_map(const struct sr_memory_map_text *map, const char *text, size_t length)
{
	for (size_t i = 0; i < map->last.entries.count; i++) {
		const struct sr_log_map_entry *entry = &map->last.entries.items[i];

		if (entry->range.start > entry->range.end || !entry->type.length)
			return false;
		if (entry->type.start < text ||
		    entry->type.start + entry->type.length > text + length)
			return false;
		if (entry->soft_reserved != sr_log_type_is_soft_reserved(entry->type))
			return false;
	}
	return map->last.entries.count + map->bad_count + map->map_count <= 30;
}

static void test_kernel_log(void)
{
	uint64_t state = 20251123;
	size_t insane = 0, entries = 0;

	for (int round = 0; round < ROUNDS; round++) {
		sr_auto_free char *copy = malloc(sizeof(kernel_log));
		size_t length = mutate(kernel_log, sizeof(kernel_log) - 1, copy, &state);
		struct sr_memory_map_text map;

		if (sr_memory_map_parse(copy, length, &map) != 0 ||
		    !is_sane_map(&map, copy, length))
			insane++;
		entries += map.last.entries.count;
		sr_memory_map_free(&map);
	}
	is_number(insane, 0, "damaged kernel logs");
	ok(entries > 2 * ROUNDS && entries < 6 * ROUNDS, "of which some entries survive");
}

/* More entries and changes than any kernel prints must not take minutes. */
static void test_many_changes(void)
{
	static const char entry[] = "user: [mem 0x1000-0x1fff] usable\n";
	static const char change[] = "e820: update [mem 0x1400-0x14ff] usable ==> usable\n";
	const size_t count = 500000;
	sr_auto_free char *text = malloc(count * (sizeof(entry) + sizeof(change)));
	struct sr_memory_map_text map;
	clock_t begin = clock();
	size_t length = 0;

	for (size_t i = 0; i < count; i++, length += sizeof(entry) - 1)
		memcpy(text + length, entry, sizeof(entry));
	for (size_t i = 0; i < count; i++, length += sizeof(change) - 1)
		memcpy(text + length, change, sizeof(change));
	is_number((uint64_t)sr_memory_map_parse(text, length, &map), 0, "parsed");
	printf("# 1000000 lines: %ld ms\n", (clock() - begin) / (CLOCKS_PER_SEC / 1000));
	is_number(map.last.entries.count, 16384, "entries are bounded");
	ok(map.bad_count > 900000, "the rest is counted");
	sr_memory_map_free(&map);
}

int main(void)
{
	test_iomem();
	test_kernel_log();
	test_many_changes();
	return tap_done();
}
