// SPDX-License-Identifier: GPL-2.0-only
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "text.h"

char *progress_text(const struct sr_settle_signs *signs, uint64_t left)
{
	const struct sr_settle_sign *sign;
	const char *between = ": ";
	size_t length;
	char *text = NULL;
	FILE *line = text_open(&text, &length);

	if (!line)
		return NULL;
	fputs("waiting for CXL enumeration", line);
	sr_for_each (sign, &signs->signs) {
		if (!sign->pending)
			continue;
		fprintf(line, "%s%s", between, sign->name);
		between = ", ";
	}
	fprintf(line, "; %ju s left", (uintmax_t)(left / 1000 + (left % 1000 != 0)));
	if (text_close(line) == 0)
		return text;
	free(text);
	return NULL;
}

/* Blanks over the rest of the line before; no escape sequences, which not all know. */
static void write_over(struct progress *progress, const char *text)
{
	size_t length = strlen(text);
	size_t rest = progress->shown > length ? progress->shown - length : 0;

	fprintf(stderr, "\r%s%*s\r%s", text, (int)rest, "", text);
	fflush(stderr);
	progress->shown = length;
}

void progress_line_show(struct progress *progress, char *line)
{
	size_t width = terminal_width(stderr);

	if (!isatty(STDERR_FILENO))
		return;
	/* A line that is full would go on in the next one, and could not be written over. */
	if (strlen(line) >= width)
		line[width - 1] = '\0';
	write_over(progress, line);
}

void progress_show(struct progress *progress, const struct sr_settle_signs *signs, uint64_t left)
{
	sr_auto_free char *text = isatty(STDERR_FILENO) ? progress_text(signs, left) : NULL;

	if (text)
		progress_line_show(progress, text);
}

void progress_end(struct progress *progress)
{
	if (progress->shown)
		write_over(progress, "");
}
