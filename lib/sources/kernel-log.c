// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The source kernel-log: the last memory map that this boot's kernel printed,
 * from the first copy of its log that still has the beginning.
 */
#include "sources/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "sources/kernel-log-live.h"
#include "sources/memory-map-text.h"
#include "sources/recorded.h"

/*
 * Lines of the log are cut at LOG_LINE_MAX of kernel/printk (976 to 1024 bytes,
 * "Command line: " included). A shorter command line is whole and must be the same: what
 * sets two boots apart is as a rule an option at its end.
 */
#define CUT_LENGTH 900

struct place {
	const char *path;  /* as it is told */
	const char *file;  /* where it is read; NULL: at @path */
	bool of_this_boot; /* cannot be anything else */
	int (*read)(const char *path, struct sr_log_copy *ret_copy);
};

/* A log, read and parsed. */
struct log {
	const char *path;
	struct sr_log_copy copy;
	struct sr_memory_map_text map;
};

/* What the search came upon; each the first of its kind. */
struct search {
	struct log incomplete; /* of this boot, but without its beginning */
	const char *foreign_path;
	const char *foreign_reason; /* why the log at foreign_path is of another boot */
	const char *error_path;
	int error;
};

static void log_free(struct log *log)
{
	sr_memory_map_free(&log->map);
	free(log->copy.text);
	*log = (struct log){ 0 };
}

static void search_free(struct search *search)
{
	log_free(&search->incomplete);
}

static int read_log_file(const char *path, struct sr_log_copy *ret_copy)
{
	int error = sr_file_read(path, SR_LOG_LIMIT, &ret_copy->text, &ret_copy->length);

	/* What dmesg leaves in a file where it was refused. */
	return !error && ret_copy->length == 0 ? -ENOMSG : error;
}

static const struct place live_places[] = {
	{ "/dev/kmsg", NULL, true, sr_kmsg_read },
	{ "/var/log/dmesg", NULL, false, read_log_file },
	{ "journal", NULL, false, sr_journal_read },
	{ NULL, NULL, false, NULL },
};

/* The same of a machine that was captured. */
static const struct place recorded_places[] = {
	{ "/dev/kmsg", SR_RECORDED_KMSG, true, sr_kmsg_recorded_read },
	{ "/var/log/dmesg", NULL, false, read_log_file },
	{ "journal", SR_RECORDED_JOURNAL, false, read_log_file },
	{ NULL, NULL, false, NULL },
};

static const struct place capture_places[] = {
	{ "/dmesg", NULL, false, read_log_file },
	{ "/var/log/dmesg", NULL, false, read_log_file },
	{ "/sos_commands/kernel/dmesg", NULL, false, read_log_file },
	{ NULL, NULL, false, NULL },
};

static const struct place *places_of(const struct sr_source_context *context)
{
	if (!context->live)
		return capture_places;
	return context->recorded ? recorded_places : live_places;
}

static struct sr_piece piece_of(const char *text)
{
	return sr_piece_trim((struct sr_piece){ text, strlen(text) });
}

/* Whether @logged is @whole, or the part of it that fitted into the log. */
static bool is_command_line(struct sr_piece logged, struct sr_piece whole)
{
	bool cut = logged.length >= CUT_LENGTH;

	/* print_kernel_cmdline() of init/main.c wraps what is too long since v6.19. */
	if (logged.length > 2 && memcmp(logged.start + logged.length - 2, " \\", 2) == 0) {
		logged.length -= 2;
		cut = true;
	}
	if (cut && logged.length < whole.length)
		whole.length = logged.length;
	return sr_piece_equal(logged, whole);
}

/*
 * With a bootconfig /proc/cmdline has more than "Command line: " had
 * (setup_command_line() of init/main.c), so either of the two lines will do.
 */
static bool has_other_command_line(const struct sr_memory_map_text *map, struct sr_piece whole)
{
	if (!map->command_line.length && !map->kernel_command_line.length)
		return false;
	return !(map->command_line.length && is_command_line(map->command_line, whole)) &&
	       !(map->kernel_command_line.length &&
		 is_command_line(map->kernel_command_line, whole));
}

/* Why the log is not of this boot; NULL where it is, or cannot be told apart. */
static const char *why_foreign(const struct sr_kernel *kernel, const struct sr_memory_map_text *map)
{
	if (kernel->release.known && kernel->release.value && map->release.length &&
	    !sr_piece_equal(map->release, piece_of(kernel->release.value)))
		return "it is of another kernel";
	if (kernel->command_line.known && kernel->command_line.value &&
	    has_other_command_line(map, piece_of(kernel->command_line.value)))
		return "it is of another boot: the command lines differ";
	return NULL;
}

