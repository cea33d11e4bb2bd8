// SPDX-License-Identifier: GPL-2.0-only
/* sources/memory-map-text.h: the last memory map of a kernel log. */
#include "sources/memory-map-text.h"

#include "base/cleanup.h"
#include "tap.h"

#define auto_map sr_cleanup(sr_memory_map_free) struct sr_memory_map_text

#define BANNER "[    0.000000] Linux version 6.12.117+deb12-amd64 (debian@debian) (gcc) #1 SMP\n"

/* outside-nohmat@6.12, shortened: a change between two maps, and two after the last. */
static const char real[] = BANNER
	"[    0.000000] Command line: console=ttyS0 memmap=0x10000000%0x60000000-1+0xefffffff \n"
	"[    0.000000] BIOS-provided physical RAM map:\n"
	"[    0.000000] BIOS-e820: [mem 0x0000000000000400-0x000000000009fbff] usable\n"
	"[    0.000000] BIOS-e820: [mem 0x0000000000100000-0x000000007ffdffff] usable\n"
	"[    0.000000] BIOS-e820: [mem 0x00000000fffc0000-0x00000000ffffffff] reserved\n"
	"[    0.000000] e820: update [mem 0x60000000-0x6fffffff] usable ==> soft reserved\n"
	"[    0.000000] NX (Execute Disable) protection: active\n"
	"[    0.000000] user-defined physical RAM map:\n"
	"[    0.000000] user: [mem 0x0000000000000400-0x000000000009fbff] usable\n"
	"[    0.000000] user: [mem 0x0000000000100000-0x000000005fffffff] usable\n"
	"[    0.000000] user: [mem 0x0000000060000000-0x000000006fffffff] soft reserved\n"
	"[    0.000000] user: [mem 0x0000000070000000-0x000000007ffdffff] usable\n"
	"[    0.000000] user: [mem 0x00000000fffc0000-0x00000000ffffffff] reserved\n"
	"[    0.000000] DMI: QEMU Standard PC\n"
	"[    0.008579] e820: update [mem 0x00000000-0x00000fff] usable ==> reserved\n"
	"[    0.008763] e820: remove [mem 0x000a0000-0x000fffff] usable\n"
	"[    0.107241] Kernel command line: console=ttyS0 and more\n";

static void parse_n(const char *text, size_t length, struct sr_memory_map_text *map)
{
	is_number((uint64_t)sr_memory_map_parse(text, length, map), 0, "parsed");
}

static void parse(const char *text, struct sr_memory_map_text *map)
{
	parse_n(text, strlen(text), map);
}

static void is_piece(struct sr_piece piece, const char *want, const char *what)
{
	char text[256] = "";

	if (piece.length < sizeof(text) && piece.length)
		memcpy(text, piece.start, piece.length);
	is_text(text, want, what);
}

static void is_entry(const struct sr_memory_map_text *map, size_t index, uint64_t start,
		     uint64_t end, const char *type, bool soft_reserved)
{
	const struct sr_log_map_entry *entry = &map->last.entries.items[index];

	if (!ok(index < map->last.entries.count, type))
		return;
	is_number(entry->range.start, start, "start");
	is_number(entry->range.end, end, "end");
	is_piece(entry->type, type, "type");
	is_number(entry->soft_reserved, soft_reserved, "soft_reserved");
}

static void test_real(void)
{
	auto_map map = { 0 };

	parse(real, &map);
	ok(map.has_beginning, "has its beginning");
	ok(!map.cut_off, "and its end");
	is_number(map.map_count, 2, "map_count");
	is_number(map.bad_count, 0, "bad_count");
	is_piece(map.release, "6.12.117+deb12-amd64", "release");
	is_piece(map.command_line, "console=ttyS0 memmap=0x10000000%0x60000000-1+0xefffffff",
		 "command_line");
	is_piece(map.kernel_command_line, "console=ttyS0 and more", "kernel_command_line");
	is_number(map.last.entries.count, 6, "one entry was split");
	is_entry(&map, 0, 0x400, 0xfff, "reserved", false);
	is_entry(&map, 1, 0x1000, 0x9fbff, "usable", false);
	is_entry(&map, 2, 0x100000, 0x5fffffff, "usable", false);
	is_entry(&map, 3, 0x60000000, 0x6fffffff, "soft reserved", true);
	is_entry(&map, 4, 0x70000000, 0x7ffdffff, "usable", false);
	is_entry(&map, 5, 0xfffc0000, 0xffffffff, "reserved", false);
}

