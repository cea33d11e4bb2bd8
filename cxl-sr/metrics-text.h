/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text format in which Prometheus reads metrics ("Exposition formats" in its
 * documentation): a head for each metric, and below it a line for each set of labels.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct metric_label {
	const char *name;
	const char *value; /* any text; one without characters is as good as no label */
};

/* All are gauges. @help is one line. */
void print_metric_head(FILE *stream, const char *name, const char *help);

void print_metric(FILE *stream, const char *name, const struct metric_label *labels, size_t count,
		  uint64_t value);
