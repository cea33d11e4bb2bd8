// SPDX-License-Identifier: GPL-2.0-only
/*
 * sysroot/sysroot.h, against archives: a good capture in several forms, broken ones
 * and hostile ones. Usage: test-sysroot-archive [SOURCE_ROOT], by default the current folder.
 */
#include "test-sysroot-checks.h"

static int check_links(const void *argument)
{
	static const char *const absent[] = { "/sys/hard",
					      "/sys/hard-inside",
					      "/sys/fifo",
					      "/sys/character",
					      "/sys/block",
					      "/sys/dev/char/1:3",
					      "/dev/mem",
					      "/home",
					      "/escaped",
					      "/proc/escaped",
					      "/lib/modules/6/kernel",
					      "/lib/modules/6/modules.dep.bin" };
	struct sr_sysroot *sysroot;

	(void)argument;
	enter_or_return("links.tgz", &sysroot);
	expect(reads("/proc/iomem", "00000000-00000fff : Reserved\n"));
	expect(reads("/proc/version", "from a leading slash"));
	expect(reads("/proc/cmdline", "from an untidy name"));
	expect(reads("/lib/modules/6/modules.dep", "good"));
	expect(exists("/sys/absolute") && open("/sys/absolute", O_RDONLY) < 0 && errno == ENOENT);
	expect(exists("/sys/up") && open("/sys/up", O_RDONLY) < 0 && errno == ENOENT);
	for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++)
		expect(!exists(absent[i]));
	return leave(sysroot) != 0;
}

static int check_replaced(const void *argument)
{
	struct sr_sysroot *sysroot;
	struct stat status;

	(void)argument;
	enter_or_return("replaced.tar", &sysroot);
	expect(reads("/proc/iomem", "00000000-00000fff : Reserved\n"));
	expect(reads("/proc/version", "second"));
	expect(lstat("/proc/version", &status) == 0 && S_ISREG(status.st_mode));
	return leave(sysroot) != 0;
}

static int check_supply(const void *argument)
{
	char resolved[PATH_MAX];
	struct sr_sysroot *sysroot;
	struct stat status;

	(void)argument;
	enter_or_return("devices.tgz", &sysroot);
	expect(stat("/dev/cxl/mem0", &status) == 0 && S_ISREG(status.st_mode));
	expect(status.st_rdev == 0 && status.st_size == 0);
	expect(stat("/dev/cxl/mem12", &status) == 0 && stat("/dev/dax0.0", &status) == 0);
	expect(stat("/dev/null", &status) == 0 && S_ISREG(status.st_mode));
	expect(!exists("/dev/cxl/memory") && !exists("/dev/cxl/mem0:evil"));
	expect(!exists("/dev/dax0"));
	expect(realpath("/sys/dev/char/0:0/subsystem", resolved));
	expect(strcmp(resolved, "/sys/bus/dax") == 0);
	return leave(sysroot) != 0;
}

static int check_without_libarchive(const void *argument)
{
	struct sr_reason reason = { "" };
	struct sr_sysroot *sysroot;
	struct rlimit limit;
	int next = dup(0), error;

	(void)argument;
	expect(next >= 0 && close(next) == 0 && getrlimit(RLIMIT_NOFILE, &limit) == 0);
	limit.rlim_cur = (rlim_t)next + 1;
	expect(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	error = sr_sysroot_enter(path_of("links.tgz"), &sysroot, &reason);
	limit.rlim_cur = limit.rlim_max;
	expect(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	printf("# %s\n", reason.text);
	expect(error == -ENOPKG && strstr(reason.text, "; libarchive13"));
	return 0;
}

static const struct refusal refusals[] = {
	{ "text", -EINVAL, "neither a folder nor an archive" },
	{ "text.gz", -EINVAL, "neither a folder nor an archive" },
	{ "empty", -EINVAL, "neither a folder nor an archive" },
	{ "random", -EINVAL, "neither a folder nor an archive" },
	{ "mtree", -EINVAL, "neither a folder nor an archive" },
	{ "truncated.tgz", -EINVAL, "truncated" },
	{ "truncated-file.tar", -EINVAL, "truncated" },
	{ "truncated-between.tar", -EINVAL, "truncated" },
	{ "twice.tar.gz.gz", -EINVAL, "more than once" },
	{ "nothing.tgz", -EINVAL, "nothing of a machine" },
	{ "no-entries.tar", -EINVAL, "nothing of a machine" },
	{ "several.tgz", -EINVAL, "several machines" },
	{ "through.tar", -EINVAL, "proc twice" },
	{ "through-below.tar", -EINVAL, "sys/a twice" },
	{ "through-late.tar", -EINVAL, "sys/a twice" },
	{ "huge.tgz", -EFBIG, "a file of more than 64 MiB" },
	{ "total.tgz", -EFBIG, "wanted files of more than 256 MiB" },
	{ "skipped.tgz", -EFBIG, "decompresses to more than 1024 MiB" },
	{ "declared.tgz", -EFBIG, "decompresses to more than 1024 MiB" },
	{ "entries.tgz", -EFBIG, "200000 entries" },
	{ "deep.tar", -EFBIG, "64 levels" },
	{ "long.tar", -EFBIG, "2048 bytes" },
	{ "long-part.tar", -EFBIG, "255 in one part" },
	{ "long-link.tar", -EFBIG, "a link of more than 4095 bytes" },
};

int main(int argc, char **argv)
{
	static const char *const forms[] = { "good.tar", "good.tar.bz2", "good.tar.xz", "good.zip",
					     "folder.tar" };

	test_begin(argc, argv,
		   (struct making){ .kinds = { "forms", "broken", "attacks", "limits" } });
	check_both("content: capture.tgz", check_content, capture);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		check(forms[i], check_content, forms[i]);
	check_refusals(refusals, sizeof(refusals) / sizeof(refusals[0]));
	check("links in an archive", check_links, NULL);
	check("an entry twice in an archive", check_replaced, NULL);
	check("device stand-ins", check_supply, NULL);
	check("no libarchive", check_without_libarchive, NULL);
	test_few_files("links.tgz", false);
	test_few_files("links.tgz", true);
	ok(reads(path_of("victim/secret"), "untouched") && count_entries(path_of("victim")) == 3,
	   "no attack reached its victim");
	ok(!exists(path_of("escaped")), "nothing escaped");
	return test_done();
}
