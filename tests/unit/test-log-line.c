// SPDX-License-Identifier: GPL-2.0-only
/* sources/log-line.h: what stands before the kernel's words. */
#include "sources/log-line.h"

#include "tap.h"

static struct sr_piece piece_of(const char *text)
{
	return (struct sr_piece){ text, strlen(text) };
}

static void is_piece(struct sr_piece piece, const char *want, const char *what)
{
	ok(sr_piece_equal(piece, piece_of(want)), what);
}

static void test_prefixes(void)
{
	static const char *const prefixes[] = {
		"",
		" ",
		"\t",
		"[    0.000000] ",
		"[12345.678901] ",
		"[    0.000000][    T0] ",
		"[    0.000000] [    T0] ",
		"[    0.000000][    C12] ",
		"[] ",
		"<6>",
		"<6>[    0.000000] ",
		"[Fri May  1 09:46:33 2026] ",
		"Nov 22 07:45:11 host kernel: ",
		"Nov 22 07:45:11 host-1.example kernel: [    0.000000] ",
		"2025-11-22T07:45:11.123456+00:00 host kernel: ",
		"[    0.000000] kernel: ",
		"[    0.000000] host kernel: ",
		"kernel: ",
	};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		char line[256];

		snprintf(line, sizeof(line), "%suser: [mem 0x1000-0x1fff] usable \r", prefixes[i]);
		is_piece(sr_log_message(piece_of(line)), "user: [mem 0x1000-0x1fff] usable",
			 prefixes[i]);
	}
}

/* What belongs to the message, or to a program that speaks of the kernel. */
static void test_no_prefixes(void)
{
	static const char *const lines[] = {
		"[mem 0xc0000000-0xfed1bfff] available for PCI devices",
		"[gap 0xc0000000-0xfed1bfff] available for PCI devices",
		"systemd[1]: kernel: user: [mem 0x1000-0x1fff] usable",
		"app: kernel: user: [mem 0x1000-0x1fff] usable",
		"subkernel: user: [mem 0x1000-0x1fff] usable",
		"Command line: host kernel: x",
		"<6 user",
		"<> user",
		"[    0.000000",
		"<",
		"[",
		"",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		is_piece(sr_log_message(piece_of(lines[i])), lines[i], lines[i]);
}

static void test_binary(void)
{
	static const char line[] = "[\0] kernel: x";
	struct sr_piece piece = { line, sizeof(line) - 1 };

	ok(sr_piece_equal(sr_log_message(piece), piece), "a NUL is part of no prefix");
	ok(!sr_piece_is_printable(piece), "and not printable");
	ok(sr_piece_is_printable(piece_of(" ~soft reserved (type 12)")), "printable");
	ok(!sr_piece_is_printable(piece_of("soft\treserved")), "a tab is not");
	ok(!sr_piece_is_printable(piece_of("\xc3\xa4")), "nor is UTF-8");
}

static void test_pieces(void)
{
	struct sr_piece piece = piece_of("e820: update");

	ok(!sr_piece_take(&piece, "e820: updated"), "longer than the piece");
	ok(!sr_piece_take(&piece, "E820"), "another word");
	is_piece(piece, "e820: update", "takes nothing off");
	ok(sr_piece_take(&piece, "e820: "), "its start");
	is_piece(piece, "update", "is taken off");
	ok(sr_piece_take(&piece, "update"), "all of it");
	is_piece(piece, "", "leaves nothing");
	is_piece(sr_piece_trim(piece_of(" \t\r\r")), "", "only blanks");
	is_piece(sr_piece_trim(piece_of(" a b ")), "a b", "blanks inside stay");
	ok(!sr_piece_equal(piece_of("usable"), piece_of("usabl")), "a shorter piece");
	ok(!sr_piece_equal(piece_of("usable"), piece_of("Usable")), "another case");
	ok(sr_piece_equal((struct sr_piece){ 0 }, piece_of("")), "empty pieces");
}

int main(void)
{
	test_prefixes();
	test_no_prefixes();
	test_binary();
	test_pieces();
	return tap_done();
}
