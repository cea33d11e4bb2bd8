/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of a kernel log: what stands in front of the kernel's own words, and pieces of text. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A piece of somebody else's text, without a NUL of its own. */
struct sr_piece {
	const char *start;
	size_t length;
};

/*
 * The kernel's message on @line, without blanks around it and without what
 * printk, dmesg, syslog or the journal put before it, in any combination of
 *
 *	<6>
 *	[    0.000000]
 *	[    T0]			CONFIG_PRINTK_CALLER
 *	[Fri May  1 09:46:33 2026]	dmesg -T
 *	Nov 22 07:45:11 host kernel:
 */
struct sr_piece sr_log_message(struct sr_piece line);

/* Without blanks and carriage returns at both ends. */
struct sr_piece sr_piece_trim(struct sr_piece piece);

bool sr_piece_equal(struct sr_piece a, struct sr_piece b);

/* Whether all of it is printable ASCII, as the kernel's own words are. */
bool sr_piece_is_printable(struct sr_piece piece);

/* Where @piece starts with @word, takes it off and returns true. */
bool sr_piece_take(struct sr_piece *piece, const char *word);

/*
 * The same for a number of @base (10 or 16), and for one behind 0x. Behind the text that
 * @piece is of there must be a NUL.
 */
bool sr_piece_take_number(struct sr_piece *piece, unsigned int base, uint64_t *ret_number);
bool sr_piece_take_address(struct sr_piece *piece, uint64_t *ret_address);
