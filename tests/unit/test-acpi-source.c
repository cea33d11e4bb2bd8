// SPDX-License-Identifier: GPL-2.0-only
/*
 * The source acpi (sources/acpi.c) on captures made here: which tables there are, what
 * of them and of the kernel log is believed, and what the note says of it.
 */
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "acpi-tables.h"
#include "base/cleanup.h"
#include "sources/sources.h"

#define LOG_BEGIN                                                           \
	"[    0.000000] Linux version 7.3.4 (debian@debian) (gcc) #1 SMP\n" \
	"[    0.000000] ACPI: RSDP 0x00000000000F5270 000014 (v00 BOCHS )\n"
#define LOG_SRAT "[    0.000000] ACPI: SRAT 0x000000007FFE3447 0000F0 (v03 BOCHS )\n"
#define LOG_HMAT "[    0.000000] ACPI: HMAT 0x000000007FFE3537 000050 (v02 BOCHS )\n"
#define LOG_MEMORY                                                              \
	"[    0.000000] ACPI: SRAT: Node 4 PXM 7 [mem 0x00000000-0x7fffffff]\n" \
	"[    0.000000] ACPI: SRAT: Node 5 PXM 8 [mem 0x100000000-0x17fffffff] hotplug\n"
#define LOG_END	 "[    0.000000] Kernel command line: quiet\n"
#define LOG_READ "[    2.000000] acpi/hmat: Memory Flags:0001 Processor Domain:7 Memory Domain:8\n"
#define LOG_LAST "[    3.000000] Freeing unused kernel image (initmem) memory: 4000K\n"

#define WHOLE_LOG LOG_BEGIN LOG_SRAT LOG_HMAT LOG_MEMORY LOG_END LOG_READ LOG_LAST

static char work[] = "/tmp/cxl-sr-test-acpi-XXXXXX";
static const char *refused; /* why no capture can be entered here */

/* What one capture has. NULL: the file is not there. */
struct capture {
	const char *log, *command_line;
	const struct made_table *srat, *hmat, *cedt;
	bool other_table; /* beside these */
	bool no_folder;	  /* nor any of them */
};

static void write_file(const char *name, const void *bytes, size_t length)
{
	sr_auto_file FILE *file = fopen(name, "we");

	if (!file || fwrite(bytes, 1, length, file) != length)
		abort();
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status;
	(void)type;
	return where->level ? remove(path) : 0;
}

static void write_table(const char *name, const struct made_table *table)
{
	char path[128];

	snprintf(path, sizeof(path), "sys/firmware/acpi/tables/%s", name);
	if (table)
		write_file(path, table->bytes, table->length);
}

static void make_folders(void)
{
	static const char *const folders[] = {
		"proc",
		"sys",
		"sys/firmware",
		"sys/firmware/acpi",
		"sys/firmware/acpi/tables",
		"sys/firmware/acpi/tables/data",
	};

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		if (mkdir(folders[i], 0755))
			abort();
	}
}

static struct sr_snapshot *read_capture(struct capture capture)
{
	struct sr_snapshot *snapshot = NULL;
	struct sr_reason reason = { "" };

	nftw(".", remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	make_folders();
	if (capture.log)
		write_file("dmesg", capture.log, strlen(capture.log));
	if (capture.command_line)
		write_file("proc/cmdline", capture.command_line, strlen(capture.command_line));
	write_table("SRAT", capture.srat);
	write_table("HMAT", capture.hmat);
	write_table("CEDT", capture.cedt);
	if (capture.other_table)
		write_file("sys/firmware/acpi/tables/FACP", "FACP", 4);
	if (capture.no_folder &&
	    (rmdir("sys/firmware/acpi/tables/data") || rmdir("sys/firmware/acpi/tables")))
		abort();
	if (sr_snapshot_read(work, &snapshot, &reason)) {
		printf("# %s\n", reason.text);
		refused = "namespaces are refused here, and chroot(2) too";
		return sr_snapshot_new();
	}
	return snapshot;
}

static struct made_table good_srat(void)
{
	struct made_table table = begin_srat(3);

