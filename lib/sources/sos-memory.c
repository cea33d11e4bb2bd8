// SPDX-License-Identifier: LGPL-2.1-or-later
/* The source memory-blocks of a sosreport: what lsmem printed. */
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "sources/memory-blocks.h"
#include "sources/sos-lsmem.h"
#include "sources/sos.h"

#define LIST_PATH  "/sos_commands/memory/lsmem_-a_-o_RANGE_SIZE_STATE_REMOVABLE_ZONES_NODE_BLOCK"
#define TEXT_LIMIT ((size_t)64 << 20)

int sr_sos_read_memory_blocks(struct sr_source_context *context)
{
	sr_auto_range_list sr_range_list wanted = { 0 };
	sr_auto_free char *text = NULL;
	size_t length, unreadable;
	int error = sr_file_read(LIST_PATH, TEXT_LIMIT, &text, &length);

	if (error == -ENOMEM || sr_memory_blocks_wanted(context->snapshot, &wanted))
		return -ENOMEM;
	if (error)
		return sr_note(
			context, SR_SOURCE_MEMORY_BLOCKS, SR_SOURCE_UNREADABLE, LIST_PATH, "%s",
			error == -ENOENT ? "it is missing: the plugin memory did not run, or "
					   "there was no lsmem"
					 : strerror(-error));
	error = sr_lsmem_parse(context->snapshot, text, length, &wanted, &unreadable);
	if (error == -ENOMEM)
		return error;
	if (error)
		return sr_note(context, SR_SOURCE_MEMORY_BLOCKS, SR_SOURCE_UNREADABLE, LIST_PATH,
			       "it is not what lsmem prints, or not all of it");
	if (unreadable)
		return sr_note(context, SR_SOURCE_MEMORY_BLOCKS, SR_SOURCE_PARTIAL, LIST_PATH,
			       "the state of %zu blocks is unknown", unreadable);
	return sr_note(context, SR_SOURCE_MEMORY_BLOCKS, SR_SOURCE_OK, LIST_PATH, NULL);
}
