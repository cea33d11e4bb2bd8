// SPDX-License-Identifier: LGPL-2.1-or-later
/* The source iomem: /proc/iomem. */
#include "sources/source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "sources/iomem-text.h"

#define IOMEM_PATH  "/proc/iomem"
#define IOMEM_LIMIT ((size_t)64 << 20)

/* What is wrong with a text of which some could be used; @size is ample. */
static void describe_damage(const struct sr_iomem_outcome *outcome, char *text, size_t size)
{
	size_t used = 0;

	*text = '\0';
	if (outcome->too_long)
		used += (size_t)snprintf(text, size, "too many lines, only the first are used; ");
	if (outcome->bad_count == 1)
		used += (size_t)snprintf(text + used, size - used, "line %zu is not understood; ",
					 outcome->first_bad_line);
	if (outcome->bad_count > 1)
		used += (size_t)snprintf(text + used, size - used,
					 "%zu lines are not understood, the first is line %zu; ",
					 outcome->bad_count, outcome->first_bad_line);
	if (outcome->cut_off)
		used += (size_t)snprintf(text + used, size - used, "the last line is cut off; ");
	if (used)
		text[used - 2] = '\0';
}

static int note_hidden(struct sr_source_context *context, const struct sr_iomem_outcome *outcome)
{
	return sr_note(context, SR_SOURCE_IOMEM, SR_SOURCE_HIDDEN, IOMEM_PATH,
		       "addresses are hidden from ordinary users, %s as root; "
		       "it lists %zu Soft Reserved range%s and %zu CXL window%s",
		       context->live ? "run" : "take the capture", outcome->soft_reserved_count,
		       outcome->soft_reserved_count == 1 ? "" : "s", outcome->cxl_window_count,
		       outcome->cxl_window_count == 1 ? "" : "s");
}

static int note_outcome(struct sr_source_context *context, const struct sr_iomem_outcome *outcome)
{
	char damage[256];

	if (outcome->hidden)
		return note_hidden(context, outcome);
	describe_damage(outcome, damage, sizeof(damage));
	if (!outcome->node_count)
		return sr_note(context, SR_SOURCE_IOMEM, SR_SOURCE_UNREADABLE, IOMEM_PATH, "%s",
			       *damage ? damage : "empty");
	if (*damage)
		return sr_note(context, SR_SOURCE_IOMEM, SR_SOURCE_PARTIAL, IOMEM_PATH, "%s",
			       damage);
	return sr_note(context, SR_SOURCE_IOMEM, SR_SOURCE_OK, IOMEM_PATH, NULL);
}

int sr_read_iomem(struct sr_source_context *context)
{
	sr_auto_free char *text = NULL;
	struct sr_iomem_outcome outcome;
	size_t length;
	int error = sr_file_read(IOMEM_PATH, IOMEM_LIMIT, &text, &length);

	if (error == -ENOMEM)
		return error;
	if (error == -EFBIG)
		return sr_note(context, SR_SOURCE_IOMEM, SR_SOURCE_UNREADABLE, IOMEM_PATH,
			       "larger than 64 MiB");
	if (error == -EINVAL)
		return sr_note(context, SR_SOURCE_IOMEM, SR_SOURCE_UNREADABLE, IOMEM_PATH,
			       "not a regular file");
	if (error)
		return sr_note(context, SR_SOURCE_IOMEM, sr_state_of_error(error), IOMEM_PATH, "%s",
			       strerror(-error));
	error = sr_iomem_parse(context->snapshot, text, length, &outcome);
	if (error)
		return error;
	return note_outcome(context, &outcome);
}
