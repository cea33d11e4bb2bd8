// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The source acpi: SRAT, HMAT and CEDT from /sys/firmware/acpi/tables, which only root
 * may read on a live machine. What the kernel log tells of them is in the snapshot
 * already (kernel-log.c) and stays where a table cannot be read.
 */
#include "sources/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/directory.h"
#include "base/file.h"
#include "snapshot/command-line.h"
#include "sources/acpi-cedt.h"
#include "sources/acpi-hmat.h"
#include "sources/acpi-merge.h"
#include "sources/acpi-srat.h"

#define TABLES_PATH "/sys/firmware/acpi/tables"
#define SIZE_LIMIT  ((size_t)16 << 20)
#define NAME_LIMIT  4096

enum table {
	SRAT,
	HMAT,
	CEDT,
	TABLE_COUNT
};

struct file {
	const char *name, *path;
	char *bytes; /* NULL where it could not be read */
	size_t length;
	int error;
	bool left_out; /* of the capture: the kernel log names it */
	bool cut;      /* something in it could not be read */
};

struct reading {
	struct sr_source_context *context;
	struct sr_acpi *acpi;
	struct file files[TABLE_COUNT];
	int folder; /* where a file is missing: 1 there are other tables, 0 none, or -errno */
	struct sr_srat srat;
	struct sr_hmat hmat;
};

static void reading_free(struct reading *reading)
{
	for (int i = 0; i < TABLE_COUNT; i++)
		free(reading->files[i].bytes);
	sr_srat_free(&reading->srat);
}

static bool is_missing(const struct file *file)
{
	return file->error == -ENOENT || file->error == -ENOTDIR;
}

static bool is_hidden(const struct file *file)
{
	return file->error == -EACCES || file->error == -EPERM;
}

/* Files of tables are named by their signatures; `data` and `dynamic` are folders. */
static int look_for_tables(void)
{
	sr_auto_names struct sr_names names = { 0 };
	int error = sr_names_read(TABLES_PATH, NULL, NAME_LIMIT, &names);
	char **name;

	if (error)
		return error;
	sr_for_each (name, &names.list) {
		if (**name >= 'A' && **name <= 'Z')
			return 1;
	}
	return 0;
}

static int read_files(struct reading *reading)
{
	bool missing = false;

	for (int i = 0; i < TABLE_COUNT; i++) {
		struct file *file = &reading->files[i];

		file->error = sr_file_read(file->path, SIZE_LIMIT, &file->bytes, &file->length);
		if (file->error == -ENOMEM)
			return -ENOMEM;
		missing |= is_missing(file);
	}
	if (missing)
		reading->folder = look_for_tables();
	return reading->folder == -ENOMEM ? -ENOMEM : 0;
}

/*
 * A folder that holds no table at all tells nothing: every ACPI machine has some, but
 * tar(1) run by an ordinary user leaves out what it cannot read.
 */
static void settle_existence(struct reading *reading, struct file *file, enum sr_truth *exists)
{
	if (file->bytes || access(file->path, F_OK) == 0)
		*exists = SR_YES;
	else if (is_missing(file) && *exists == SR_YES)
		file->left_out = true;
	else if (is_missing(file) && reading->folder > 0)
		*exists = SR_NO;
}

static int read_srat(struct reading *reading)
{
	struct sr_pool *pool = reading->context->snapshot->pool;
	struct file *file = &reading->files[SRAT];
	struct sr_acpi *acpi = reading->acpi;
	size_t logged = acpi->memory.count;
	bool log_whole = acpi->memory_known;
	int error;

	if (!file->bytes) {
		acpi->memory_known |= acpi->has_srat == SR_NO;
		return 0;
	}
	error = sr_srat_parse(acpi, pool, file->bytes, file->length, &reading->srat);
	if (error)
		return error;
	file->cut = !reading->srat.whole;
	return sr_acpi_merge_memory(acpi, pool, logged, log_whole, reading->srat.whole);
}

static int read_hmat(struct reading *reading)
{
	const struct sr_kernel *kernel = &reading->context->snapshot->kernel;
	struct file *file = &reading->files[HMAT];
	int error;

	if (!file->bytes)
		return 0;
	error = sr_hmat_parse(reading->acpi, reading->context->snapshot->pool, file->bytes,
			      file->length, &reading->srat,
			      sr_kernel_has_word(kernel, "numa=", "off"), &reading->hmat);
	file->cut = !error && !reading->hmat.whole;
	return error;
}

static int read_cedt(struct reading *reading)
{
	struct file *file = &reading->files[CEDT];
	int error;

	if (!file->bytes) {
		reading->acpi->windows_known = reading->acpi->has_cedt == SR_NO;
		return 0;
	}
	error = sr_cedt_parse(reading->acpi, reading->context->snapshot->pool, file->bytes,
			      file->length);
	file->cut = !error && !reading->acpi->windows_known;
	return error;
}

/* From the tables alone, as hmat_init() would decide. */
static enum sr_truth would_take_hmat(const struct reading *reading)
{
	const struct sr_hmat *hmat = &reading->hmat;

	if (reading->srat.taken == SR_NO || hmat->taken == SR_NO)
		return SR_NO;
	/* A kernel without CONFIG_ACPI_HMAT says nothing where others do. */
	if (hmat->is_logged && reading->acpi->hmat_logged == SR_NO)
		return SR_NO;
	return reading->srat.taken == SR_YES ? hmat->taken : SR_UNKNOWN;
}

