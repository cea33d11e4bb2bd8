// SPDX-License-Identifier: GPL-2.0-only
/* sources/sos-lsmem.h: what lsmem prints, good and broken. */
#include "sources/sos-lsmem.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "build.h"
#include "mutation.h"
#include "tap.h"

#define ROUNDS 4000

#define HEAD                                                                                 \
	"RANGE                                  SIZE   STATE REMOVABLE          ZONES NODE " \
	"BLOCK\n"
#define SUMS "\nMemory block size:       128M\nTotal online memory:     384M\n"

static const char good[] = HEAD
	"0x0000000000000000-0x0000000007ffffff  128M  online       yes           None    0     0\n"
	"0x0000001290000000-0x0000001297ffffff  128M  online       yes         Normal    1   594\n"
	"0x0000001298000000-0x000000129fffffff  128M offline           Normal/Movable    1   595\n"
	"0x00000012a0000000-0x00000012a7ffffff  128M  online       yes Movable/Normal    1   596\n"
	"0x00000012a8000000-0x00000012afffffff  128M on->off       yes        Unknown    1   "
	"597\n" SUMS;

static int parse(struct sr_snapshot *snapshot, const char *text, size_t *ret_unreadable)
{
	sr_auto_range_list sr_range_list wanted = { 0 };
	const struct sr_range range = { 0x1290000000, 0x12afffffff };

	if (sr_range_list_add(&wanted, range))
		abort();
	return sr_lsmem_parse(snapshot, text, strlen(text), &wanted, ret_unreadable);
}

static void test_good(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
	const struct sr_memory_block *block;
	size_t unreadable = 0;

	is_number(parse(snapshot, good, &unreadable), 0, "what lsmem prints");
	is_number(snapshot->memory_block_size.value, 128 << 20, "the size of blocks");
	is_number(snapshot->memory_blocks.count, 4, "those that are wanted");
	block = snapshot->memory_blocks.items;
	ok(block[0].id == 594 && block[0].range.start == 0x1290000000, "which, and where");
	is_number(block[0].state, SR_BLOCK_ONLINE, "online");
	is_text(block[0].zone.value, "Normal", "its zone");
	ok(block[0].node.known && block[0].node.value == 1, "its node");
	is_number(block[1].state, SR_BLOCK_OFFLINE, "offline");
	ok(block[1].zone.known && !block[1].zone.value, "which is in no zone");
	is_text(block[2].zone.value, "Movable", "the first zone is the one it is in");
	is_number(block[3].state, SR_BLOCK_UNKNOWN, "on its way");
	is_number(unreadable, 1, "and that is said");
}

static void is_refused(const char *text, const char *what)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
	size_t unreadable = 0;

	ok(parse(snapshot, text, &unreadable) == -EINVAL && !snapshot->memory_block_size.known &&
		   !snapshot->memory_blocks.count,
	   what);
}

#define BLOCK_A "0x0000001290000000-0x0000001297ffffff  128M online yes Normal 1 594\n"
#define BLOCK_B "0x0000001298000000-0x000000129fffffff  128M online yes Normal 1 595\n"

static void test_refused(void)
{
	is_refused("", "nothing");
	is_refused("lsmem: failed\n", "a message");
	is_refused(HEAD SUMS, "no blocks");
	is_refused(HEAD BLOCK_A BLOCK_B, "no sums: it may have been cut off");
	is_refused(HEAD BLOCK_A "\n", "nor here");
	is_refused(BLOCK_A SUMS, "no header");
	is_refused("RANGE SIZE STATE BLOCK NODE ZONES REMOVABLE\n" BLOCK_A SUMS, "another order");
	is_refused(HEAD BLOCK_B BLOCK_A SUMS, "blocks that do not ascend");
	is_refused(HEAD BLOCK_A BLOCK_A SUMS, "a block twice");
	is_refused(HEAD BLOCK_A "0x0000001298000000-0x00000012a7ffffff 256M online\n" SUMS,
		   "blocks of two sizes, as without -a");
	is_refused(HEAD "0x0000001290000000-0x000000129fefffff 255M online\n" SUMS,
		   "a size that blocks do not have");
	is_refused(HEAD "0x0000001291000000-0x0000001298ffffff 128M online\n" SUMS,
		   "a block that is not aligned");
	is_refused(HEAD "0x1290000000-1297ffffff 128M online yes Normal 1 594\n" SUMS, "no range");
	is_refused(HEAD "0x1297ffffff-0x1290000000 128M online yes Normal 1 594\n" SUMS,
		   "one that ends before its start");
	is_refused(HEAD "0x1290000000-0x1297ffffff 128M\n" SUMS, "a line without a state");
	is_refused(HEAD "0x1290000000-0x1297ffffff 128M online yes Normal 1 594 7\n" SUMS,
		   "a line with more than there are columns");
}

static void test_slipped(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
	size_t unreadable;

	is_number(parse(snapshot, HEAD "0x1290000000-0x1297ffffff 128M online yes 1 594\n" SUMS,
			&unreadable),
		  0, "an empty column");
	ok(!snapshot->memory_blocks.items[0].zone.known &&
		   !snapshot->memory_blocks.items[0].node.known,
	   "leaves zone and node unknown");
}

static void test_damaged(void)
{
	uint64_t state = 20260301;
	size_t insane = 0, found = 0;

	for (int round = 0; round < ROUNDS; round++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
		sr_auto_free char *copy = build_need(malloc(sizeof(good)));
		size_t unreadable;

		mutate(good, sizeof(good) - 1, copy, &state);
		if (parse(snapshot, copy, &unreadable) == -ENOMEM)
			abort();
		insane += snapshot->memory_blocks.count && !snapshot->memory_block_size.known;
		found += snapshot->memory_blocks.count;
	}
	is_number(insane, 0, "damaged lists");
	ok(found > 100, "of which some can be read");
}

int main(void)
{
	test_good();
	test_refused();
	test_slipped();
	test_damaged();
	return tap_done();
}