/* v7.0 and later: gaps, other words, two blanks; here behind other prefixes, too. */
static void test_words_of_7_0(void)
{
	auto_map map = { 0 };

	parse("<5>[    0.000000][    T0] Linux version 7.3.4 (b@h) (gcc) #1\r\n"
	      "<6>[    0.000000][    T0] Command line: quiet\r\n"
	      "<6>[    0.000000][    T0] BIOS-provided physical RAM map:\r\n"
	      "<6>[    0.000000][    T0] BIOS-e820: [gap 0x0000000000000000-0x00000000000003ff]\r\n"
	      "<6>[    0.000000][    T0] BIOS-e820: [mem 0x0000000000000400-0x000000000009fbff]  "
	      "System RAM\r\n"
	      "<6>[    0.000000][    T0] BIOS-e820: [mem 0x0000001290000000-0x00000012afffffff]  "
	      "soft reserved\r\n"
	      "<6>[    0.000000][    T0] BIOS-e820: [mem 0x0000002000000000-0x0000002fffffffff]  "
	      "persistent RAM (type 12)\r\n"
	      "<6>[    0.000000][    T0] [gap 0xc0000000-0xfed1bfff] available for PCI devices\r\n"
	      "<5>[    0.000000][    T0] Kernel command line: quiet\r\n",
	      &map);
	ok(map.has_beginning && !map.cut_off, "whole");
	is_number(map.map_count, 1, "map_count");
	is_number(map.last.entries.count, 3, "gaps are no entries");
	is_entry(&map, 0, 0x400, 0x9fbff, "System RAM", false);
	is_entry(&map, 1, 0x1290000000, 0x12afffffff, "soft reserved", true);
	is_entry(&map, 2, 0x2000000000, 0x2fffffffff, "persistent RAM (type 12)", false);
	is_piece(map.release, "7.3.4", "release");
}

static void test_names(void)
{
	static const char *const names[] = { "BIOS-e820",	   "BIOS-88",  "BIOS-e801", "user",
					     "modified",	   "extended", "reserve",   "xen",
					     "reserve setup_data", "Xen",      "bad_ppro" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		auto_map map = { 0 };
		char text[256];

		snprintf(text, sizeof(text), BANNER "%s: [mem 0x1000-0x1fff] usable\n!\n",
			 names[i]);
		parse(text, &map);
		is_number(map.last.entries.count, 1, names[i]);
		is_number(map.has_beginning,
			  strncmp(names[i], "BIOS", 4) == 0 || strcasecmp(names[i], "xen") == 0,
			  "only the firmware's map is the first");
	}
}

/* Each has a range in brackets, none is of a memory map. */
static void test_other_lines(void)
{
	static const char text[] =
		"[    0.0] found SMP MP-table at [mem 0x000f5420-0x000f542f]\n"
		"[    0.0] RAMDISK: [mem 0x7b92d000-0x7bffffff]\n"
		"[    0.0] ACPI: Reserving FACP table memory at [mem 0x7ffe329b-0x7ffe338e]\n"
		"[    0.0] ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x0009ffff] soft reserved\n"
		"[    0.0] NUMA: Node 0 [mem 0x00001000-0x0009ffff] + [mem 0x100000-0x7ffdffff]\n"
		"[    0.0] NODE_DATA(0) allocated [mem 0x7ffb4f40-0x7ffdffff]\n"
		"[    0.0]   DMA      [mem 0x0000000000001000-0x0000000000ffffff]\n"
		"[    0.0]   node   0: [mem 0x0000000000001000-0x000000000009efff]\n"
		"[    0.0] PM: hibernation: Registered nosave memory: [mem 0x00000000-0x00000fff]\n"
		"[    0.0] [mem 0xc0000000-0xfed1bfff] available for PCI devices\n"
		"[    0.0] e820: [mem 0xc0000000-0xfed1bfff] available for PCI devices\n"
		"[    0.0] e820: reserve RAM buffer [mem 0x0009fc00-0x0009ffff]\n"
		"[    0.0] e820: register RAM buffer resource [mem 0x0009fc00-0x0009ffff]\n"
		"[    0.0] PCI: ECAM [mem 0xb0000000-0xbfffffff] reserved as E820 entry\n"
		"[    0.0] pci_bus 0000:00: root bus resource [mem 0x000a0000-0x000bffff window]\n"
		"[    0.0] x86/mm: Memory block size: 128MB\n"
		"[    0.0] efi: mem01: [Conventional|SP] range=[0x0000001000-0x0000001fff] (0MB)\n"
		"[    0.0] efi_fake_mem: add attr=0x40000 to [mem 0x1000-0x1fff]\n"
		"[    0.0] super user: [mem 0x1000-0x1fff] soft reserved\n"
		"[    0.0] systemd[1]: user: [mem 0x1000-0x1fff] soft reserved\n"
		"[    0.0] app: kernel: user: [mem 0x1000-0x1fff] soft reserved\n"
		"[    0.0] user:[mem 0x1000-0x1fff] soft reserved\n"
		"[    0.0] user: range [mem 0x1000-0x1fff] soft reserved\n"
		"[    0.0] BIOS-e820: 0000000000000000 - 000000000009f800 (usable)\n"
		"[    0.0] Determined physical RAM map:\n"
		"[    0.0]  memory: 0000000001800000 @ 0000000002800000 (usable)\n";
	auto_map map = { 0 };

	parse(text, &map);
	is_number(map.last.entries.count, 0, "no entries");
	is_number(map.map_count, 0, "no maps");
	is_number(map.bad_count, 0, "nothing bad");
	ok(!map.has_beginning, "no beginning");
}

