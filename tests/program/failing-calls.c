// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loaded before the C library (LD_PRELOAD), it numbers the calls by which the program and its
 * libraries read files, and makes one of them fail:
 *
 *   FAILING_LOG=FILE   lists the calls, "NUMBER FUNCTION PATH", or only the one that fails
 *   FAILING_CALL=N     which; without it none
 *   FAILING_AS=HOW     an errno; "short": of a read, one byte; "end": of a read, none; "cut": of
 *                      a read, half, and then none; "bytewise": all reads from then on, one byte;
 *                      "gone": from then on nothing is there that has the name FAILING_NAME
 *                      in its path, or that is the path FAILING_NAME or below it
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXPORT	 __attribute__((visibility("default")))
#define FD_COUNT 1024

static struct {
	long calls;
	long failing; /* 0: none */
	const char *as, *name;
	int log;
	char *paths[FD_COUNT]; /* of open files, NULL: not known */
	bool cut[FD_COUNT];
} state = { .log = -1 };

/* The next definition of a function; POSIX has a pointer to data hold it. */
#define NEXT(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void)
{
	const char *log = getenv("FAILING_LOG"), *call = getenv("FAILING_CALL");
	int fd;

	state.as = getenv("FAILING_AS");
	state.name = getenv("FAILING_NAME");
	state.failing = call ? atol(call) : 0;
	fd = log ? NEXT(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
	/* Out of the way of a program that counts its files. */
	state.log = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, FD_COUNT - 1);
	if (fd >= 0)
		close(fd);
}

static void tell(const char *function, const char *path)
{
	if (state.log >= 0)
		dprintf(state.log, "%ld %s %s\n", state.calls, function, path);
}

static bool is_as(const char *word)
{
	return state.failing && state.as && strcmp(state.as, word) == 0;
}

static bool is_reached(void)
{
	return state.failing && state.calls >= state.failing;
}

/* Whether @path is what vanishes, or lies below. */
static bool is_gone(const char *path)
{
	size_t length = state.name ? strlen(state.name) : 0;
	const char *at = path;

	if (!is_as("gone") || !is_reached() || !length)
		return false;
	if (state.name[0] == '/')
		return strncmp(path, state.name, length) == 0 &&
		       (path[length] == '/' || path[length] == '\0');
	while ((at = strstr(at, state.name))) {
		if (at > path && at[-1] == '/' && (at[length] == '/' || at[length] == '\0'))
			return true;
		at += length;
	}
	return false;
}

/* Counts a call; an errno where it has to fail. */
static int count(const char *function, const char *path, bool reads)
{
	bool now;

	state.calls++;
	now = state.calls == state.failing;
	if (!state.failing || now)
		tell(function, path);
	if (is_gone(path))
		return reads ? ENODEV : ENOENT;
	return now && atoi(state.as) > 0 ? atoi(state.as) : 0;
}

static bool fails(const char *function, const char *path)
{
	int error = count(function, path, false);

	if (error)
		errno = error;
	return error;
}

static const char *path_of(int fd)
{
	const char *path = fd >= 0 && fd < FD_COUNT ? state.paths[fd] : NULL;

	return path ? path : "?";
}

static int keep(int fd, const char *path)
{
	if (fd >= 0 && fd < FD_COUNT) {
		free(state.paths[fd]);
		state.paths[fd] = strdup(path);
		state.cut[fd] = false;
	}
	return fd;
}

static const char *joined(int folder, const char *path, char buffer[static PATH_MAX * 2])
{
	if (path[0] == '/' || folder == AT_FDCWD)
		return path;
	snprintf(buffer, PATH_MAX * 2, "%s/%s", path_of(folder), path);
	return buffer;
}

/* --- what opens ------------------------------------------------------------------- */

/* glibc's declarations of these have nonnull, and names for large files that are the same. */
EXPORT int open(const char *path, int flags, ...)
{
	return open64(path, flags, 0600);
}

EXPORT int open64(const char *path, int flags, ...)
{
	if (fails("open", path))
		return -1;
	return keep(NEXT(openat)(AT_FDCWD, path, flags, 0600), path);
}

EXPORT int __open_2(const char *path, int flags);
EXPORT int __open64_2(const char *path, int flags);

EXPORT int __open_2(const char *path, int flags)
{
	return open64(path, flags);
}

EXPORT int __open64_2(const char *path, int flags)
{
	return open64(path, flags);
}

EXPORT int openat(int folder, const char *path, int flags, ...)
{
	return openat64(folder, path, flags, 0600);
}

EXPORT int openat64(int folder, const char *path, int flags, ...)
{
	char whole[PATH_MAX * 2];

	path = path[0] ? path : ".";
	if (fails("openat", joined(folder, path, whole)))
		return -1;
	return keep(NEXT(openat)(folder, path, flags, 0600), joined(folder, path, whole));
}

EXPORT FILE *fopen(const char *path, const char *mode)
{
	return fails("fopen", path) ? NULL : NEXT(fopen)(path, mode);
}

EXPORT FILE *fopen64(const char *path, const char *mode)
{
	return fopen(path, mode);
}

