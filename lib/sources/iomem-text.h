/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The text of /proc/iomem, as r_show() of kernel/resource.c writes it:
 * "<indent><start>-<end> : <name>", hexadecimal with inclusive end.
 */
#pragma once

#include "snapshot/snapshot.h"

/* What is to be said of a text besides its nodes. */
struct sr_iomem_outcome {
	size_t line_count;	    /* lines that are not blank */
	size_t node_count;	    /* of those the ones that were understood */
	size_t bad_count;	    /* and the ones that were not */
	size_t first_bad_line;	    /* counted from 1; 0 without bad lines */
	size_t soft_reserved_count; /* labels, also where the addresses are hidden */
	size_t cxl_window_count;
	bool hidden;   /* every range is 0-0: the reader lacked CAP_SYS_ADMIN */
	bool cut_off;  /* the last line lacks its newline and was left out */
	bool too_long; /* only the first 2 million lines were read */
};

/*
 * Appends the lines of @text to snapshot->iomem and sorts that by start, the
 * wider first, equal ranges in the order of the file (the parent stands before
 * its child). Nothing is appended where the addresses are hidden. Behind the
 * @length bytes there must be a NUL, as sr_file_read() puts it.
 *
 * Only -ENOMEM; everything else is told by @ret_outcome.
 */
int sr_iomem_parse(struct sr_snapshot *snapshot, const char *text, size_t length,
		   struct sr_iomem_outcome *ret_outcome);

enum sr_iomem_kind sr_iomem_kind_of(const char *label);
