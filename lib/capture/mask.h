/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Texts without what tells one machine from another of its kind. What is masked keeps its
 * length and punctuation, and the same is always masked the same: a command line still is
 * the one that the kernel log shows, also where that shows only its beginning.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Masks ids (UUID, machine id, MAC address), the values of options that name a disk,
 * network, host or user, serial numbers, home folders and the host names of log lines.
 * True where anything was masked.
 */
bool sr_mask_text(char *text, size_t length);

/* Takes `"serial":VALUE` out of JSON, which stays JSON. */
bool sr_mask_json(char *text, size_t length);

/* Masks @host as a word, but not in lines that the sources may read. */
bool sr_mask_host(char *text, size_t length, const char *host);