static void test_new_map(void)
{
	auto_map lost_header = { 0 }, same_name = { 0 }, old_header = { 0 };

	parse(BANNER "BIOS-e820: [mem 0x1000-0x1fff] usable\n"
		     "user: [mem 0x2000-0x2fff] usable\n"
		     "!\n",
	      &lost_header);
	is_number(lost_header.map_count, 2, "another name begins a map");
	is_number(lost_header.last.entries.count, 1, "which replaces the one before");
	is_entry(&lost_header, 0, 0x2000, 0x2fff, "usable", false);
	ok(lost_header.has_beginning, "the firmware's map was there");
	parse("modified physical RAM map:\n"
	      "modified: [mem 0x1000-0x1fff] usable\n"
	      "modified: [mem 0x9000-0x8fff] usable\n"
	      "modified physical RAM map:\n"
	      "modified: [mem 0x2000-0x2fff] usable\n"
	      "!\n",
	      &same_name);
	is_number(same_name.map_count, 2, "a header begins a map");
	is_number(same_name.last.entries.count, 1, "of the same name");
	is_number(same_name.bad_count, 0, "what was bad in an earlier map does not matter");
	parse("e820: BIOS-provided physical RAM map:\n"
	      "BIOS-e820: [mem 0x1000-0x1fff] usable\n"
	      "!\n",
	      &old_header);
	is_number(old_header.map_count, 1, "a header as v4.0 has it");
	ok(!old_header.has_beginning, "without the banner the beginning is lost");
}

static void test_changes_of_7_0(void)
{
	auto_map map = { 0 }, alone = { 0 };

	parse("user: [mem 0x0-0xffffffffffffffff]  System RAM\n"
	      "e820: update [mem 0x00000000-0x00000fff] System RAM ==> soft reserved\n"
	      "e820: update [mem 0xfffffffffffff000-0xffffffffffffffff] System RAM ==> soft "
	      "reserved\n",
	      &map);
	is_number(map.last.entries.count, 3, "at both ends of 64 bits");
	is_entry(&map, 0, 0, 0xfff, "soft reserved", true);
	is_entry(&map, 1, 0x1000, 0xffffffffffffefff, "System RAM", false);
	is_entry(&map, 2, 0xfffffffffffff000, UINT64_MAX, "soft reserved", true);
	parse("e820: update [mem 0x1000-0x1fff] usable ==> soft reserved\n"
	      "e820: update [mem 0x5000-0x5fff] usable ==> reserved\n",
	      &alone);
	is_number(alone.map_count, 0, "all maps are lost");
	is_number(alone.last.entries.count, 1, "a change still tells of soft reserved memory");
	is_entry(&alone, 0, 0x1000, 0x1fff, "soft reserved", true);
}

