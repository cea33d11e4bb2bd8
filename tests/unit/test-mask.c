// SPDX-License-Identifier: GPL-2.0-only
/* capture/mask.h: what is masked, and what is not. */
#include "capture/mask.h"

#include "base/cleanup.h"
#include "build.h"
#include "tap.h"

#define UUID "3d51a4ae-7c2f-4f0e-9b11-5a8b0c1d2e3f"
#define ZERO "00000000-0000-0000-0000-000000000000"

struct pair {
	const char *from, *to;
};

static void check(const struct pair *pair, bool (*mask)(char *text, size_t length))
{
	char text[512], again[512];
	size_t length = strlen(pair->from);
	bool changed;

	memcpy(text, pair->from, length + 1);
	changed = mask(text, length);
	/* The name of a check is one line. */
	snprintf(again, sizeof(again), "%.*s", (int)strcspn(pair->from, "\n"), pair->from);
	is_text(text, pair->to, again);
	ok(changed == (strcmp(pair->from, pair->to) != 0), "it tells whether it changed");
	memcpy(again, text, length + 1);
	ok(!mask(again, length) && strcmp(again, text) == 0, "masked twice is masked once");
}

static void test_masked(void)
{
	static const struct pair pairs[] = {
		{ UUID, ZERO },
		{ "(" UUID ")", "(" ZERO ")" },
		{ "root=UUID=" UUID " ro", "root=UUID=xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx ro" },
		{ "root=/dev/vault/root", "root=/xxx/xxxxx/xxxx" },
		{ "root=\"LABEL=my disk\"", "root=\"LABEL=xx disk\"" },
		{ "PARTUUID=1234abcd-01", "PARTUUID=xxxxxxxx-xx" },
		{ "a ip=10.1.2.3::10.1.2.1 b", "a ip=xx.x.x.x::xx.x.x.x b" },
		{ "rd.lvm.lv=vault/root", "rd.lvm.lv=xxxxx/xxxx" },
		{ "systemd.set_credential=a:b=", "systemd.set_credential=x:x=" },
		{ "52:54:00:AA:bb:cc", "00:00:00:00:00:00" },
		{ "BOOTIF=01-52-54-00-aa-bb-cc", "BOOTIF=xx-xx-xx-xx-xx-xx-xx" },
		{ "id 0123456789abcdef0123456789abcdef.", "id 00000000000000000000000000000000." },
		{ "Hostname set to <zebra.example>.", "Hostname set to <xxxxx.xxxxxxx>." },
		{ "usb 1-1: SerialNumber: S3CR3T-1", "usb 1-1: SerialNumber: xxxxxx-x" },
		{ "Serial Number 12 end", "Serial Number xx end" },
		{ "serial#=\"12\"", "serial#=\"xx\"" },
		{ "/home/bob/x", "/home/xxx/x" },
		{ "\"/dev/mapper/zebra--vg-root\"", "\"/dev/mapper/xxxxx--xx-xxxx\"" },
		{ "Nov 22 07:45:11 zebra kernel: x", "Nov 22 07:45:11 xxxxx kernel: x" },
		{ "2025-11-22T07:45:11Z zebra kernel: x", "2025-11-22T07:45:11Z xxxxx kernel: x" },
		{ "[    0.000000] zebra kernel: x", "[    0.000000] xxxxx kernel: x" },
		{ "hostname=z\xc3\xa9", "hostname=xxx" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		check(&pairs[i], sr_mask_text);
}

/* What the sources read, and what is much like a secret. */
static void test_kept(void)
{
	static const char *const texts[] = {
		"",
		"memmap=0x20000000%0x1290000000+0xefffffff efi=nosoftreserve quiet",
		"Linux version 6.12.117+deb12-amd64 (debian-kernel@lists.debian.org)",
		"BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable",
		"ACPI: SRAT 0x000000007FFE1CC4 0000F0 (v01 BOCHS  BXPC     00000001 BXPC 00000001)",
		"pci 0000:0d:00.0: [8086:0d93] type 00 class 0x050210",
		"[    0.000000] kernel: x",
		"systemd[1]: kernel: x",
		"skip=1 uproot=2 tooth.ipx=3",
		"tty/serial.c 8250",
		"0123456789abcdef0123456789abcdef0",
		"52:54:00:aa:bb:ccd 52:54:00:aa:bb",
		UUID "0",
		"DMI: Dell Inc. PowerEdge R760/0ABCDE, BIOS 2.1.5 01/01/2025",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct pair pair = { texts[i], texts[i] };

		check(&pair, sr_mask_text);
	}
}

/* A log that ends in the middle of it is masked as the whole is: it stays its beginning. */
static void test_prefix(void)
{
	static const char line[] = "ro root=UUID=" UUID " ip=10.1.2.3 systemd.hostname=zebra";
	char whole[sizeof(line)];
	bool all = true;

	memcpy(whole, line, sizeof(line));
	sr_mask_text(whole, strlen(whole));
	for (size_t length = sizeof("ro root=UUID=") - 1; length < strlen(line); length++) {
		char part[sizeof(line)];

		memcpy(part, line, length);
		sr_mask_text(part, length);
		all &= memcmp(part, whole, length) == 0;
	}
	ok(all, "each beginning of a command line stays one");
}

static void test_json(void)
{
	static const struct pair pairs[] = {
		{ "{\"a\":1,\"serial\":12,\"b\":2}", "{\"a\":1,            \"b\":2}" },
		{ "{\"a\":1,\"serial\":12}", "{\"a\":1            }" },
		{ "{\"serial\":\"0x12\"}", "{               }" },
		{ "{ \"serial\" : 12 }", "{               }" },
		{ "[\"serial\"]", "[\"serial\"]" },
		{ "{\"serial\":", "{         " },
		{ "{\"serial\":\"", "{          " },
		{ "{\"serials\":1}", "{\"serials\":1}" },
		{ "{\"serial\":1,\"serial\":2}", "{                     }" },
		/* No JSON; but what one pass leaves no second one may find. */
		{ "\"serial\" \"serial\":1,:23", "                       " },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		check(&pairs[i], sr_mask_json);
}

/* Some of the time that they take would be the square of their length. */
static void test_long_json(void)
{
	enum {
		COUNT = 1 << 17,
		KEY = sizeof("\"serial\"") - 1,
		LENGTH = COUNT * (KEY + 2),
	};
	sr_auto_free char *text = build_need(malloc(LENGTH + 1));

	memset(text, ' ', LENGTH);
	ok(!sr_mask_json(text, LENGTH), "blanks hold no serial number");
	for (size_t i = 0; i < COUNT; i++)
		memcpy(text + i * KEY, "\"serial\"", KEY);
	for (size_t i = COUNT * KEY; i < LENGTH; i += 2)
		memcpy(text + i, ":1", 2);
	ok(sr_mask_json(text, LENGTH), "numbers of keys that come into sight one by one");
	ok(!memchr(text, '1', LENGTH), "are masked all");
}

static bool mask_zebra(char *text, size_t length)
{
	return sr_mask_host(text, length, "Zebra");
}

static bool mask_mem(char *text, size_t length)
{
	return sr_mask_host(text, length, "mem");
}

/* Too short to tell anything from it, and too much like other words. */
static bool mask_short(char *text, size_t length)
{
	return sr_mask_host(text, length, "pc");
}

static bool mask_localhost(char *text, size_t length)
{
	return sr_mask_host(text, length, "localhost");
}

static void test_host(void)
{
	static const struct pair zebra[] = {
		{ "on zebra: ZEBRA\nzebras zebra", "on xxxxx: xxxxx\nzebras xxxxx" },
		{ "zebra", "xxxxx" },
		{ "", "" },
	};
	static const struct pair mem = {
		"user: [mem 0x0-0xfff] usable\nmem of mem\nLinux version mem",
		"user: [mem 0x0-0xfff] usable\nxxx of xxx\nLinux version mem"
	};
	static const struct pair short_name = { "pc", "pc" };
	static const struct pair localhost = { "localhost", "localhost" };

	for (size_t i = 0; i < sizeof(zebra) / sizeof(*zebra); i++)
		check(&zebra[i], mask_zebra);
	check(&mem, mask_mem);
	check(&short_name, mask_short);
	check(&localhost, mask_localhost);
}

int main(void)
{
	test_masked();
	test_kept();
	test_prefix();
	test_json();
	test_long_json();
	test_host();
	return tap_done();
}
