// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * deferred_devs_show() of drivers/base/dd.c: "NAME", a tab, and "DRIVER: REASON" where
 * one was given (since v5.9, before that the name alone). The end of the line is the
 * reason's own, so a driver that forgot it has the next device on its line.
 */
#include "sources/deferred-text.h"

#include <errno.h>
#include <string.h>

#include "sources/log-line.h"

/* As many devices as are looked at elsewhere. */
#define LINE_LIMIT 65536

static bool is_name(struct sr_piece piece)
{
	return piece.length && sr_piece_is_printable(piece) &&
	       !memchr(piece.start, ' ', piece.length);
}

static int add_probe(struct sr_snapshot *snapshot, struct sr_piece name, struct sr_piece reason)
{
	struct sr_deferred_probe *probe = sr_list_add(&snapshot->enumeration.deferred);

	if (!probe)
		return -ENOMEM;
	probe->device = sr_pool_text_n(snapshot->pool, name.start, name.length);
	if (!probe->device)
		return -ENOMEM;
	if (!reason.length || !sr_piece_is_printable(reason))
		return 0;
	probe->reason = sr_pool_text_n(snapshot->pool, reason.start, reason.length);
	return probe->reason ? 0 : -ENOMEM;
}

static int parse_line(struct sr_snapshot *snapshot, struct sr_piece line)
{
	const char *tab = memchr(line.start, '\t', line.length);
	struct sr_piece name = { line.start, tab ? (size_t)(tab - line.start) : line.length };
	struct sr_piece reason = { 0 };

	if (!is_name(name) || snapshot->enumeration.deferred.count >= LINE_LIMIT) {
		snapshot->enumeration.deferred_known = SR_NO;
		return 0;
	}
	if (tab)
		reason = (struct sr_piece){ tab + 1, line.length - name.length - 1 };
	if (reason.length && memchr(reason.start, '\t', reason.length))
		snapshot->enumeration.deferred_known = SR_NO;
	return add_probe(snapshot, name, reason);
}

int sr_deferred_parse(struct sr_snapshot *snapshot, const char *text, size_t length)
{
	const char *end = text + length;

	snapshot->enumeration.deferred_known = SR_YES;
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		struct sr_piece line = { text, (size_t)((newline ? newline : end) - text) };

		if (line.length && parse_line(snapshot, line))
			return -ENOMEM;
		text += line.length + 1;
	}
	return 0;
}