	put_processor(&table, 7, 1);
	put_memory(&table, 0x100000000, 0x80000000, 8, 3);
	put_memory(&table, 0, 0x80000000, 7, 1);
	finish_table(&table);
	return table;
}

static struct made_table good_hmat(void)
{
	struct made_table table = begin_hmat(2);

	put_proximity(&table, 1, 7, 8);
	finish_table(&table);
	return table;
}

static struct made_table good_cedt(void)
{
	struct made_table table = begin_cedt();

	put_window(&table, 0x1000000000, 0x40000000, 0, 0, 1);
	finish_table(&table);
	return table;
}

static const struct sr_source_note *note_of(const struct sr_snapshot *snapshot)
{
	return &snapshot->notes[SR_SOURCE_ACPI];
}

static void is_note(const struct sr_snapshot *snapshot, enum sr_source_state state,
		    const char *detail)
{
	is_number(note_of(snapshot)->state, state, "state");
	is_text(note_of(snapshot)->detail, detail, "detail");
}

static void test_all(void)
{
	struct made_table srat = good_srat(), hmat = good_hmat(), cedt = good_cedt();
	sr_auto_snapshot struct sr_snapshot *snapshot = read_capture(
		(struct capture){ .log = WHOLE_LOG, .srat = &srat, .hmat = &hmat, .cedt = &cedt });
	const struct sr_acpi *acpi = &snapshot->acpi;

	if (refused)
		return;
	is_note(snapshot, SR_SOURCE_OK, NULL);
	ok(acpi->has_srat == SR_YES && acpi->has_hmat == SR_YES && acpi->has_cedt == SR_YES,
	   "all three are there");
	is_number(acpi->hmat_used, SR_YES, "the HMAT is used");
	ok(acpi->memory_known && acpi->windows_known, "memory and windows are known");
	is_number(acpi->windows.count, 1, "windows");
	if (!is_number(acpi->memory.count, 2, "memory"))
		return;
	is_number(acpi->memory.items[0].range.start, 0x100000000, "in the table's order");
	is_number(acpi->memory.items[0].source, SR_SOURCE_ACPI, "source");
	is_number((uint64_t)acpi->memory.items[0].node.value, 5, "with the log's nodes");
	is_number((uint64_t)acpi->memory.items[1].node.value, 4, "each its own");
}

/* The folder is gone, or all that was in it, as tar(1) leaves it for an ordinary user. */
static void test_log_only(void)
{
	for (int empty = 0; empty < 2; empty++) {
		sr_auto_snapshot struct sr_snapshot *snapshot =
			read_capture((struct capture){ .log = WHOLE_LOG, .no_folder = !empty });
		const struct sr_acpi *acpi = &snapshot->acpi;

		is_note(snapshot, SR_SOURCE_ABSENT,
			empty ? "the folder has no tables" : "left out of the capture, or no ACPI");
		is_number(acpi->has_srat, SR_YES, "named by the log");
		is_number(acpi->has_cedt, SR_NO, "not named by it");
		is_number(acpi->hmat_used, SR_YES, "the log tells");
		ok(acpi->memory_known && acpi->windows_known, "known");
		is_number(acpi->memory.count, 2, "memory");
		is_number(acpi->memory.count ? acpi->memory.items[0].source : 0,
			  SR_SOURCE_KERNEL_LOG, "source");
	}
}

static void test_nothing(void)
{
	for (int empty = 0; empty < 2; empty++) {
		sr_auto_snapshot struct sr_snapshot *snapshot =
			read_capture((struct capture){ .no_folder = !empty });
		const struct sr_acpi *acpi = &snapshot->acpi;

		is_number(note_of(snapshot)->state, SR_SOURCE_ABSENT, "state");
		ok(acpi->has_srat == SR_UNKNOWN && acpi->has_hmat == SR_UNKNOWN &&
			   acpi->has_cedt == SR_UNKNOWN && acpi->hmat_used == SR_UNKNOWN,
		   "nothing is known");
		ok(!acpi->memory_known && !acpi->windows_known, "nothing at all");
	}
}

static void test_none_of_them(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot =
		read_capture((struct capture){ .other_table = true });
	const struct sr_acpi *acpi = &snapshot->acpi;

	is_note(snapshot, SR_SOURCE_OK, "there is no SRAT, HMAT or CEDT");
	ok(acpi->has_srat == SR_NO && acpi->has_hmat == SR_NO && acpi->has_cedt == SR_NO,
	   "there are other tables, so none of these");
	is_number(acpi->hmat_used, SR_NO, "no HMAT, no use of it");
	ok(acpi->memory_known && acpi->windows_known, "no memory, no windows");
}

static void test_one_left_out(void)
{
	struct made_table srat = good_srat(), cedt = good_cedt();
	sr_auto_snapshot struct sr_snapshot *named =
		read_capture((struct capture){ .log = WHOLE_LOG, .srat = &srat, .cedt = &cedt });
	sr_auto_snapshot struct sr_snapshot *unnamed =
		read_capture((struct capture){ .srat = &srat, .cedt = &cedt });
	sr_auto_snapshot struct sr_snapshot *all =
		read_capture((struct capture){ .log = WHOLE_LOG, .other_table = true });

	is_note(named, SR_SOURCE_PARTIAL, "HMAT: the kernel log names it, but its file is missing");
	is_number(named->acpi.has_hmat, SR_YES, "the log names it");
	is_number(named->acpi.hmat_used, SR_YES, "and tells of its use");
	is_note(all, SR_SOURCE_PARTIAL, "SRAT: the kernel log names it, but its file is missing");
	is_note(unnamed, SR_SOURCE_OK, NULL);
	is_number(unnamed->acpi.has_hmat, SR_NO, "nobody names it");
	is_number(unnamed->acpi.hmat_used, SR_NO, "so it is not used");
}

/* Who of the table, the log and the command line is believed about the HMAT. */
static void test_hmat(void)
{
	struct made_table srat = good_srat(), bad_srat = begin_srat(3);
	struct made_table good = good_hmat(), bad = begin_hmat(2), first = begin_hmat(1);
	const struct {
		const char *log, *command_line;
		const struct made_table *srat, *hmat;
		enum sr_truth used;
	} rows[] = {
		{ NULL, NULL, &srat, &good, SR_YES },
		{ NULL, NULL, &srat, &bad, SR_NO },
		{ NULL, NULL, NULL, &good, SR_NO },
		{ NULL, NULL, &bad_srat, &good, SR_NO },
		{ NULL, "quiet numa=nohmat", &srat, &good, SR_NO },
		{ NULL, "numa=noacpi", &srat, &good, SR_NO },
		{ NULL, "numa=off", &srat, &good, SR_NO },
		{ NULL, "numa=off", &srat, &first, SR_YES },
		{ NULL, "numa=fake=4", &srat, &good, SR_YES },
		{ WHOLE_LOG, NULL, &srat, &good, SR_YES },
		{ WHOLE_LOG, NULL, &srat, &bad, SR_YES },
		{ WHOLE_LOG, "numa=nohmat", &srat, &good, SR_NO },
		{ WHOLE_LOG "acpi/hmat: Ignoring: Invalid table\n", NULL, &srat, &good, SR_NO },
		/* Without CONFIG_ACPI_HMAT; of revision 1 newer kernels print nothing. */
		{ LOG_BEGIN LOG_SRAT LOG_HMAT LOG_END LOG_LAST, NULL, &srat, &good, SR_NO },
		{ LOG_BEGIN LOG_SRAT LOG_HMAT LOG_END LOG_LAST, NULL, &srat, &first, SR_YES },
		{ LOG_BEGIN LOG_SRAT LOG_HMAT LOG_END, NULL, &srat, &good, SR_YES },
		{ LOG_BEGIN LOG_SRAT LOG_HMAT LOG_END LOG_LAST, NULL, NULL, NULL, SR_UNKNOWN },
		{ LOG_BEGIN LOG_SRAT LOG_HMAT LOG_END LOG_LAST, "numa=off", NULL, NULL, SR_NO },
		{ LOG_BEGIN LOG_SRAT LOG_END, NULL, NULL, NULL, SR_NO },
	};

	put_memory(&bad_srat, 0, 0x1000, 8, 1);
	put_at(&bad_srat, 49, 39, 1);
	finish_table(&bad_srat);
	put_proximity(&bad, 1, 7, 9);
	finish_table(&bad);
	put_cache(&first, 32);
	finish_table(&first);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = read_capture(
			(struct capture){ .log = rows[i].log,
					  .command_line = rows[i].command_line,
					  .srat = rows[i].srat,
					  .hmat = rows[i].hmat,
					  .other_table = rows[i].hmat && !rows[i].srat });

		is_number(snapshot->acpi.hmat_used, rows[i].used, "used");
		printf("# row %zu\n", i);
	}
}

