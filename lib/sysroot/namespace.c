// SPDX-License-Identifier: LGPL-2.1-or-later
/* A mount namespace of our own, and the tmpfs in it. */
#include "sysroot/namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "sandbox/capabilities.h"

/* The kernel takes the text of an id map in one write(2) only. */
static int write_at_once(const char *path, const char *text)
{
	sr_auto_close int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	return write(fd, text, strlen(text)) < 0 ? -errno : 0;
}

static int map_same_id(const char *path, unsigned int id)
{
	char map[64];

	snprintf(map, sizeof(map), "%u %u 1\n", id, id);
	return write_at_once(path, map);
}

/*
 * Without a map nothing could be created: the ids would be no ids here. Each maps
 * to itself, so geteuid() tells the same as before, also after leaving. Without
 * CAP_SETGID outside, gid_map is open only after setgroups(2) is given up.
 */
static int enter_user_and_mount_namespace(void)
{
	unsigned int user = geteuid(), group = getegid();
	int error;

	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
		return -errno;
	error = write_at_once("/proc/self/setgroups", "deny");
	if (!error)
		error = map_same_id("/proc/self/uid_map", user);
	if (!error)
		error = map_same_id("/proc/self/gid_map", group);
	return error;
}

/* A copied mount still belongs to its peer group: what we mount would show outside. */
static int make_private(void)
{
	return mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) < 0 ? -errno : 0;
}

/* For clone(2): an errno is an exit status. */
static int try_user_namespace(void *unused)
{
	const char *cover;
	int error = enter_user_and_mount_namespace();

	(void)unused;
	if (!error)
		error = make_private();
	if (!error)
		error = sr_stage_mount(&cover);
	return -error;
}

/*
 * A user namespace cannot be left, and may turn out to be of no use: the kernel maps
 * root in it only with CAP_SETFCAP, and a security module may take its rights. A
 * process that could do with chroot(2) alone would only lose by it, so a child tries.
 */
static int try_in_child(void)
{
	_Alignas(16) char stack[65536];
	pid_t child = clone(try_user_namespace, stack + sizeof(stack), SIGCHLD, NULL), got;
	int status;

	if (child < 0)
		return -errno;
	do {
		got = waitpid(child, &status, 0);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -ECHILD;
}

static int enter_mount_namespace(void)
{
	struct sr_capabilities own;
	int error = sr_capabilities_read(&own);

	if (error)
		return error;
	if (sr_capabilities_have(&own, CAP_SYS_CHROOT)) {
		if (sr_capabilities_have(&own, CAP_SYS_ADMIN))
			return unshare(CLONE_NEWNS) < 0 ? -errno : 0;
		error = try_in_child();
		if (error)
			return error;
	}
	return enter_user_and_mount_namespace();
}

int sr_namespace_enter(void)
{
	int error = enter_mount_namespace();

	return error ? error : make_private();
}

int sr_stage_mount(const char **ret_cover)
{
	/* Never /proc: bind mounts are made from /proc/self/fd. */
	static const char *const covers[] = { "/tmp", "/mnt", "/run", "/usr" };
	const unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
	int error = -ENOENT;

	for (size_t i = 0; i < sizeof(covers) / sizeof(covers[0]); i++) {
		if (mount("cxl-sr", covers[i], "tmpfs", flags,
			  "size=512m,nr_inodes=400000,mode=0755") == 0) {
			*ret_cover = covers[i];
			return 0;
		}
		error = -errno;
		if (error != -ENOENT && error != -ENOTDIR)
			break;
	}
	return error;
}

int sr_stage_unmount(const char *cover)
{
	return umount2(cover, MNT_DETACH) < 0 ? -errno : 0;
}