static void test_bad_entries(void)
{
	static const char *const lines[] = {
		"user: [mem 0x00000005d0000000-0x000000064ffffff] soft reserved\n",
		"user: [mem 0x1000-0x10000000000000000] soft reserved\n",
		"user: [mem 1000-1fff] usable\n",
		"user: [mem 0x1000-0x1fff\n",
		"user: [mem 0x1000 - 0x1fff] usable\n",
		"user: [mem 0x1000-0x1fff]\n",
		"user: [mem 0x1000-0x1fff] \x01\n",
		"user: [mem \n",
		"e820: update [mem 0x2000-0x1fff] usable ==> reserved\n",
		"e820: update [mem 0x1000-0x1fff] usable\n",
		"e820: update [mem 0x1000-0x1fff] ==> reserved\n",
		"e820: remove [mem zzz] usable\n",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		auto_map map = { 0 };
		char text[256];

		snprintf(text, sizeof(text), "user: [mem 0x10-0x1f] usable\n%s!\n", lines[i]);
		parse(text, &map);
		is_number(map.last.entries.count, 1, lines[i]);
		is_number(map.bad_count, 1, "bad_count");
	}
}

/* A map may be followed by another until the kernel prints its command line. */
static void test_cut_off(void)
{
	auto_map in_type = { 0 }, behind_map = { 0 }, at_header = { 0 }, at_end = { 0 };

	parse("user: [mem 0x1000-0x1fff] usable\n"
	      "user: [mem 0x2000-0x2fff] soft res",
	      &in_type);
	is_number(in_type.last.entries.count, 1, "half a type is not taken for another");
	is_number(in_type.bad_count, 1, "bad_count");
	ok(in_type.cut_off, "cut off in a type");
	parse("user: [mem 0x1000-0x1fff] usable\nDMI: QEMU\n", &behind_map);
	ok(behind_map.cut_off, "cut off behind a map");
	is_number(behind_map.last.entries.count, 1, "its entries are there");
	parse("user: [mem 0x1000-0x1fff] usable\n"
	      "modified physical RAM map:\n"
	      "Kernel command line: x\n",
	      &at_header);
	ok(at_header.cut_off, "no entries behind the header");
	parse("user: [mem 0x1000-0x1fff] usable\nKernel command line: ", &at_end);
	ok(!at_end.cut_off, "cut off where it does not matter");
}

static void test_beginning(void)
{
	auto_map arm = { 0 }, filtered = { 0 }, banner = { 0 }, boots = { 0 };

	parse(BANNER "Kernel command line: root=/dev/vda \\\nKernel command line: quiet\n", &arm);
	ok(arm.has_beginning, "arm64 prints no maps");
	is_piece(arm.command_line, "", "and no other command line");
	is_piece(arm.kernel_command_line, "root=/dev/vda \\", "the first line counts");
	parse(BANNER "Command line: quiet\n", &filtered);
	ok(!filtered.has_beginning, "x86 does print maps");
	parse("Linux version\nLinux version 6.12\nLinux version 6.12 gcc\nLinux version  (x)\n",
	      &banner);
	ok(!banner.has_beginning, "no banner");
	is_piece(banner.release, "", "no release");
	parse("Linux version 6.1 (b@h) (gcc) #1\nCommand line: first\n"
	      "BIOS-e820: [mem 0x1000-0x1fff] usable\n"
	      "user: [mem 0x1000-0x1fff] soft reserved\n"
	      "kexec_core: Starting new kernel\n"
	      "Linux version 7.0 (b@h) (gcc) #1\nCommand line: second\n"
	      "BIOS-e820: [mem 0x3000-0x3fff] usable\n"
	      "!\n",
	      &boots);
	is_piece(boots.release, "7.0", "of two boots the last");
	is_piece(boots.command_line, "second", "its command line");
	is_number(boots.map_count, 1, "its maps");
	is_entry(&boots, 0, 0x3000, 0x3fff, "usable", false);
}

static void test_odd_texts(void)
{
	static const char binary[] = "\0\0[\0]<\0>[\n<\n[\n\x80\xff\0kernel: \n\0";
	auto_map empty = { 0 }, odd = { 0 };

	parse("", &empty);
	is_number(empty.map_count, 0, "nothing");
	ok(!empty.has_beginning, "has no beginning");
	parse_n(binary, sizeof(binary) - 1, &odd);
	is_number(odd.map_count, 0, "binary");
}

int main(void)
{
	test_real();
	test_words_of_7_0();
	test_names();
	test_other_lines();
	test_new_map();
	test_changes_of_7_0();
	test_bad_entries();
	test_cut_off();
	test_beginning();
	test_odd_texts();
	return tap_done();
}
