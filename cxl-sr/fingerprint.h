/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A report in a few lines that hosts of the same shape with the same verdict have in common,
 * for tools that fold what many hosts print: no addresses, no names that a kernel or a bus
 * gives, no kernel release, nothing whose order is one of addresses.
 */
#pragma once

#include "judgement/report.h"

/* To be freed; NULL: no memory. Its first line has a hash of the others. */
char *fingerprint_text(const struct sr_report *report);

/* 0, or -errno: -ENOMEM, or a failed write to stdout. */
int render_fingerprint(const struct sr_report *report);
