// SPDX-License-Identifier: GPL-2.0-only
/* judgement/claim.h: what __request_region() would say. */
#include "judgement/claim.h"

#include "build.h"
#include "tap.h"

static const char *const names[] = { "possible", "narrower", "taken" };

/* "possible", or "narrower 2000-2fff" with the node in the way; a static buffer. */
static const char *check(const struct sr_snapshot *snapshot, uint64_t start, uint64_t end)
{
	static char text[64];
	sr_auto_claims struct sr_claims *claims = NULL;
	const struct sr_iomem_node *node = NULL;
	enum sr_claim claim;

	if (sr_claims_new(snapshot->iomem.items, snapshot->iomem.count, &claims) != 0)
		return NULL;
	claim = sr_claim_check(claims, span(start, end), &node);
	if (node)
		snprintf(text, sizeof(text), "%s %jx-%jx", names[claim],
			 (uintmax_t)node->range.start, (uintmax_t)node->range.end);
	else
		snprintf(text, sizeof(text), "%s", names[claim]);
	return text;
}

static void add(struct sr_snapshot *snapshot, uint64_t start, uint64_t end, enum sr_iomem_kind kind)
{
	build_iomem(snapshot, span(start, end), kind, "node");
}

static void test_empty(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	is_text(check(snapshot, 0, UINT64_MAX), "possible", "no node is in the way");
	ok(!sr_claims_free(NULL), "nothing is freed");
}

static const struct {
	uint64_t start, end;
	bool possible;
	const char *what;
} around[] = {
	{ 0x2000, 0x2fff, true, "equal" },
	{ 0x2001, 0x2fff, true, "inside, the same end" },
	{ 0x2000, 0x2ffe, true, "inside, the same start" },
	{ 0x1000, 0x1fff, true, "before" },
	{ 0x3000, 0x3fff, true, "behind" },
	{ 0x1fff, 0x2fff, false, "a byte more before" },
	{ 0x2000, 0x3000, false, "a byte more behind" },
	{ 0x1fff, 0x3000, false, "around" },
	{ 0x1000, 0x2000, false, "its first byte" },
	{ 0x2fff, 0x3fff, false, "its last byte" },
	{ 0, UINT64_MAX, false, "all of memory" },
};

static void test_one_node(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	add(snapshot, 0x2000, 0x2fff, SR_IOMEM_REGION);
	for (size_t i = 0; i < sizeof(around) / sizeof(*around); i++)
		is_text(check(snapshot, around[i].start, around[i].end),
			around[i].possible ? "possible" : "narrower 2000-2fff", around[i].what);
}

/* A node that is claimed may not even contain the range. */
static void test_taken_node(void)
{
	static const enum sr_iomem_kind kinds[] = { SR_IOMEM_SYSTEM_RAM, SR_IOMEM_DAX_DEVICE };

	for (size_t k = 0; k < 2; k++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

		add(snapshot, 0x2000, 0x2fff, kinds[k]);
		for (size_t i = 0; i < sizeof(around) / sizeof(*around); i++) {
			bool touches = around[i].end >= 0x2000 && around[i].start <= 0x2fff;
			bool inside = around[i].start >= 0x2000 && around[i].end <= 0x2fff;
			const char *wanted = inside    ? "taken 2000-2fff"
					     : touches ? "narrower 2000-2fff"
						       : "possible";

			is_text(check(snapshot, around[i].start, around[i].end), wanted,
				around[i].what);
		}
	}
}

static void test_kinds(void)
{
	static const enum sr_iomem_kind free_kinds[] = {
		SR_IOMEM_OTHER,	 SR_IOMEM_SOFT_RESERVED, SR_IOMEM_CXL_WINDOW,
		SR_IOMEM_REGION, SR_IOMEM_HMEM,
	};

	for (size_t i = 0; i < sizeof(free_kinds) / sizeof(*free_kinds); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

		add(snapshot, 0x2000, 0x2fff, free_kinds[i]);
		is_text(check(snapshot, 0x2000, 0x2fff), "possible", "a node that is not claimed");
		is_text(check(snapshot, 0x1fff, 0x2fff), "narrower 2000-2fff", "but narrower");
	}
}

