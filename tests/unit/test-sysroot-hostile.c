// SPDX-License-Identifier: GPL-2.0-only
/*
 * sysroot/sysroot.h, against what is no capture, hostile folders, and processes that
 * may not enter. Usage: test-sysroot-hostile [SOURCE_ROOT], by default the current folder.
 */
#include "test-sysroot-checks.h"

static const struct refusal refusals[] = {
	{ "missing", -ENOENT, "cannot open" },
	{ "live/proc/iomem/below", -ENOTDIR, "cannot open" },
	{ "/dev/null", -ENOTDIR, "neither a folder nor an archive" },
	{ "nothing", -EINVAL, "nothing of a machine" },
	{ "several", -EINVAL, "several machines" },
	{ "with-fifo", -EINVAL, "mem0/serial is a FIFO, socket or device node" },
	{ "with-fifo-in-sys", -EINVAL, "sys/fifo is a FIFO, socket or device node" },
	{ "with-socket", -EINVAL, "mem0/socket is a FIFO, socket or device node" },
	{ "with-device", -EINVAL, "mem0/serial is a FIFO, socket or device node" },
	{ "with-fifo-by-link", -EINVAL, "mem0/serial is a FIFO, socket or device node" },
	{ "with-modprobe-fifo", -EINVAL, "evil.conf is a FIFO, socket or device node" },
	{ "with-release-by-link", -EINVAL, "6/modules.softdep is a FIFO, socket or device node" },
	{ "with-link-out", -EINVAL, "mem0/numa is a link to a folder" },
	{ "with-link-up", -EINVAL, "mem0/numa is a link to a folder" },
	{ "with-link-to-power", -EINVAL, "mem1 is a link to a folder" },
	{ "with-sys-link", -ENOTDIR, "cannot read its sys: Not a directory" },
	{ "/", -EXDEV, "live tree" },
	{ "/proc/self/root", -EXDEV, "live tree" },
	{ "/tmp/..", -EXDEV, "live tree" },
};

/* The limits of an archive: a folder that is shown knows none of them. */
static const struct refusal too_large[] = {
	{ "huge", -EFBIG, "a file of more than 64 MiB" },
	{ "total", -EFBIG, "wanted files of more than 256 MiB" },
	{ "deep", -EFBIG, "64 levels" },
};

static const struct refusal live_refusal = { "live", -EXDEV, "live tree" };
static const struct refusal private_refusal = { "private", -EACCES, "Permission denied" };
static const struct refusal folder_powerless = { "live", -EPERM, "CAP_SYS_CHROOT" };
static const struct refusal archive_powerless = { "links.tgz", -EPERM, "run as root" };

/* A capture whose proc is the real procfs, mounted where only this child sees it. */
static int check_live_proc(const void *argument)
{
	int error = enter_namespace(argument);

	if (error)
		return error;
	if (mount("/proc", path_of("live/proc"), "none", MS_BIND | MS_REC, NULL) < 0)
		return SKIP_MOUNT;
	return check_refused(&live_refusal);
}

static int check_powerless(const void *argument)
{
	int error = refuse_call(SYS_unshare, EPERM);

	if (error)
		return error;
	if (geteuid() == 0 && refuse_call(SYS_chroot, EPERM))
		return SKIP_FILTER;
	return check_refused(argument);
}

static int check_private_as_nobody(const void *argument)
{
	if (geteuid() != 0 || chown(path_of("private"), 0, 0) < 0 ||
	    chmod(path_of("private"), 0700) < 0 || become_nobody())
		return geteuid() == 0 ? SKIP_RIGHTS : SKIP_ROOT;
	return check_refused(argument);
}

int main(int argc, char **argv)
{
	test_begin(argc, argv, (struct making){ .kinds = { "attacks", "folders" } });
	check_refusals(refusals, sizeof(refusals) / sizeof(refusals[0]));
	for (size_t i = 0; i < sizeof(too_large) / sizeof(too_large[0]); i++)
		check(too_large[i].name, check_copied,
		      &(struct check){ check_refused, &too_large[i] });
	check("refused: real proc in a folder", check_live_proc, NULL);
	check("refused: folder, no way to enter", check_powerless, &folder_powerless);
	check("refused: archive, no way to enter", check_powerless, &archive_powerless);
	check("refused: another user's folder", check_private_as_nobody, &private_refusal);
	return test_done();
}
