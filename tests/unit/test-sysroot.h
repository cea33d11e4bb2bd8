/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For the tests of sysroot/sysroot.h: the captures of make-hostile in a folder of their
 * own, and children to enter them, since a namespace cannot be left.
 */
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "sandbox/capabilities.h"
#include "sysroot/sysroot.h"
#include "tap.h"

#define NOBODY 65534

/* What a child ends with that cannot check what it was to check. */
enum skip {
	SKIP_ENTER = 77,
	SKIP_FILTER,
	SKIP_MOUNT,
	SKIP_NODE,
	SKIP_PROC,
	SKIP_RIGHTS,
	SKIP_ROOT,
};

static inline const char *skip_reason(int status)
{
	switch (status) {
	case SKIP_ENTER:
		return "namespaces are refused here, and chroot(2) too";
	case SKIP_FILTER:
		return "no system call can be refused here";
	case SKIP_MOUNT:
		return "namespaces or mounts in them are refused here";
	case SKIP_NODE:
		return "no device node can be made here";
	case SKIP_PROC:
		return "no /proc here";
	case SKIP_RIGHTS:
		return "root has not all its rights here";
	case SKIP_ROOT:
		return "for root only";
	default:
		return NULL;
	}
}

/* In a child: gives up with a line on what was not so. */
#define expect(condition)                                                                \
	do {                                                                             \
		if (!(condition)) {                                                      \
			printf("# %s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
			return 1;                                                        \
		}                                                                        \
	} while (0)

static char work[] = "/tmp/cxl-sr-test-sysroot-XXXXXX";
static char capture[PATH_MAX];

static const char *path_of(const char *name)
{
	static char paths[4][PATH_MAX];
	static unsigned int next;
	char *path = paths[next++ % 4];

	if (name[0] == '/')
		return name;
	snprintf(path, PATH_MAX, "%s/%.4000s", work, name);
	return path;
}

/* Runs @function in a child; its exit status, or -1. */
static inline int in_child(int (*function)(const void *argument), const void *argument)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		exit(function(argument));
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static inline void check(const char *what, int (*function)(const void *argument),
			 const void *argument)
{
	int status = in_child(function, argument);

	if (skip_reason(status))
		printf("ok %u - %s # SKIP %s\n", ++tap_count, what, skip_reason(status));
	else if (!ok(status == 0, what))
		printf("# exit status %d\n", status);
}

/* What of a process a refused or left sysroot must not change. */
struct place {
	struct stat root, folder, work;
	struct sr_capabilities capabilities;
};

static inline struct place place_now(void)
{
	struct place place = { 0 };

	if (stat("/", &place.root) < 0 || stat(".", &place.folder) < 0 ||
	    stat(work, &place.work) < 0 || sr_capabilities_read(&place.capabilities) < 0)
		printf("# cannot tell where this process is: %s\n", strerror(errno));
	return place;
}

static inline bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_ino != 0;
}

/* Capabilities grow where a user namespace was needed; they must not be fewer. */
static inline bool is_same_place(const struct place *before)
{
	struct place now = place_now();

	for (size_t i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
		if (before->capabilities.words[i].effective & ~now.capabilities.words[i].effective)
			return false;
	return same_file(&before->root, &now.root) && same_file(&before->folder, &now.folder) &&
	       same_file(&before->work, &now.work);
}

static inline bool reads(const char *path, const char *want)
{
	sr_auto_file FILE *file = fopen(path, "re");
	char text[256] = "";
	size_t length = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

	return file && length == strlen(want) && strcmp(text, want) == 0;
}

static inline bool exists(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

/* Enters; SKIP_ENTER where this process may not enter anything here. */
static inline int enter(const char *name, struct sr_sysroot **ret_sysroot)
{
	struct sr_reason reason = { "" };
	int error = sr_sysroot_enter(path_of(name), ret_sysroot, &reason);

	if (!error)
		return 0;
	printf("# %s: %s\n", name, reason.text);
	return error == -EPERM ? SKIP_ENTER : 1;
}

#define enter_or_return(name, sysroot)             \
	do {                                       \
		int error_ = enter(name, sysroot); \
		if (error_)                        \
			return error_;             \
	} while (0)

static inline int leave(struct sr_sysroot *sysroot)
{
	struct sr_reason reason = { "" };
	int error = sr_sysroot_leave(sysroot, &reason);

	if (error)
		printf("# %s\n", reason.text);
	return error;
}

/* From here on system call @number fails with @error in this process. */
static inline int refuse_call(unsigned int number, unsigned int error)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = 4, .filter = filter };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		return SKIP_FILTER;
	errno = 0;
	return syscall(number, "", 0, 0, 0, 0) < 0 && errno == (int)error ? 0 : SKIP_FILTER;
}

