// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads /dev/kmsg (Documentation/ABI/testing/dev-kmsg) and what journalctl says. */
#include "sources/kernel-log-live.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/number.h"
#include "base/program.h"

/* Above PRINTK_MESSAGE_MAX of kernel/printk/internal.h, 8192 before v6.3. */
#define RECORD_SIZE	     16384
#define JOURNAL_MILLISECONDS 5000

/* What reads the log: where it goes, and which record should come next. */
struct reading {
	struct sr_log_copy copy;
	size_t room; /* without the NUL */
	uint64_t expected;
	bool keeps_records; /* instead of their texts alone */
};

static void reading_done(struct reading *reading)
{
	free(reading->copy.text);
}

#define sr_auto_reading sr_cleanup(reading_done)

/* Makes room for @more bytes and a NUL. */
static int make_room(struct reading *reading, size_t more)
{
	struct sr_log_copy *copy = &reading->copy;
	size_t wanted = reading->room ? reading->room : 65536;
	char *grown;

	if (copy->length + more > SR_LOG_LIMIT)
		return -EFBIG;
	while (wanted < copy->length + more)
		wanted *= 2;
	if (wanted == reading->room)
		return 0;
	grown = realloc(copy->text, wanted + 1);
	if (!grown)
		return -ENOMEM;
	copy->text = grown;
	reading->room = wanted;
	return 0;
}

static void hand_over(struct sr_log_copy *copy, struct sr_log_copy *ret_copy)
{
	copy->text[copy->length] = '\0';
	*ret_copy = *copy;
	copy->text = NULL;
}

/* msg_add_ext_text() of kernel/printk/printk.c writes \xNN for what is not printable. */
static size_t unescape(const char *text, char *unescaped)
{
	size_t length = 0;

	while (*text && *text != '\n') {
		char digits[3] = { 0 };
		const char *at = digits;
		uint64_t value;

		if (strncmp(text, "\\x", 2) == 0)
			memcpy(digits, text + 2, strnlen(text + 2, 2));
		if (sr_number_scan(&at, 16, &value) == 0 && at == digits + 2) {
			unescaped[length++] = (char)value;
			text += 4;
		} else {
			unescaped[length++] = *text++;
		}
	}
	return length;
}

/* The numbers of "priority,sequence,time,flags;text\n KEY=value\n". */
struct record {
	const char *text; /* behind the semicolon */
	size_t length;	  /* of the text, without what follows its line */
	/*
	 * What programs write to /dev/kmsg never has the facility 0 (devkmsg_write()), so
	 * nobody can put a memory map into the kernel's mouth.
	 */
	bool from_kernel;
	uint64_t sequence;
};

static int parse_record(const char *line, struct record *ret_record)
{
	const char *at = line, *text = strchr(line, ';');
	struct record record;
	uint64_t priority;

	if (!text || sr_number_scan(&at, 10, &priority) < 0 || *at++ != ',' ||
	    sr_number_scan(&at, 10, &record.sequence) < 0)
		return -EBADMSG;
	record.text = text + 1;
	record.length = strcspn(record.text, "\n");
	record.from_kernel = priority >> 3 == 0;
	*ret_record = record;
	return 0;
}

static void add_bytes(struct sr_log_copy *copy, const char *bytes, size_t length)
{
	memcpy(copy->text + copy->length, bytes, length);
	copy->length += length;
	copy->text[copy->length++] = '\n';
}

static int add_record(struct reading *reading, const char *line)
{
	struct sr_log_copy *copy = &reading->copy;
	struct record record;
	int error = parse_record(line, &record);

	if (error)
		return error;
	copy->lacks_records |= record.sequence != reading->expected;
	reading->expected = record.sequence + 1;
	if (!record.from_kernel && !reading->keeps_records)
		return 0;
	error = make_room(reading, (size_t)(record.text - line) + record.length + 1);
	if (error)
		return error;
	if (reading->keeps_records) {
		/* That it was there tells that no record is missing; its text is nobody's concern.
		 */
		add_bytes(copy, line,
			  (size_t)(record.text - line) + (record.from_kernel ? record.length : 0));
		return 0;
	}
	copy->length += unescape(record.text, copy->text + copy->length);
	copy->text[copy->length++] = '\n';
	return 0;
}

/* Each read(2) gives one record; EPIPE tells that the next one was overwritten meanwhile. */
static int read_records(int fd, struct reading *reading)
{
	char record[RECORD_SIZE];

	for (;;) {
		ssize_t got = read(fd, record, sizeof(record) - 1);
		int error;

		if (got < 0 && (errno == EINTR || errno == EPIPE))
			continue;
		if (got == 0 || (got < 0 && errno == EAGAIN))
			return 0;
		if (got < 0)
			return -errno;
		record[got] = '\0';
		error = add_record(reading, record);
		if (error)
			return error;
	}
}

static int read_kmsg(const char *path, bool keeps_records, struct sr_log_copy *ret_copy)
{
	sr_auto_close int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	sr_auto_reading struct reading reading = { .keeps_records = keeps_records };
	int error;

	if (fd < 0)
		return -errno;
	/* To the oldest record that is left, also behind `dmesg --clear`. */
	if (lseek(fd, 0, SEEK_SET) < 0)
		return -errno;
	error = make_room(&reading, 0);
	if (!error)
		error = read_records(fd, &reading);
	if (error)
		return error;
	hand_over(&reading.copy, ret_copy);
	return 0;
}

int sr_kmsg_read(const char *path, struct sr_log_copy *ret_copy)
{
	return read_kmsg(path, false, ret_copy);
}

int sr_kmsg_record(const char *path, struct sr_log_copy *ret_copy)
{
	return read_kmsg(path, true, ret_copy);
}

int sr_kmsg_recorded_read(const char *path, struct sr_log_copy *ret_copy)
{
	sr_auto_reading struct reading reading = { 0 };
	sr_auto_free char *records = NULL;
	int error = sr_file_read(path, SR_LOG_LIMIT, &records, NULL);

	if (!error)
		error = make_room(&reading, 0);
	for (char *at = records; !error && *at;) {
		char *next = strchrnul(at, '\n');
		bool ended = *next == '\0';

		*next = '\0';
		error = add_record(&reading, at);
		at = ended ? next : next + 1;
	}
	if (error)
		return error;
	hand_over(&reading.copy, ret_copy);
	return 0;
}

int sr_journal_read(const char *path, struct sr_log_copy *ret_copy)
{
	static const char *const arguments[] = {
		"journalctl", "--dmesg",       "--boot", "--output=short-monotonic",
		"--no-pager", "--no-hostname", "-q",	 NULL,
	};
	struct sr_output output;
	int status;
	int error =
		sr_program_read(arguments, SR_LOG_LIMIT, JOURNAL_MILLISECONDS, &output, &status);

	(void)path;
	if (error)
		return error;
	if (status != 0 || output.length == 0) {
		free(output.text);
		return -ENODATA;
	}
	*ret_copy = (struct sr_log_copy){ .text = output.text, .length = output.length };
	return 0;
}
