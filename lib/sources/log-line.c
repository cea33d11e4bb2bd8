// SPDX-License-Identifier: LGPL-2.1-or-later
/* Takes time stamps and the like off the lines of a kernel log; pure, no I/O. */
#include "sources/log-line.h"

#include <string.h>

#include "base/number.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter_or_digit(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void skip(struct sr_piece *piece, size_t count)
{
	piece->start += count;
	piece->length -= count;
}

struct sr_piece sr_piece_trim(struct sr_piece piece)
{
	while (piece.length && is_blank(piece.start[piece.length - 1]))
		piece.length--;
	while (piece.length && is_blank(*piece.start))
		skip(&piece, 1);
	return piece;
}

bool sr_piece_equal(struct sr_piece a, struct sr_piece b)
{
	return a.length == b.length && (!a.length || memcmp(a.start, b.start, a.length) == 0);
}

bool sr_piece_is_printable(struct sr_piece piece)
{
	for (size_t i = 0; i < piece.length; i++) {
		if (piece.start[i] < ' ' || piece.start[i] > '~')
			return false;
	}
	return true;
}

bool sr_piece_take(struct sr_piece *piece, const char *word)
{
	size_t length = strlen(word);

	if (piece->length < length || memcmp(piece->start, word, length) != 0)
		return false;
	skip(piece, length);
	return true;
}

bool sr_piece_take_number(struct sr_piece *piece, unsigned int base, uint64_t *ret_number)
{
	const char *at = piece->start;

	if (!piece->length || sr_number_scan(&at, base, ret_number) < 0)
		return false;
	skip(piece, (size_t)(at - piece->start));
	return true;
}

bool sr_piece_take_address(struct sr_piece *piece, uint64_t *ret_address)
{
	return sr_piece_take(piece, "0x") && sr_piece_take_number(piece, 16, ret_address);
}

/* "<6>", as `dmesg --raw` and the console have it. */
static bool take_level(struct sr_piece *piece)
{
	size_t i = 1;

	if (!piece->length || *piece->start != '<')
		return false;
	while (i < piece->length && is_digit(piece->start[i]))
		i++;
	if (i == 1 || i >= piece->length || piece->start[i] != '>')
		return false;
	skip(piece, i + 1);
	return true;
}

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

/*
 * "[    0.000000]" and its relatives. The kernel's own "[mem 0x0-0xfff]" and
 * "[gap ...]" hold a minus and are none.
 */
static bool take_stamp(struct sr_piece *piece)
{
	size_t i = 1;

	if (!piece->length || *piece->start != '[')
		return false;
	while (i < piece->length &&
	       (is_letter_or_digit(piece->start[i]) || is_one_of(piece->start[i], " .:,+")))
		i++;
	if (i >= piece->length || piece->start[i] != ']')
		return false;
	skip(piece, i + 1);
	return true;
}

/* What dates and host names are made of; a colon only within a time. */
static bool may_precede_kernel(struct sr_piece piece, size_t i)
{
	char c = piece.start[i];

	if (c == ':')
		return i > 0 && i + 1 < piece.length && is_digit(piece.start[i - 1]) &&
		       is_digit(piece.start[i + 1]);
	return is_letter_or_digit(c) || is_one_of(c, " .,+-_");
}

/* "Nov 22 07:45:11 host kernel: " */
static bool take_syslog_prefix(struct sr_piece *piece)
{
	for (size_t i = 0; i < piece->length && may_precede_kernel(*piece, i); i++) {
		struct sr_piece rest = { piece->start + i, piece->length - i };

		if ((i == 0 || piece->start[i - 1] == ' ') && sr_piece_take(&rest, "kernel: ")) {
			*piece = rest;
			return true;
		}
	}
	return false;
}

struct sr_piece sr_log_message(struct sr_piece line)
{
	do
		line = sr_piece_trim(line);
	while (take_level(&line) || take_stamp(&line) || take_syslog_prefix(&line));
	return line;
}
