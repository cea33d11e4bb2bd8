// SPDX-License-Identifier: GPL-2.0-only
/* base/file.h: bounded reading, in a folder of its own. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "tap.h"

static char folder[] = "/tmp/cxl-sr-test-file-XXXXXX";

static const char *path_of(const char *name)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *bytes, size_t length)
{
	sr_auto_file FILE *file = fopen(path_of(name), "w");

	ok(file && fwrite(bytes, 1, length, file) == length, name);
}

/* Root could read it, and would take it for empty. */
static void test_barred(void)
{
	sr_auto_free char *text = NULL;
	char buffer[8];

	put("barred", "", 0);
	ok(chmod(path_of("barred"), 0) == 0, "nobody may read it");
	is_number((uint64_t)-sr_file_read(path_of("barred"), 10, &text, NULL), EACCES,
		  "an empty file that nobody may read");
	is_number((uint64_t)-sr_attribute_read(folder, "barred", buffer, sizeof(buffer)), EACCES,
		  "as an attribute");
	ok(chmod(path_of("barred"), 0200) == 0, "its owner may write it");
	is_number((uint64_t)-sr_file_read(path_of("barred"), 10, &text, NULL), EACCES,
		  "still nobody may read it");
	ok(chmod(path_of("barred"), 0400) == 0, "its owner may read it");
	is_number((uint64_t)sr_file_read(path_of("barred"), 10, &text, NULL), 0, "then it is read");
}

static void test_file_read(void)
{
	sr_auto_free char *text = NULL, *binary = NULL, *empty = NULL;
	size_t length = 0;

	put("text", "two\nlines\n", 10);
	is_number((uint64_t)sr_file_read(path_of("text"), 10, &text, &length), 0, "at the limit");
	is_text(text, "two\nlines\n", "the whole text");
	is_number(length, 10, "its length");
	put("binary", "a\0b", 3);
	is_number((uint64_t)sr_file_read(path_of("binary"), 10, &binary, &length), 0,
		  "a NUL inside is no error");
	is_number(length, 3, "and counts");
	ok(binary && memcmp(binary, "a\0b", 4) == 0, "with a NUL behind it all");
	put("empty", "", 0);
	is_number((uint64_t)sr_file_read(path_of("empty"), 0, &empty, NULL), 0,
		  "empty, limit 0, length not wanted");
	is_text(empty, "", "is the empty text");
}

/* Sizes around those by which the buffer grows. */
static void test_file_sizes(void)
{
	static const size_t sizes[] = { 65535, 65536, 65537, 131072, 300000 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		sr_auto_free char *bytes = calloc(1, sizes[i]), *text = NULL;
		size_t length = 0;

		memset(bytes, 'x', sizes[i]);
		put("large", bytes, sizes[i]);
		is_number((uint64_t)sr_file_read(path_of("large"), sizes[i], &text, &length), 0,
			  "a large file");
		is_number(length, sizes[i], "its length");
		ok(text && strlen(text) == sizes[i], "its bytes");
	}
}

static void test_file_refusal(void)
{
	char *text = NULL;

	put("text", "two\nlines\n", 10);
	is_number((uint64_t)sr_file_read(path_of("text"), 9, &text, NULL), (uint64_t)-EFBIG,
		  "above the limit");
	is_number((uint64_t)sr_file_read(path_of("none"), 9, &text, NULL), (uint64_t)-ENOENT,
		  "no file");
	is_number((uint64_t)sr_file_read(folder, 9, &text, NULL), (uint64_t)-EINVAL, "a folder");
	ok(mkfifo(path_of("fifo"), 0600) == 0, "a FIFO that nobody writes to");
	is_number((uint64_t)sr_file_read(path_of("fifo"), 9, &text, NULL), (uint64_t)-EINVAL,
		  "does not hang");
	ok(symlink("loop", path_of("loop")) == 0, "a link to itself");
	is_number((uint64_t)sr_file_read(path_of("loop"), 9, &text, NULL), (uint64_t)-ELOOP,
		  "is refused");
	is_number((uint64_t)sr_file_read("/dev/zero", 9, &text, NULL), (uint64_t)-EINVAL,
		  "a device");
	ok(!text, "what is refused sets nothing");
}

static int read_attribute(const char *name, char *buffer, size_t size)
{
	return sr_attribute_read(folder, name, buffer, size);
}

