// SPDX-License-Identifier: LGPL-2.1-or-later
#include "capture/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text-stream.h"
#include "capture/rows.h"
#include "config.h"
#include "sources/recorded.h"

const char sr_manifest_tool[] = "cxl-sr " CXL_SR_VERSION;

static int compare_remarks(const void *a, const void *b)
{
	const struct sr_remark *one = a, *other = b;
	int order = strcmp(one->state, other->state);

	return order ? order : strcmp(one->text, other->text);
}

/* Some members are made, and a machine has no file of that name. */
static size_t count_of(const struct sr_capture *capture, size_t i)
{
	const struct sr_row *row = &sr_rows[i];

	if (row->kind == SR_ROW_RECORDED || (row->kind == SR_ROW_FILE && !strpbrk(row->path, "*[")))
		return sr_member_find(capture, row->path) != NULL;
	return capture->found.items[i];
}

static void write_rows(FILE *stream, const struct sr_capture *capture)
{
	for (size_t i = 0; i < sr_row_count; i++) {
		const struct sr_row *row = &sr_rows[i];
		size_t found = count_of(capture, i);

		if (row->kind == SR_ROW_ATTRIBUTE || row->kind == SR_ROW_RELATION)
			continue;
		fprintf(stream, "%s\t%s%s\t%zu\n", found ? "packed" : "absent",
			row->kind == SR_ROW_RELEASE ? "lib/modules/RELEASE/" : "", row->path,
			found);
	}
}

/* Each once: a file that is in two rows of the table could not be read twice. */
static void write_remarks(FILE *stream, const struct sr_capture *capture)
{
	const struct sr_remark *remark, *before = NULL;

	sr_for_each (remark, &capture->remarks) {
		if (!before || compare_remarks(before, remark) != 0)
			fprintf(stream, "%s\t%s\n", remark->state, remark->text);
		before = remark;
	}
}

char *sr_manifest_text(const struct sr_capture *capture)
{
	char *text = NULL;
	size_t size;
	FILE *stream = sr_text_open(&text, &size);

	if (!stream)
		return NULL;
	if (capture->remarks.count)
		qsort(capture->remarks.items, capture->remarks.count,
		      sizeof(*capture->remarks.items), compare_remarks);
	fprintf(stream, SR_RECORDED_FORMAT "\ntool\t%s\n%s\nredact\t%s\n", capture->tool,
		capture->of_machine ? SR_RECORDED_OF_MACHINE : SR_RECORDED_OF_CAPTURE,
		capture->redacted ? "yes" : "no");
	write_rows(stream, capture);
	write_remarks(stream, capture);
	if (sr_text_close(stream) == 0)
		return text;
	free(text);
	return NULL;
}
