// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "apply/secure-way.h"
#include "apply/secure.h"
#include "base/cleanup.h"
#include "base/number.h"

static int fail_busy(int fd, const char *path, struct sr_reason *reason)
{
	char text[32] = { 0 };
	ssize_t length = pread(fd, text, sizeof(text) - 1, 0);
	uint64_t pid;

	if (length > 0)
		text[strcspn(text, "\n")] = '\0';
	if (length > 0 && sr_number_parse(text, &pid) == 0)
		return sr_fail(reason, -EBUSY, "process %ju holds %s", (uintmax_t)pid, path);
	return sr_fail(reason, -EBUSY, "another process holds %s", path);
}

/* The pid is for people; a lock without it is a lock. */
static void write_pid(int fd)
{
	char text[32];
	int length = snprintf(text, sizeof(text), "%ld\n", (long)getpid());

	if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)length, 0) == length)
		fsync(fd);
}

int sr_lock_take(const struct sr_machine *machine, struct sr_lock *ret_lock,
		 struct sr_reason *reason)
{
	sr_auto_way struct sr_way way = { .folder = -1 };
	sr_auto_close int fd = -1;
	char path[PATH_MAX];
	int error = sr_machine_path(machine, SR_LOCK_PATH, path, sizeof(path));

	if (!error)
		error = sr_way_find(machine->root, SR_LOCK_PATH, SR_WAY_OURS, &way);
	if (error == -EPERM)
		return sr_fail(reason, error, "%s: others can put another file in its place", path);
	if (error)
		return sr_fail(reason, error, "%s: %s", SR_LOCK_PATH, strerror(-error));
	fd = openat(way.folder, way.name,
		    O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0644);
	if (fd < 0)
		return sr_fail(reason, -errno, "%s: %s", path, strerror(errno));
	error = sr_secure_check(fd, 022);
	if (error)
		return sr_fail(reason, error, "%s is no regular file of ours alone to write", path);
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno == EWOULDBLOCK)
			return fail_busy(fd, path, reason);
		return sr_fail(reason, -errno, "%s: %s", path, strerror(errno));
	}
	write_pid(fd);
	ret_lock->fd = fd;
	fd = -1;
	return 0;
}

void sr_lock_release(struct sr_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}
