/* SPDX-License-Identifier: GPL-2.0-only */
/* Checks of sysroot/sysroot.h that both archives and folders have to pass. */
#pragma once

#include <sys/resource.h>

#include "test-sysroot.h"

static inline uint64_t hash(uint64_t value, const void *bytes, size_t length)
{
	for (const unsigned char *at = bytes; length > 0; at++, length--)
		value = (value ^ *at) * 0x100000001b3ULL;
	return value;
}

static struct {
	size_t prefix, files;
	uint64_t sum;
} tree;

/* Neither power nor sys/dev are taken from an archive. */
static inline int add_file(const char *path, const struct stat *status, int type, struct FTW *where)
{
	const char *name = path + tree.prefix;
	uint64_t value = hash(0xcbf29ce484222325ULL, name, strlen(name));
	char bytes[16384];
	ssize_t length = 0;

	(void)where;
	if (strstr(name, "/power") || strncmp(name, "/sys/dev", 8) == 0)
		if (strncmp(name, "/sys/devices", 12) != 0 || strstr(name, "/power"))
			return 0;
	if (type == FTW_F) {
		sr_auto_close int fd = open(path, O_RDONLY | O_CLOEXEC);

		while ((length = read(fd, bytes, sizeof(bytes))) > 0)
			value = hash(value, bytes, (size_t)length);
		if (length < 0)
			printf("# cannot read %s: %s\n", path, strerror(errno));
	} else if (type == FTW_SL) {
		length = readlink(path, bytes, sizeof(bytes));
		value = hash(value, bytes, length < 0 ? 0 : (size_t)length);
	}
	value += status->st_mode & S_IFMT;
	tree.sum += value;
	tree.files += length >= 0;
	return 0;
}

/* A number for all names, links and contents below @root, in whatever order. */
static inline uint64_t tree_sum(const char *root)
{
	static const char *const tops[] = { "/proc", "/sys", "/lib", "/dmesg" };

	tree.prefix = strlen(root);
	tree.files = 0;
	tree.sum = 0;
	for (size_t i = 0; i < sizeof(tops) / sizeof(tops[0]); i++) {
		char path[PATH_MAX];

		snprintf(path, sizeof(path), "%s%s", root, tops[i]);
		nftw(path, add_file, 32, FTW_PHYS);
	}
	return tree.files > 1000 ? tree.sum : 0;
}

/* The same content inside as outside, and outside unchanged after all that was tried. */
static inline int check_content(const void *argument)
{
	const char *folder = path_of("folder");
	struct place before;
	uint64_t outside = tree_sum(folder), inside;
	struct sr_sysroot *sysroot;

	expect(outside != 0 && chdir(work) == 0);
	before = place_now();
	enter_or_return(argument, &sysroot);
	inside = tree_sum("");
	expect(!exists(folder) && !exists("../text"));
	expect(leave(sysroot) == 0);
	expect(inside == outside);
	expect(is_same_place(&before));
	expect(tree_sum(folder) == outside);
	return 0;
}

struct refusal {
	const char *name;
	int error;
	const char *words; /* in the reason */
};

static inline int check_refused(const void *argument)
{
	const struct refusal *refusal = argument;
	const char *path = path_of(refusal->name);
	struct sr_reason reason = { "" };
	struct sr_sysroot *sysroot = NULL;
	struct place before;
	int error;

	expect(chdir(work) == 0);
	before = place_now();
	if (!exists("/proc/self") && strncmp(path, "/proc/self", 10) == 0)
		return SKIP_PROC;
	if (!exists(path) && strcmp(refusal->name, "with-device") == 0)
		return SKIP_NODE;
	error = sr_sysroot_enter(path, &sysroot, &reason);
	printf("# %s\n", reason.text);
	if (error == -EPERM && refusal->error != -EPERM)
		return SKIP_ENTER;
	expect(error == refusal->error && sysroot == NULL);
	expect(strstr(reason.text, refusal->words));
	expect(is_same_place(&before));
	return 0;
}

static inline void check_refusals(const struct refusal *refusals, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char what[96];

		snprintf(what, sizeof(what), "refused: %s", refusals[i].name);
		check_both(what, check_refused, &refusals[i]);
	}
}

struct few_files {
	const char *name;
	rlim_t more;
};

/* Entered or refused with nothing changed, but nothing in between. */
static inline int check_few_files(const void *argument)
{
	const struct few_files *few = argument;
	struct sr_reason reason = { "" };
	struct sr_sysroot *sysroot;
	struct rlimit limit, before_limit;
	struct place before = place_now();
	int next = dup(0), error;

	expect(next >= 0 && close(next) == 0);
	expect(getrlimit(RLIMIT_NOFILE, &before_limit) == 0);
	limit = before_limit;
	limit.rlim_cur = (rlim_t)next + few->more;
	expect(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	error = sr_sysroot_enter(path_of(few->name), &sysroot, &reason);
	if (!error) {
		expect(reads("/proc/iomem", "00000000-00000fff : Reserved\n"));
		expect(leave(sysroot) == 0);
	}
	expect(setrlimit(RLIMIT_NOFILE, &before_limit) == 0);
	expect(!error || reason.text[0] != '\0');
	expect(is_same_place(&before));
	return error ? 2 : 0;
}

static inline void test_few_files(const char *name, bool copied)
{
	unsigned int entered = 0, refused = 0, other = 0;
	char what[128];

	for (rlim_t more = 0; more < 20; more++) {
		struct few_files few = { name, more };
		struct check without_namespaces = { check_few_files, &few };
		int status = copied ? in_child(check_copied, &without_namespaces)
				    : in_child(check_few_files, &few);

		entered += status == 0;
		refused += status == 2 || skip_reason(status);
		other += status != 0 && status != 2 && !skip_reason(status);
	}
	printf("# entered %u times, refused %u times\n", entered, refused);
	snprintf(what, sizeof(what), "%s with few descriptors%s", name,
		 copied ? ", without namespaces" : "");
	ok(other == 0 && refused > 0, what);
}