static void test_attribute(void)
{
	char buffer[8] = "", name[PATH_MAX + 1];

	put("attribute", "ram\n", 4);
	is_number((uint64_t)read_attribute("attribute", buffer, 8), 0, "an attribute");
	is_text(buffer, "ram", "without its newline");
	put("attribute", "ram\n\n", 5);
	is_number((uint64_t)read_attribute("attribute", buffer, 8), 0, "two newlines");
	is_text(buffer, "ram\n", "only the last is taken off");
	put("attribute", "\n", 1);
	is_number((uint64_t)read_attribute("attribute", buffer, 8), 0, "a newline alone");
	is_text(buffer, "", "is an empty text");
	put("attribute", "", 0);
	is_number((uint64_t)read_attribute("attribute", buffer, 8), (uint64_t)-ENODATA,
		  "nothing at all is not one");
	put("attribute", "1234567", 7);
	is_number((uint64_t)read_attribute("attribute", buffer, 8), 0, "as large as fits");
	is_text(buffer, "1234567", "is whole");
	put("attribute", "12345678", 8);
	is_number((uint64_t)read_attribute("attribute", buffer, 8), (uint64_t)-EFBIG, "larger");
	put("attribute", "a\0b\n", 4);
	is_number((uint64_t)read_attribute("attribute", buffer, 8), (uint64_t)-EILSEQ, "a NUL");
	is_number((uint64_t)read_attribute("fifo", buffer, 8), (uint64_t)-EINVAL, "a FIFO");
	is_number((uint64_t)read_attribute(".", buffer, 8), (uint64_t)-EINVAL, "a folder");
	is_number((uint64_t)sr_attribute_read("/dev", "null", buffer, 8), (uint64_t)-EINVAL,
		  "a device");
	put("attribute", "1\n2\n", 4);
	ok(!sr_attribute_u64(folder, "attribute").known, "two lines are not the first one");
	is_number((uint64_t)read_attribute("none", buffer, 8), (uint64_t)-ENOENT, "none");
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	is_number((uint64_t)read_attribute(name, buffer, 8), (uint64_t)-ENAMETOOLONG, "long name");
}

static void test_numbers(void)
{
	put("number", "0x1290000000\n", 13);
	ok(sr_attribute_u64(folder, "number").known, "a number is known");
	is_number(sr_attribute_u64(folder, "number").value, 0x1290000000, "its value");
	put("number", "-1\n", 3);
	ok(!sr_attribute_u64(folder, "number").known, "a negative number is not unsigned");
	is_number((uint64_t)sr_attribute_s64(folder, "number").value, UINT64_MAX, "but signed");
	put("number", "\n", 1);
	ok(!sr_attribute_u64(folder, "number").known, "nothing is not 0");
	ok(!sr_attribute_s64(folder, "number").known, "nothing is not 0, signed");
	ok(!sr_attribute_u64(folder, "none").known, "no file is unknown");
	ok(!sr_attribute_s64(folder, "none").known, "no file is unknown, signed");
}

static void test_truth(void)
{
	put("truth", "1\n", 2);
	is_number(sr_attribute_truth(folder, "truth"), SR_YES, "1 is yes");
	put("truth", "0\n", 2);
	is_number(sr_attribute_truth(folder, "truth"), SR_NO, "0 is no");
	put("truth", "2\n", 2);
	is_number(sr_attribute_truth(folder, "truth"), SR_UNKNOWN, "2 is neither");
	put("truth", "Y\n", 2);
	is_number(sr_attribute_truth(folder, "truth"), SR_UNKNOWN, "Y is neither");
	is_number(sr_attribute_truth(folder, "none"), SR_UNKNOWN, "no file is neither");
}

static int link_base(const char *name, char *buffer, size_t size)
{
	return sr_link_base(folder, name, buffer, size);
}

static void test_link(void)
{
	char buffer[8] = "kept", target[PATH_MAX];

	ok(symlink("../../bus/cxl/drivers/kmem", path_of("driver")) == 0, "a link");
	is_number((uint64_t)link_base("none", buffer, 8), 1, "no link is no error");
	is_number((uint64_t)link_base("text", buffer, 8), (uint64_t)-EINVAL, "a file");
	is_text(buffer, "kept", "set nothing");
	is_number((uint64_t)link_base("driver", buffer, 4), (uint64_t)-ENAMETOOLONG,
		  "too small by the NUL");
	is_number((uint64_t)link_base("driver", buffer, 5), 0, "the last component");
	is_text(buffer, "kmem", "the last component");
	is_number((uint64_t)link_base("loop", buffer, 8), 0, "a link without a folder");
	is_text(buffer, "loop", "is its own last component");
	is_number((uint64_t)sr_link_read(folder, "driver", target, sizeof(target)), 0,
		  "the whole link");
	is_text(target, "../../bus/cxl/drivers/kmem", "its target");
}

int main(void)
{
	static const char *const names[] = { "text",  "binary", "empty",     "large",
					     "fifo",  "loop",	"attribute", "number",
					     "truth", "driver", "barred" };

	if (!mkdtemp(folder))
		return 1;
	test_file_read();
	test_barred();
	test_file_sizes();
	test_file_refusal();
	test_attribute();
	test_numbers();
	test_truth();
	test_link();
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(path_of(names[i]));
	ok(rmdir(folder) == 0, "nothing else was left in the folder");
	return tap_done();
}