/*
 * numa_setup() of arch/x86/mm/numa.c: noacpi and nohmat keep hmat_init() from doing
 * anything; with off no domain has a node, so that it refuses a table that names the
 * domain of a processor, as nearly all do. What the log said of it goes before all that
 * we make of the tables.
 */
static void settle_hmat(struct reading *reading)
{
	const struct sr_kernel *kernel = &reading->context->snapshot->kernel;
	struct sr_acpi *acpi = reading->acpi;

	if (acpi->has_srat == SR_NO || acpi->has_hmat == SR_NO ||
	    sr_kernel_has_word(kernel, "numa=", "noacpi") ||
	    sr_kernel_has_word(kernel, "numa=", "nohmat"))
		acpi->hmat_used = SR_NO;
	if (acpi->hmat_used == SR_UNKNOWN)
		acpi->hmat_used = would_take_hmat(reading);
	if (acpi->hmat_used == SR_UNKNOWN && sr_kernel_has_word(kernel, "numa=", "off"))
		acpi->hmat_used = SR_NO;
}

static int note(struct reading *reading, enum sr_source_state state, const char *detail)
{
	return sr_note(reading->context, SR_SOURCE_ACPI, state, TABLES_PATH, detail ? "%s" : NULL,
		       detail);
}

static int note_no_tables(struct reading *reading)
{
	if (reading->folder > 0)
		return note(reading, SR_SOURCE_OK, "there is no SRAT, HMAT or CEDT");
	if (reading->folder == 0)
		return note(reading, SR_SOURCE_ABSENT, "the folder has no tables");
	if (sr_state_of_error(reading->folder) == SR_SOURCE_ABSENT)
		return note(reading, SR_SOURCE_ABSENT,
			    reading->context->live ? "this machine has no ACPI"
						   : "left out of the capture, or no ACPI");
	return note(reading, sr_state_of_error(reading->folder), strerror(-reading->folder));
}

static int note_hidden(struct reading *reading)
{
	bool told = reading->acpi->memory_known && reading->acpi->memory.count;

	return sr_note(reading->context, SR_SOURCE_ACPI, SR_SOURCE_HIDDEN, TABLES_PATH, "%s%s",
		       reading->context->live ? "hidden from ordinary users, run as root"
					      : "its files cannot be read by this user",
		       told ? "; the kernel log tells what the SRAT has" : "");
}

static const char *describe(const struct reading *reading, const struct file *file)
{
	const struct sr_table_fault *fault;

	if (file->left_out)
		return "the kernel log names it, but its file is missing";
	if (file->error == -EFBIG)
		return "larger than 16 MiB";
	if (file->error)
		return file->error == -EINVAL ? "not a regular file" : strerror(-file->error);
	sr_for_each (fault, &reading->acpi->faults) {
		if (strcmp(fault->table, file->name) == 0)
			return fault->text;
	}
	return "not understood";
}

static bool fell_short(const struct file *file)
{
	return file->left_out || file->cut || (file->error && !is_missing(file));
}

/* Some were read, or could not be for other reasons than permission. */
static int note_files(struct reading *reading, bool any_read)
{
	const struct sr_acpi *acpi = reading->acpi;

	for (int i = 0; i < TABLE_COUNT; i++) {
		const struct file *file = &reading->files[i];

		if (fell_short(file))
			return sr_note(reading->context, SR_SOURCE_ACPI,
				       any_read || file->left_out ? SR_SOURCE_PARTIAL
								  : SR_SOURCE_UNREADABLE,
				       TABLES_PATH, "%s: %s", file->name, describe(reading, file));
	}
	if (acpi->faults.count)
		return sr_note(reading->context, SR_SOURCE_ACPI, SR_SOURCE_OK, TABLES_PATH,
			       "faults: %zu, the first in %s: %s", acpi->faults.count,
			       acpi->faults.items[0].table, acpi->faults.items[0].text);
	return note(reading, SR_SOURCE_OK, NULL);
}

static int note_outcome(struct reading *reading)
{
	size_t read = 0, hidden = 0, missing = 0, left_out = 0;

	for (int i = 0; i < TABLE_COUNT; i++) {
		const struct file *file = &reading->files[i];

		read += file->bytes != NULL;
		hidden += is_hidden(file);
		missing += is_missing(file);
		left_out += file->left_out;
	}
	if (!read && hidden)
		return note_hidden(reading);
	if (missing == TABLE_COUNT && (reading->folder <= 0 || !left_out))
		return note_no_tables(reading);
	return note_files(reading, read);
}

int sr_read_acpi(struct sr_source_context *context)
{
	struct sr_acpi *acpi = &context->snapshot->acpi;
	sr_cleanup(reading_free) struct reading reading = {
		.context = context,
		.acpi = acpi,
		.files = {
			[SRAT] = { .name = "SRAT", .path = TABLES_PATH "/SRAT" },
			[HMAT] = { .name = "HMAT", .path = TABLES_PATH "/HMAT" },
			[CEDT] = { .name = "CEDT", .path = TABLES_PATH "/CEDT" },
		},
	};
	int error = read_files(&reading);

	if (error)
		return error;
	settle_existence(&reading, &reading.files[SRAT], &acpi->has_srat);
	settle_existence(&reading, &reading.files[HMAT], &acpi->has_hmat);
	settle_existence(&reading, &reading.files[CEDT], &acpi->has_cedt);
	error = read_srat(&reading);
	if (!error)
		error = read_hmat(&reading);
	if (!error)
		error = read_cedt(&reading);
	if (error)
		return error;
	settle_hmat(&reading);
	return note_outcome(&reading);
}