static inline unsigned int count_entries(const char *path)
{
	sr_auto_dir DIR *directory = opendir(path);
	unsigned int count = 0;

	while (directory && readdir(directory))
		count++;
	return count;
}

/* As for root in a container: no namespace, and what is copied goes into scratch. */
static inline int refuse_namespaces(void)
{
	if (geteuid() != 0)
		return SKIP_ROOT;
	expect(setenv("TMPDIR", path_of("scratch"), 1) == 0);
	return refuse_call(SYS_unshare, EPERM);
}

struct check {
	int (*function)(const void *argument);
	const void *argument;
};

/* Whatever happened, the way back leaves no trace on disk. */
static inline int check_copied(const void *argument)
{
	const struct check *check = argument;
	const unsigned int before = count_entries(path_of("scratch"));
	int error = refuse_namespaces();

	if (error)
		return error;
	error = check->function(check->argument);
	expect(count_entries(path_of("scratch")) == before);
	return error;
}

/* With namespaces, and as root without. */
static inline void check_both(const char *name, int (*function)(const void *argument),
			      const void *argument)
{
	struct check copied = { function, argument };
	char what[128];

	check(name, function, argument);
	snprintf(what, sizeof(what), "%s, without namespaces", name);
	check(what, check_copied, &copied);
}

static inline int write_text(const char *path, const char *text)
{
	sr_auto_close int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd < 0 || write(fd, text, strlen(text)) < 0 ? -1 : 0;
}

/* Into a namespace where this process can mount. */
static inline int enter_namespace(const void *argument)
{
	char map[64];

	(void)argument;
	snprintf(map, sizeof(map), "%u %u 1", geteuid(), geteuid());
	if (unshare(CLONE_NEWNS) < 0 &&
	    (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0 || write_text("/proc/self/uid_map", map) < 0))
		return SKIP_MOUNT;
	return mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) < 0 ? SKIP_MOUNT : 0;
}

/* The child goes on as an ordinary user, as after su(1). */
static inline int become_nobody(void)
{
	if (geteuid() != 0)
		return SKIP_ROOT;
	if (setgroups(0, NULL) < 0 || setresgid(NOBODY, NOBODY, NOBODY) < 0 ||
	    setresuid(NOBODY, NOBODY, NOBODY) < 0 || prctl(PR_SET_DUMPABLE, 1) < 0)
		return SKIP_RIGHTS;
	return 0;
}

static inline int remove_entry(const char *path, const struct stat *status, int type,
			       struct FTW *where)
{
	(void)status;
	(void)type;
	(void)where;
	return remove(path);
}

struct making {
	const char *script;
	const char *kinds[5]; /* functions of make-hostile, NULL behind them */
};

static inline int make_captures(const void *argument)
{
	const struct making *making = argument;

	execlp("python3", "python3", making->script, work, capture, making->kinds[0],
	       making->kinds[1], making->kinds[2], making->kinds[3], (char *)NULL);
	return 127;
}

/* Makes the folder to work in; @argv names the source tree, or it is the current folder. */
static inline void test_begin(int argc, char **argv, struct making making)
{
	char source[PATH_MAX], script[PATH_MAX];

	if (!realpath(argc > 1 ? argv[1] : ".", source) || !mkdtemp(work) || chmod(work, 0755) < 0)
		exit(99);
	snprintf(capture, sizeof(capture), "%.4000s/tests/captures/exact@7.3.tgz", source);
	snprintf(script, sizeof(script), "%.4000s/tests/unit/make-hostile", source);
	making.script = script;
	ok(in_child(make_captures, &making) == 0, "make-hostile");
	ok(mkdir(path_of("scratch"), 0755) == 0, "a folder for TMPDIR");
}

/* To be returned from main(). */
static inline int test_done(void)
{
	ok(count_entries(path_of("scratch")) == 2, "nothing left in TMPDIR");
	nftw(work, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
	ok(!exists(work), "nothing left behind");
	return tap_done();
}
