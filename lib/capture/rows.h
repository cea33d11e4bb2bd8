/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The one table of what a capture has: what the sources read, with libcxl, libdaxctl and
 * libkmod, and little more. cxl-sr/cxl-sr-collect has the same table for the shell, and
 * tests/program/check-capture holds the two together.
 */
#pragma once

#include <stddef.h>

/* Paths are patterns of glob(7) below /. */
enum sr_row_kind {
	SR_ROW_FILE,	  /* what it says */
	SR_ROW_RECORDED,  /* the same, but only of a capture: a machine has no such file */
	SR_ROW_NODE,	  /* that a device node is there: in a capture it is a file below cxl-sr */
	SR_ROW_RELEASE,	  /* a file below /lib/modules, in the folder of the running kernel */
	SR_ROW_FOLDER,	  /* that it is there */
	SR_ROW_NAME,	  /* a file of which it tells something that it is there */
	SR_ROW_LINK,	  /* where it points to */
	SR_ROW_DEVICE,	  /* the link or folder of a device, and its real folder with the below */
	SR_ROW_ATTRIBUTE, /* a file in the folder of each device, and of all above it */
	SR_ROW_RELATION,  /* a link there, and the folder that it leads to */
};

struct sr_row {
	enum sr_row_kind kind;
	const char *path;
};

extern const struct sr_row sr_rows[];
extern const size_t sr_row_count;
