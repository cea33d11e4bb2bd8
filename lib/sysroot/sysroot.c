// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Into another machine's tree and back. Preferred is a mount namespace, where a
 * folder is shown read-only and an archive is unpacked into memory. Where that is
 * refused (root in a container without CAP_SYS_ADMIN, or in a chroot(2), where / is
 * no mount point), both are copied into a folder on disk for a plain chroot(2).
 */
#include "sysroot/sysroot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "sandbox/capabilities.h"
#include "sysroot/archive.h"
#include "sysroot/bind.h"
#include "sysroot/copy.h"
#include "sysroot/folder.h"
#include "sysroot/confinement.h"
#include "sysroot/namespace.h"
#include "sysroot/scratch.h"
#include "sysroot/special.h"
#include "sysroot/supply.h"

/* Each member says what there is to undo. */
struct sr_sysroot {
	int old_root;
	int old_folder; /* -1 where it cannot be entered, and relative paths led nowhere */
	int refusal;	/* why there is no namespace, -errno */
	const char *cover;
	char *scratch;
	bool moved;  /* the current folder */
	bool inside; /* the root */
	bool reduced;
	struct sr_capabilities capabilities;
	struct sr_confinement *confinement; /* NULL: there is a way back */
};

static struct sr_sysroot *sysroot_new(struct sr_confinement *confinement)
{
	struct sr_sysroot *sysroot = calloc(1, sizeof(*sysroot));

	if (!sysroot)
		return NULL;
	sysroot->old_root = sysroot->old_folder = -1;
	sysroot->confinement = confinement;
	return sysroot;
}

static void sysroot_free(struct sr_sysroot *sysroot)
{
	sr_close_guard(&sysroot->old_root);
	sr_close_guard(&sysroot->old_folder);
	free(sysroot->scratch);
	free(sysroot);
}

/* All steps are tried, also after one that failed; returns the first error. */
static int sysroot_undo(struct sr_sysroot *sysroot)
{
	int error = 0, step;

	if (sysroot->reduced)
		error = sr_capabilities_write(&sysroot->capabilities);
	if (sysroot->inside && (fchdir(sysroot->old_root) < 0 || chroot(".") < 0))
		error = error ?: -errno;
	if (sysroot->cover) {
		step = sr_stage_unmount(sysroot->cover);
		error = error ?: step;
	}
	if (sysroot->moved) {
		step = sysroot->old_folder >= 0 ? fchdir(sysroot->old_folder) : chdir("/");
		error = error ?: step < 0 ? -errno : 0;
	}
	if (sysroot->scratch) {
		step = sr_scratch_remove(sysroot->scratch);
		error = error ?: step;
	}
	return error;
}

/* For an attempt that failed; the reason is its own, not that of the way back. */
static void sysroot_undo_guard(struct sr_sysroot **sysroot)
{
	if (!*sysroot)
		return;
	if (!(*sysroot)->confinement || !(*sysroot)->confinement->begun)
		sysroot_undo(*sysroot);
	sysroot_free(*sysroot);
}

/*
 * Enters the namespace and remembers root and folder in it. They are opened only
 * there: a root of the namespace before could be gone back to, but this process
 * would count as one in a chroot(2) jail, which may not enter a user namespace
 * again.
 */
static int begin(struct sr_sysroot *sysroot, struct sr_reason *reason)
{
	sysroot->refusal = sr_namespace_enter();
	sysroot->old_root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (sysroot->old_root < 0)
		return sr_fail(reason, -errno, "cannot remember /: %s", strerror(errno));
	sysroot->old_folder = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (sysroot->old_folder < 0 && errno != EACCES)
		return sr_fail(reason, -errno, "cannot remember the current folder: %s",
			       strerror(errno));
	return 0;
}

/* Mounts the stage, where there is a namespace, and makes it the current folder. */
static int set_stage(struct sr_sysroot *sysroot, struct sr_reason *reason)
{
	if (!sysroot->refusal)
		sysroot->refusal = sr_stage_mount(&sysroot->cover);
	if (!sysroot->cover)
		return 0;
	sysroot->moved = true;
	if (chdir(sysroot->cover) < 0)
		return sr_fail(reason, -errno, "cannot enter %s: %s", sysroot->cover,
			       strerror(errno));
	return 0;
}

