// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The manifest of a capture that is captured again. What was packed and what was denied
 * is seen from the files; the rest is known to the manifest alone.
 */
#include "capture/manifest.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/name-set.h"
#include "sources/recorded.h"

/* Its remarks that stay. The states are literals: a hostile manifest adds none of its own. */
static const char *const kept[] = { "failed", "ran", "redacted" };

static bool is_printable(const char *text)
{
	for (; *text; text++) {
		if ((*text < ' ' || *text > '~') && *text != '\t')
			return false;
	}
	return true;
}

static int carry_line(struct sr_capture *capture, char *line)
{
	char *rest = strchr(line, '\t');

	if (!rest || !is_printable(line))
		return 0;
	*rest++ = '\0';
	if (strcmp(line, "redact") == 0)
		capture->redacted = strcmp(rest, "yes") == 0;
	if (strcmp(line, "tool") == 0) {
		capture->tool = sr_pool_text(capture->pool, rest);
		return capture->tool ? 0 : -ENOMEM;
	}
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		if (strcmp(line, kept[i]) == 0)
			return sr_remark_add(capture, kept[i], rest, NULL);
	}
	return 0;
}

static bool is_denied(const struct sr_remark *remark)
{
	return strcmp(remark->state, "denied") == 0;
}

/* The paths of which there is another remark. */
static int find_told(struct sr_capture *capture, sr_name_set *told)
{
	const struct sr_remark *remark;

	sr_for_each (remark, &capture->remarks) {
		const char *path;

		if (is_denied(remark))
			continue;
		path = sr_pool_text_n(capture->pool, remark->text, strcspn(remark->text, "\t"));
		if (!path || sr_name_set_add(told, path))
			return -ENOMEM;
	}
	sr_name_set_sort(told);
	return 0;
}

/* A file that failed before, or was redacted, was found denied now: it is one line for each. */
static int drop_denied(struct sr_capture *capture)
{
	sr_cleanup(sr_name_set_free) sr_name_set told = { 0 };
	const struct sr_remark *remark;
	size_t count = 0;
	int error = find_told(capture, &told);

	if (error)
		return error;
	sr_for_each (remark, &capture->remarks) {
		if (!is_denied(remark) || !sr_name_set_has(&told, remark->text))
			capture->remarks.items[count++] = *remark;
	}
	capture->remarks.count = count;
	return 0;
}

int sr_manifest_carry(struct sr_capture *capture)
{
	sr_auto_free char *text = NULL;
	int error = sr_recorded_of_machine(&capture->of_machine, capture->reason);

	if (!error)
		error = sr_file_read(SR_RECORDED_MANIFEST, SR_RECORDED_MANIFEST_LIMIT, &text, NULL);
	if (error)
		return error == -ENOENT || error == -ENOTDIR ? 0 : error;
	for (char *line = text, *next; line && !error; line = next) {
		next = line;
		(void)strsep(&next, "\n");
		error = carry_line(capture, line);
	}
	return error ? error : drop_denied(capture);
}
