// SPDX-License-Identifier: GPL-2.0-only
/* Text of /proc/iomem: its ranges are ranges, sorted, and each line is counted once. */
#include "base/cleanup.h"
#include "sources/iomem-text.h"
#include "targets.h"

static void check(const struct sr_snapshot *snapshot, const struct sr_iomem_outcome *outcome,
		  size_t size)
{
	for (size_t i = 0; i < snapshot->iomem.count; i++) {
		const struct sr_iomem_node *node = &snapshot->iomem.items[i];

		must(node->range.start <= node->range.end, "a range ends before it starts");
		must(node->label, "a node has no label");
		must(node->kind == sr_iomem_kind_of(node->label), "another kind");
		must(!i || sr_range_compare(node[-1].range, node->range) <= 0, "not sorted");
	}
	must(snapshot->iomem.count == (outcome->hidden ? 0 : outcome->node_count),
	     "%zu nodes of %zu", snapshot->iomem.count, outcome->node_count);
	must(outcome->node_count + outcome->bad_count == outcome->line_count, "lines went lost");
	must(outcome->line_count <= size, "more lines than bytes");
	must((outcome->first_bad_line != 0) == (outcome->bad_count != 0), "which line is bad");
}

FUZZ_RUN(fuzz_iomem)
{
	sr_auto_free char *text = fuzz_text(data, size);
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	struct sr_iomem_outcome outcome;

	must(snapshot && !sr_iomem_parse(snapshot, text, size, &outcome), "no memory");
	check(snapshot, &outcome, size);
}
