// SPDX-License-Identifier: GPL-2.0-only
#include "metrics-text.h"

#include <inttypes.h>

void print_metric_head(FILE *stream, const char *name, const char *help)
{
	fprintf(stream, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

/*
 * A value comes from a machine or its capture: all but printable ASCII is replaced, as
 * everywhere, and with that the end of a line, which the format would have escaped, too.
 */
static void print_value(FILE *stream, const char *value)
{
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			fputc('\\', stream);
		fputc(*value < ' ' || *value > '~' ? '?' : *value, stream);
	}
}

void print_metric(FILE *stream, const char *name, const struct metric_label *labels, size_t count,
		  uint64_t value)
{
	fputs(name, stream);
	for (size_t i = 0; i < count; i++) {
		fprintf(stream, "%c%s=\"", i ? ',' : '{', labels[i].name);
		print_value(stream, labels[i].value);
		fputc('"', stream);
	}
	fprintf(stream, "%s %" PRIu64 "\n", count ? "}" : "", value);
}