/* Makes the folder at @fd the root, at first or once more inside. */
static int change_root(struct sr_sysroot *sysroot, int fd, struct sr_reason *reason)
{
	sysroot->moved = true;
	if (fchdir(fd) < 0)
		return sr_fail(reason, -errno, "cannot enter the sysroot: %s", strerror(errno));
	if (chroot(".") < 0) {
		if (errno != EPERM || !sysroot->refusal)
			return sr_fail(reason, -errno, "cannot enter the sysroot: %s",
				       strerror(errno));
		return sr_fail(reason, -EPERM,
			       "namespaces are refused here (%s), and "
			       "chroot needs CAP_SYS_CHROOT; allow user namespaces (sysctl "
			       "user.max_user_namespaces, kernel.unprivileged_userns_clone, "
			       "kernel.apparmor_restrict_unprivileged_userns) or run as root",
			       strerror(-sysroot->refusal));
	}
	sysroot->inside = true;
	return 0;
}

/*
 * The stage in the place of the root, and the machine's tree nowhere in this namespace any
 * more. Refused where / is no mount point, as in an initramfs; then chroot(2) has to do.
 */
static void leave_machine(struct sr_sysroot *sysroot, int fd)
{
	if (!sysroot->cover || fchdir(fd) < 0 || syscall(SYS_pivot_root, ".", ".") < 0)
		return;
	sysroot->confinement->sandbox.alone = umount2(".", MNT_DETACH) == 0;
}

/* No way back: who waits for this process is told what is left to be removed. */
static int burn_bridges(struct sr_sysroot *sysroot, int fd, struct sr_reason *reason)
{
	struct sr_confinement *confinement = sysroot->confinement;
	int error = confinement->tell(confinement->data, sysroot->scratch);

	if (error)
		return sr_fail(reason, error, "cannot tell of the sysroot: %s", strerror(-error));
	confinement->begun = true;
	sr_close_guard(&sysroot->old_root);
	sr_close_guard(&sysroot->old_folder);
	leave_machine(sysroot, fd);
	return 0;
}

static int go_inside(struct sr_sysroot *sysroot, int fd, struct sr_reason *reason)
{
	int error = sysroot->confinement ? burn_bridges(sysroot, fd, reason) : 0;

	if (!error)
		error = change_root(sysroot, fd, reason);
	if (error)
		return error;
	error = sr_capabilities_reduce(&sysroot->capabilities);
	if (error)
		return sr_fail(reason, error, "cannot drop capabilities: %s", strerror(-error));
	sysroot->reduced = true;
	return 0;
}

/* From here on hostile bytes are looked at. */
static int confine(struct sr_sysroot *sysroot, struct sr_reason *reason)
{
	struct sr_confinement *confinement = sysroot->confinement;

	if (!confinement)
		return 0;
	if (!sysroot->cover)
		confinement->sandbox.reads_others = false;
	return sr_sandbox_begin(&confinement->sandbox, reason);
}

/* Files of others are in a folder that is mounted, if anywhere; a copy is this process's. */
static void note_others(struct sr_sysroot *sysroot)
{
	struct sr_capabilities own;

	if (sysroot->confinement)
		sysroot->confinement->sandbox.reads_others =
			sr_capabilities_read(&own) == 0 &&
			sr_capabilities_have(&own, CAP_DAC_READ_SEARCH);
}

/* An empty folder to be filled: the stage, or one on disk. */
static int open_room(struct sr_sysroot *sysroot, int *ret_fd, struct sr_reason *reason)
{
	int error = set_stage(sysroot, reason);

	if (!error && !sysroot->cover) {
		error = sr_scratch_make(&sysroot->scratch, reason);
		sysroot->moved = true;
		if (!error && chdir(sysroot->scratch) < 0)
			error = sr_fail(reason, -errno, "cannot enter %s: %s", sysroot->scratch,
					strerror(errno));
	}
	if (error)
		return error;
	*ret_fd = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (*ret_fd < 0)
		return sr_fail(reason, -errno, "cannot open the sysroot: %s", strerror(errno));
	return 0;
}

/*
 * Shows the folder at @root in @room and goes inside. A mount takes rights that are
 * given up there; a copy does not, and is better made without them.
 */