static int add_entries(struct sr_snapshot *snapshot, const struct sr_log_map *map)
{
	const struct sr_log_map_entry *from;

	sr_for_each (from, &map->entries) {
		struct sr_memory_map_entry *entry = sr_list_add(&snapshot->memory_map);

		if (!entry)
			return -ENOMEM;
		*entry = (struct sr_memory_map_entry){
			.range = from->range,
			.type = sr_pool_text_n(snapshot->pool, from->type.start, from->type.length),
			.soft_reserved = from->soft_reserved,
			.source = SR_SOURCE_KERNEL_LOG,
		};
		if (!entry->type)
			return -ENOMEM;
	}
	return 0;
}

static int note_whole(struct sr_source_context *context, const struct log *log)
{
	if (log->map.cut_off)
		return sr_note(context, SR_SOURCE_KERNEL_LOG, SR_SOURCE_PARTIAL, log->path,
			       "its end is cut off, a later memory map may be missing");
	if (log->map.bad_count)
		return sr_note(context, SR_SOURCE_KERNEL_LOG, SR_SOURCE_PARTIAL, log->path,
			       "lines of the memory map that are not understood: %zu",
			       log->map.bad_count);
	return sr_note(context, SR_SOURCE_KERNEL_LOG, SR_SOURCE_OK, log->path,
		       log->map.map_count ? NULL : "prints no memory map");
}

static int use_log(struct sr_source_context *context, const struct log *log)
{
	int error = add_entries(context->snapshot, &log->map.last);

	if (!error)
		error = sr_log_acpi_tell(&log->map.acpi, !log->map.cut_off,
					 &context->snapshot->acpi);
	return error ? error : note_whole(context, log);
}

static int use_incomplete_log(struct sr_source_context *context, const struct log *log)
{
	int error = add_entries(context->snapshot, &log->map.last);

	if (error)
		return error;
	return sr_note(context, SR_SOURCE_KERNEL_LOG, SR_SOURCE_INCOMPLETE, log->path,
		       "its beginning is lost%s; %s",
		       log->copy.lacks_records ? ", the ring buffer has wrapped" : "",
		       context->live ? "look for a copy from the boot: /var/log/dmesg, or "
				       "journalctl -k -b as root"
				     : "take the log from `journalctl -k -b`, or from the boot");
}

static void remember_error(struct search *search, const char *path, int error)
{
	bool tells = error != -ENOENT && error != -ENOTDIR && error != -ENODATA;

	if (!tells || search->error)
		return;
	search->error = error;
	search->error_path = path;
}

/* 1 where the log at @place was used, 0 to look further, or -ENOMEM. */
static int try_place(struct sr_source_context *context, const struct place *place,
		     struct search *search)
{
	sr_cleanup(log_free) struct log log = { .path = place->path };
	const char *reason;
	int error = place->read(place->file ? place->file : place->path, &log.copy);

	if (error == -ENOMEM)
		return error;
	if (error) {
		remember_error(search, place->path, error);
		return 0;
	}
	error = sr_memory_map_parse(log.copy.text, log.copy.length, &log.map);
	if (error)
		return error;
	reason = place->of_this_boot ? NULL : why_foreign(&context->snapshot->kernel, &log.map);
	if (reason && !search->foreign_path) {
		search->foreign_path = place->path;
		search->foreign_reason = reason;
	}
	if (!reason && log.map.has_beginning && !log.copy.lacks_records) {
		error = use_log(context, &log);
		return error ? error : 1;
	}
	if (!reason && !search->incomplete.path) {
		search->incomplete = log;
		log = (struct log){ 0 };
	}
	return 0;
}

static const char *describe_error(int error)
{
	switch (-error) {
	case ENOMSG:
		return "empty";
	case EFBIG:
		return "larger than 64 MiB";
	case EINVAL:
		return "not a regular file";
	default:
		return strerror(-error);
	}
}

static int note_nothing(struct sr_source_context *context, const struct search *search,
			const char *path)
{
	if (search->error == -EPERM || search->error == -EACCES)
		return sr_note(context, SR_SOURCE_KERNEL_LOG, SR_SOURCE_HIDDEN, search->error_path,
			       "hidden from ordinary users, run as root");
	if (search->foreign_path)
		return sr_note(context, SR_SOURCE_KERNEL_LOG, SR_SOURCE_NOT_USED,
			       search->foreign_path, "%s", search->foreign_reason);
	if (search->error)
		return sr_note(context, SR_SOURCE_KERNEL_LOG, sr_state_of_error(search->error),
			       search->error_path, "%s", describe_error(search->error));
	return sr_note(context, SR_SOURCE_KERNEL_LOG, SR_SOURCE_ABSENT, path, NULL);
}

int sr_read_kernel_log(struct sr_source_context *context)
{
	const struct place *places = places_of(context);
	sr_cleanup(search_free) struct search search = { 0 };

	for (const struct place *place = places; place->path; place++) {
		int used = try_place(context, place, &search);

		if (used)
			return used < 0 ? used : 0;
	}
	if (search.incomplete.path)
		return use_incomplete_log(context, &search.incomplete);
	return note_nothing(context, &search, places->path);
}