EXPORT DIR *opendir(const char *path)
{
	DIR *directory = fails("opendir", path) ? NULL : NEXT(opendir)(path);

	if (directory)
		keep(dirfd(directory), path);
	return directory;
}

/* --- what reads ------------------------------------------------------------------- */

/* How many of @size bytes a read may have. */
static size_t room(int fd, size_t size)
{
	bool known = fd >= 0 && fd < FD_COUNT;

	if (is_as("bytewise") && is_reached() && size)
		return 1;
	if (known && state.cut[fd])
		return 0;
	if (state.calls != state.failing)
		return size;
	if (is_as("short") && size)
		return 1;
	return is_as("end") ? 0 : size;
}

EXPORT ssize_t read(int fd, void *buffer, size_t size)
{
	int error = count("read", path_of(fd), true);
	ssize_t got;

	if (error) {
		errno = error;
		return -1;
	}
	got = NEXT(read)(fd, buffer, room(fd, size));
	if (got > 1 && is_as("cut") && state.calls == state.failing && fd < FD_COUNT) {
		state.cut[fd] = true;
		got /= 2;
	}
	return got;
}

EXPORT ssize_t pread64(int fd, void *buffer, size_t size, off64_t offset)
{
	return fails("pread", path_of(fd)) ? -1 : NEXT(pread64)(fd, buffer, room(fd, size), offset);
}

EXPORT ssize_t __read_chk(int fd, void *buffer, size_t size, size_t limit);

EXPORT ssize_t __read_chk(int fd, void *buffer, size_t size, size_t limit)
{
	(void)limit;
	return read(fd, buffer, size);
}

EXPORT char *fgets(char *text, int size, FILE *file)
{
	return fails("fgets", "?") ? NULL : NEXT(fgets)(text, size, file);
}

EXPORT struct dirent64 *readdir64(DIR *directory)
{
	const char *folder = path_of(dirfd(directory));
	char path[PATH_MAX * 2];
	struct dirent64 *entry;

	if (fails("readdir", folder))
		return NULL;
	do {
		entry = NEXT(readdir64)(directory);
		if (entry)
			snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
	} while (entry && is_gone(path));
	return entry;
}

/* Of 64 bits, both have one layout. */
EXPORT struct dirent *readdir(DIR *directory)
{
	return (struct dirent *)readdir64(directory);
}

/* --- what looks ------------------------------------------------------------------- */

EXPORT ssize_t readlink(const char *path, char *buffer, size_t size)
{
	return fails("readlink", path) ? -1 : NEXT(readlink)(path, buffer, size);
}

EXPORT ssize_t readlinkat(int folder, const char *path, char *buffer, size_t size)
{
	char whole[PATH_MAX * 2];

	if (fails("readlinkat", joined(folder, path, whole)))
		return -1;
	return NEXT(readlinkat)(folder, path, buffer, size);
}

EXPORT char *realpath(const char *path, char *resolved)
{
	/* glibc 2.3's takes no NULL; dlsym() finds the oldest version first. */
	__typeof__(&realpath) next =
		(__typeof__(&realpath))dlvsym(RTLD_NEXT, "realpath", "GLIBC_2.3");

	return fails("realpath", path) ? NULL : (next ? next : NEXT(realpath))(path, resolved);
}

EXPORT char *__realpath_chk(const char *path, char *resolved, size_t size);

EXPORT char *__realpath_chk(const char *path, char *resolved, size_t size)
{
	(void)size;
	return realpath(path, resolved);
}

EXPORT int access(const char *path, int mode)
{
	return fails("access", path) ? -1 : NEXT(access)(path, mode);
}

EXPORT int faccessat(int folder, const char *path, int mode, int flags)
{
	char whole[PATH_MAX * 2];

	if (fails("faccessat", joined(folder, path, whole)))
		return -1;
	return NEXT(faccessat)(folder, path, mode, flags);
}

EXPORT int stat64(const char *path, struct stat64 *status)
{
	return fails("stat", path) ? -1 : NEXT(stat64)(path, status);
}

EXPORT int lstat64(const char *path, struct stat64 *status)
{
	return fails("lstat", path) ? -1 : NEXT(lstat64)(path, status);
}

EXPORT int fstat64(int fd, struct stat64 *status)
{
	return fails("fstat", path_of(fd)) ? -1 : NEXT(fstat64)(fd, status);
}

EXPORT int fstatat64(int folder, const char *path, struct stat64 *status, int flags)
{
	char whole[PATH_MAX * 2];

	if (fails("fstatat", joined(folder, path, whole)))
		return -1;
	return NEXT(fstatat64)(folder, path, status, flags);
}

/* Of 64 bits, both have one layout. */
EXPORT int stat(const char *path, struct stat *status)
{
	return stat64(path, (struct stat64 *)status);
}

EXPORT int lstat(const char *path, struct stat *status)
{
	return lstat64(path, (struct stat64 *)status);
}

EXPORT int fstat(int fd, struct stat *status)
{
	return fstat64(fd, (struct stat64 *)status);
}

EXPORT int fstatat(int folder, const char *path, struct stat *status, int flags)
{
	return fstatat64(folder, path, (struct stat64 *)status, flags);
}