static int show_folder(struct sr_sysroot *sysroot, int root, int room, struct sr_reason *reason)
{
	int error = sysroot->cover ? sr_bind_machine(root, reason) : 0;

	if (!error)
		error = go_inside(sysroot, room, reason);
	if (!error && !sysroot->cover)
		error = sr_copy_machine(root, room, reason);
	if (!error)
		error = confine(sysroot, reason);
	if (!error)
		error = sr_special_refuse(reason);
	if (!error)
		error = sr_supply_devices(reason);
	return error;
}

/*
 * The folder is opened twice: before, so that a wrong one changes nothing, and in
 * the namespace, since mounts are made of what belongs to it.
 */
static int enter_folder(struct sr_sysroot *sysroot, const char *path, struct sr_reason *reason)
{
	sr_auto_close int before = -1, root = -1, room = -1;
	struct sr_reason detail = { "" };
	int error = sr_folder_open(path, &before, reason);

	note_others(sysroot);
	if (!error)
		error = begin(sysroot, reason);
	if (!error)
		error = sr_folder_open(path, &root, reason);
	if (!error)
		error = open_room(sysroot, &room, reason);
	if (error)
		return error;
	error = show_folder(sysroot, root, room, &detail);
	return error ? sr_fail(reason, error, "cannot use %s: %s", path, detail.text) : 0;
}

/* Unpacked is inside and without rights, so that no mistake in it reaches this machine. */
static int unpack_inside(struct sr_sysroot *sysroot, const struct sr_libarchive *library,
			 int archive, int room, struct sr_reason *reason)
{
	sr_auto_close int root = -1;
	int error = go_inside(sysroot, room, reason);

	if (!error)
		error = confine(sysroot, reason);
	if (!error)
		error = sr_archive_unpack(library, archive, room, reason);
	if (!error)
		error = sr_folder_find_root(room, &root, reason);
	if (!error)
		error = change_root(sysroot, root, reason);
	if (!error)
		error = sr_supply_devices(reason);
	return error;
}

static int enter_archive(struct sr_sysroot *sysroot, const char *path, struct sr_reason *reason)
{
	sr_auto_close int archive = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	sr_auto_close int room = -1;
	struct sr_libarchive library;
	struct sr_reason detail = { "" };
	int error;

	if (archive < 0)
		return sr_fail(reason, -errno, "cannot open %s: %s", path, strerror(errno));
	error = sr_libarchive_load(&library, reason);
	if (!error)
		error = begin(sysroot, reason);
	if (!error)
		error = open_room(sysroot, &room, reason);
	if (error)
		return error;
	error = unpack_inside(sysroot, &library, archive, room, &detail);
	return error ? sr_fail(reason, error, "cannot use %s: %s", path, detail.text) : 0;
}

static int enter(const char *path, struct sr_confinement *confinement,
		 struct sr_sysroot **ret_sysroot, struct sr_reason *reason)
{
	sr_cleanup(sysroot_undo_guard) struct sr_sysroot *sysroot = sysroot_new(confinement);
	struct stat status;
	int error;

	if (!sysroot)
		return sr_fail(reason, -ENOMEM, "out of memory");
	if (stat(path, &status) < 0)
		return sr_fail(reason, -errno, "cannot open %s: %s", path, strerror(errno));
	if (S_ISDIR(status.st_mode))
		error = enter_folder(sysroot, path, reason);
	else if (S_ISREG(status.st_mode))
		error = enter_archive(sysroot, path, reason);
	else
		error = sr_fail(reason, -ENOTDIR, "%s is neither a folder nor an archive", path);
	if (error)
		return error;
	*ret_sysroot = sr_take(sysroot);
	return 0;
}

int sr_sysroot_enter(const char *path, struct sr_sysroot **ret_sysroot, struct sr_reason *reason)
{
	return enter(path, NULL, ret_sysroot, reason);
}

int sr_sysroot_enter_for_good(const char *path, struct sr_confinement *confinement,
			      struct sr_reason *reason)
{
	struct sr_sysroot *sysroot = NULL;
	int error = enter(path, confinement, &sysroot, reason);

	if (sysroot)
		sysroot_free(sysroot);
	return error;
}

int sr_sysroot_leave(struct sr_sysroot *sysroot, struct sr_reason *reason)
{
	int error = sysroot_undo(sysroot);

	sysroot_free(sysroot);
	if (error)
		return sr_fail(reason, error, "cannot go back from the sysroot: %s",
			       strerror(-error));
	return 0;
}