static void test_faults(void)
{
	struct made_table srat = good_srat(), hmat = good_hmat(), cedt = good_cedt();
	sr_auto_snapshot struct sr_snapshot *whole = NULL;
	sr_auto_snapshot struct sr_snapshot *cut = NULL;

	cedt.bytes[9]++;
	whole = read_capture((struct capture){ .srat = &srat, .hmat = &hmat, .cedt = &cedt });
	is_note(whole, SR_SOURCE_OK, "faults: 1, the first in CEDT: its checksum is wrong");
	ok(whole->acpi.windows_known, "nothing was cut off");
	srat.length -= 8;
	cut = read_capture(
		(struct capture){ .log = WHOLE_LOG, .srat = &srat, .hmat = &hmat, .cedt = &cedt });
	is_note(cut, SR_SOURCE_PARTIAL, "SRAT: its length is 144, but there are only 136 bytes");
	is_number(cut->acpi.memory.count, 2, "the log has it whole");
	is_number(cut->acpi.memory.count ? cut->acpi.memory.items[0].source : 0,
		  SR_SOURCE_KERNEL_LOG, "source");
	ok(cut->acpi.memory_known, "known");
}

/* A folder, a file of 17 MiB, a link to itself. */
static void test_no_files(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = NULL;
	struct made_table large = { .length = 1 };
	struct sr_reason reason = { "" };

	sr_snapshot_free(read_capture((struct capture){ .hmat = &large }));
	if (mkdir("sys/firmware/acpi/tables/SRAT", 0755) ||
	    truncate("sys/firmware/acpi/tables/HMAT", 17 << 20) ||
	    symlink("CEDT", "sys/firmware/acpi/tables/CEDT") ||
	    sr_snapshot_read(work, &snapshot, &reason))
		abort();
	is_note(snapshot, SR_SOURCE_UNREADABLE, "SRAT: not a regular file");
	is_number(snapshot->acpi.has_srat, SR_YES, "something is there");
	is_number(snapshot->acpi.hmat_used, SR_UNKNOWN, "but tells nothing");
	ok(!snapshot->acpi.memory_known && !snapshot->acpi.windows_known, "nothing is known");
	snapshot = sr_snapshot_free(snapshot);
	if (rmdir("sys/firmware/acpi/tables/SRAT") || sr_snapshot_read(work, &snapshot, &reason))
		abort();
	is_note(snapshot, SR_SOURCE_UNREADABLE, "HMAT: larger than 16 MiB");
	is_number(snapshot->acpi.has_srat, SR_NO, "no SRAT beside others");
}

int main(void)
{
	if (!mkdtemp(work) || chmod(work, 0755) || chdir(work))
		return 1;
	test_all();
	if (!refused) {
		test_log_only();
		test_nothing();
		test_none_of_them();
		test_one_left_out();
		test_hmat();
		test_faults();
		test_no_files();
	} else {
		printf("ok %u - captures # SKIP %s\n", ++tap_count, refused);
	}
	nftw(".", remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	rmdir(work);
	return tap_done();
}