static void test_nested(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	add(snapshot, 0x1000, 0x8fff, SR_IOMEM_CXL_WINDOW);
	add(snapshot, 0x2000, 0x5fff, SR_IOMEM_REGION);
	add(snapshot, 0x2000, 0x3fff, SR_IOMEM_SOFT_RESERVED);
	is_text(check(snapshot, 0x2000, 0x3fff), "possible", "all three contain it");
	is_text(check(snapshot, 0x4000, 0x5fff), "possible", "two contain it, one does not touch");
	is_text(check(snapshot, 0x3fff, 0x4000), "narrower 2000-3fff", "across the innermost");
	is_text(check(snapshot, 0x5000, 0x6000), "narrower 2000-5fff", "across the middle");
	is_text(check(snapshot, 0x8000, 0x9000), "narrower 1000-8fff", "across the outermost");
	is_text(check(snapshot, 0x6000, 0x8fff), "possible", "only in the outermost");
}

/* Of two nodes that are in the way, the one that does not contain the range is told. */
static void test_both(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	add(snapshot, 0x1000, 0x1fff, SR_IOMEM_REGION);
	add(snapshot, 0x2000, 0x2fff, SR_IOMEM_SYSTEM_RAM);
	add(snapshot, 0x3000, 0x3fff, SR_IOMEM_DAX_DEVICE);
	is_text(check(snapshot, 0x1000, 0x2fff), "narrower 2000-2fff", "the later one");
	is_text(check(snapshot, 0x2800, 0x3fff), "narrower 3000-3fff",
		"the one that starts inside");
	is_text(check(snapshot, 0x1800, 0x1fff), "possible", "neither");
	add(snapshot, 0x0000, 0xffff, SR_IOMEM_SYSTEM_RAM);
	is_text(check(snapshot, 0x4000, 0x4fff), "taken 0-ffff", "one that started long before");
}

static void test_own_node(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_claims struct sr_claims *claims = NULL;
	struct sr_range range = { 0x1000, 0x4fff };

	build_iomem(snapshot, range, SR_IOMEM_REGION, "region0");
	build_iomem(snapshot, (struct sr_range){ 0x2000, 0x3fff }, SR_IOMEM_DAX_DEVICE, "dax0.0");
	build_iomem(snapshot, (struct sr_range){ 0x2000, 0x2fff }, SR_IOMEM_SYSTEM_RAM,
		    "System RAM (kmem)");
	ok(sr_claims_new(snapshot->iomem.items, snapshot->iomem.count, &claims) == 0,
	   "there are claims");
	ok(sr_claim_own_node(claims, range, "dax0.0") == &snapshot->iomem.items[1], "its own");
	ok(!sr_claim_own_node(claims, range, "dax0.1"), "that of another device");
	ok(!sr_claim_own_node(claims, (struct sr_range){ 0x3000, 0x4fff }, "dax0.0"),
	   "what starts before is not its own");
}

static void test_ends(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();

	add(snapshot, 0, 0, SR_IOMEM_REGION);
	add(snapshot, UINT64_MAX, UINT64_MAX, SR_IOMEM_REGION);
	add(snapshot, UINT64_MAX - 0xffe, UINT64_MAX, SR_IOMEM_REGION);
	is_text(check(snapshot, 0, 0), "possible", "the first byte");
	is_text(check(snapshot, UINT64_MAX, UINT64_MAX), "possible", "the last byte");
	is_text(check(snapshot, 0, 1), "narrower 0-0", "the first two");
	is_text(check(snapshot, UINT64_MAX - 1, UINT64_MAX),
		"narrower ffffffffffffffff-ffffffffffffffff", "the last two");
	is_text(check(snapshot, UINT64_MAX - 0xfff, UINT64_MAX - 1),
		"narrower fffffffffffff001-ffffffffffffffff", "all but the last byte");
	is_text(check(snapshot, 1, UINT64_MAX - 0xfff), "possible", "all between");
}

int main(void)
{
	test_empty();
	test_one_node();
	test_taken_node();
	test_kinds();
	test_nested();
	test_both();
	test_own_node();
	test_ends();
	return tap_done();
}
