// SPDX-License-Identifier: GPL-2.0-only
/* sources/kernel-log-live.h: records that were kept are the text that was read. */
#include "sources/kernel-log-live.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "tap.h"

static char path[] = "/tmp/cxl-sr-test-kmsg-XXXXXX";

static int read_records(const char *records, struct sr_log_copy *copy)
{
	sr_auto_file FILE *file = fopen(path, "w");

	*copy = (struct sr_log_copy){ 0 };
	if (!file || fputs(records, file) < 0 || fflush(file))
		return -EIO;
	return sr_kmsg_recorded_read(path, copy);
}

static void check(const char *records, const char *text, bool lacks, const char *what)
{
	struct sr_log_copy copy;

	ok(read_records(records, &copy) == 0, what);
	is_text(copy.text, text, "its text");
	ok(copy.text && copy.length == strlen(copy.text), "its length");
	ok(copy.lacks_records == lacks, lacks ? "records are missing" : "none is missing");
	free(copy.text);
}

static void test_recorded(void)
{
	struct sr_log_copy copy;

	check("", "", false, "nothing");
	check("5,0,0,-;Linux version\n6,1,0,-;a;b\n", "Linux version\na;b\n", false, "two records");
	check("5,0,0,-;one\n30,1,2,-;\n30,2,2,-;written by a program\n6,3,9,-,caller=T1;two",
	      "one\ntwo\n", false, "programs' records, no newline at the end");
	check("5,0,0,-;a\\x09b\\x0\n", "a\tb\\x0\n", false, "what the kernel escaped");
	check("5,7,0,-;one\n", "one\n", true, "without its beginning");
	check("5,0,0,-;one\n5,2,0,-;two\n", "one\ntwo\n", true, "with a gap");
	is_number((uint64_t)-read_records("no record\n", &copy), EBADMSG, "no record");
	is_number((uint64_t)-sr_kmsg_recorded_read("/nonexistent", &copy), ENOENT, "no file");
}

/* Where the device may be read: both ways of reading it, with what came in between. */
static void test_live(void)
{
	struct sr_log_copy text = { 0 }, records = { 0 }, again = { 0 };
	sr_auto_file FILE *file = NULL;

	if (sr_kmsg_read("/dev/kmsg", &text) || sr_kmsg_record("/dev/kmsg", &records)) {
		tap_skip("the device", "/dev/kmsg cannot be read here");
		free(text.text);
		return;
	}
	file = fopen(path, "w");
	ok(file && fwrite(records.text, 1, records.length, file) == records.length && !fflush(file),
	   "kept");
	ok(sr_kmsg_recorded_read(path, &again) == 0, "and read");
	ok(again.length >= text.length && memcmp(again.text, text.text, text.length) == 0,
	   "the same text");
	ok(again.lacks_records == text.lacks_records, "the same is missing");
	free(text.text);
	free(records.text);
	free(again.text);
}

int main(void)
{
	int fd = mkstemp(path);

	ok(fd >= 0, "a file");
	close(fd);
	test_recorded();
	test_live();
	unlink(path);
	return tap_done();
}
