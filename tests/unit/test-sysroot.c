// SPDX-License-Identifier: GPL-2.0-only
/*
 * sysroot/sysroot.h, against good folders, with and without namespaces and rights.
 * Usage: test-sysroot [SOURCE_ROOT], by default the current folder.
 */
#include "test-sysroot-checks.h"

/* A folder is supplied as well, but shown so that even its owner cannot write it. */
static int check_read_only(const void *argument)
{
	static const char *const names[] = { "/sys/bus/cxl/flush", "/proc/iomem" };
	struct sr_sysroot *sysroot;

	(void)argument;
	if (in_child(enter_namespace, NULL))
		return SKIP_MOUNT;
	enter_or_return("live", &sysroot);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		expect(exists(names[i]));
		expect(open(names[i], O_WRONLY) < 0 && (errno == EROFS || errno == EACCES));
	}
	expect(open("/proc/new", O_WRONLY | O_CREAT, 0644) < 0);
	expect(exists("/dev/cxl/mem0") && exists("/sys/dev/char/0:0/subsystem"));
	return leave(sysroot) != 0;
}

static bool is_unchanged(const char *path, const struct stat *before)
{
	struct stat now;

	return stat(path, &now) == 0 && same_file(before, &now) && now.st_size == before->st_size &&
	       now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
	       now.st_mtim.tv_nsec == before->st_mtim.tv_nsec &&
	       now.st_ctim.tv_sec == before->st_ctim.tv_sec &&
	       now.st_ctim.tv_nsec == before->st_ctim.tv_nsec;
}

/* A copy can be written, as libcxl does with flush; the folder has nothing of it. */
static int check_copy_only_written(const void *argument)
{
	static const char *const names[] = { "live", "live/sys", "live/sys/bus/cxl/flush" };
	struct stat before[3];
	struct sr_sysroot *sysroot;

	(void)argument;
	for (size_t i = 0; i < 3; i++)
		expect(stat(path_of(names[i]), &before[i]) == 0);
	enter_or_return("live", &sysroot);
	expect(write_text("/sys/bus/cxl/flush", "1\n") == 0 && reads("/sys/bus/cxl/flush", "1\n"));
	expect(open("/proc/new", O_WRONLY | O_CREAT | O_CLOEXEC, 0644) >= 0);
	expect(exists("/dev/cxl/mem0") && exists("/sys/dev/char/0:0/subsystem"));
	expect(leave(sysroot) == 0);
	for (size_t i = 0; i < 3; i++)
		expect(is_unchanged(path_of(names[i]), &before[i]));
	expect(!exists(path_of("live/dev")) && !exists(path_of("live/proc/new")));
	return 0;
}

/* As for root in a container that has CAP_SYS_CHROOT alone, and so not every file. */
static int check_unreadable(const void *argument)
{
	const unsigned int word = CAP_TO_INDEX(CAP_SYS_CHROOT);
	struct sr_capabilities few = { 0 };
	struct sr_sysroot *sysroot;

	(void)argument;
	few.words[word].effective = few.words[word].permitted = CAP_TO_MASK(CAP_SYS_CHROOT);
	expect(sr_capabilities_write(&few) == 0);
	enter_or_return("unreadable", &sysroot);
	expect(reads("/proc/iomem", "00000000-00000fff : Reserved\n"));
	expect(!exists("/proc/version") && !exists("/sys/closed"));
	return leave(sysroot) != 0;
}

static int check_capabilities(const void *argument)
{
	struct sr_capabilities before, inside;
	struct sr_sysroot *sysroot;

	(void)argument;
	expect(sr_capabilities_read(&before) == 0);
	if (!sr_capabilities_have(&before, CAP_SYS_MODULE))
		return SKIP_RIGHTS;
	enter_or_return("live", &sysroot);
	expect(sr_capabilities_read(&inside) == 0);
	for (unsigned int i = 0; i <= CAP_LAST_CAP; i++)
		expect(!sr_capabilities_have(&inside, i) || i == CAP_DAC_READ_SEARCH ||
		       i == CAP_SYS_CHROOT);
	expect(leave(sysroot) == 0);
	expect(sr_capabilities_read(&inside) == 0);
	expect(memcmp(&before, &inside, sizeof(before)) == 0);
	return 0;
}

static int check_again_and_again(const void *argument)
{
	static const char *const names[] = { "live", "devices.tgz", "live", "links.tgz" };
	struct place before = place_now();
	uid_t user = geteuid();

	(void)argument;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct sr_sysroot *sysroot;

		enter_or_return(names[i], &sysroot);
		expect(reads("/proc/iomem", "00000000-00000fff : Reserved\n"));
		expect(leave(sysroot) == 0);
		expect(is_same_place(&before) && geteuid() == user);
	}
	return 0;
}

/* Links that lead nowhere else, and FIFOs where nobody looks, are no reason to refuse. */
static int check_folder_links(const void *argument)
{
	struct sr_sysroot *sysroot;

	(void)argument;
	enter_or_return("with-links", &sysroot);
	expect(exists("/sys/bus/cxl/devices/mem0/absolute"));
	expect(open("/sys/bus/cxl/devices/mem0/absolute", O_RDONLY) < 0 && errno == ENOENT);
	expect(open("/sys/bus/cxl/devices/mem0/up", O_RDONLY) < 0 && errno == ENOENT);
	expect(exists("/sys/bus/cxl/devices/mem0/inside/devices/mem0"));
	expect(reads("/dmesg", ""));
	expect(!exists("/sys/dev/fifo") && exists("/sys/dev/char/0:0/subsystem"));
	expect(exists("/usr/share/fifo") && !exists("/home"));
	return leave(sysroot) != 0;
}

/* One at the top is neither absent nor hangs who reads it as sources do. */
static int check_dmesg_fifo(const void *argument)
{
	struct sr_sysroot *sysroot;
	struct stat status;

	(void)argument;
	enter_or_return("with-dmesg-fifo", &sysroot);
	expect(stat("/dmesg", &status) == 0 && S_ISFIFO(status.st_mode));
	return leave(sysroot) != 0;
}

static int check_without_mount_setattr(const void *argument)
{
	int error = refuse_call(SYS_mount_setattr, ENOSYS);

	if (error)
		return error;
	error = check_content("folder");
	return error ? error : check_read_only(argument);
}

static int check_as_nobody(const void *argument)
{
	int error = become_nobody();

	(void)argument;
	if (!error)
		error = check_again_and_again(NULL);
	return error ? error : check_read_only(NULL);
}

/* private belongs to nobody: root may use it, and nobody may not use root's. */
static int check_private_as_root(const void *argument)
{
	struct sr_sysroot *sysroot;

	(void)argument;
	if (geteuid() != 0 || chown(path_of("private"), NOBODY, NOBODY) < 0 ||
	    chmod(path_of("private"), 0700) < 0)
		return geteuid() == 0 ? SKIP_RIGHTS : SKIP_ROOT;
	enter_or_return("private", &sysroot);
	expect(reads("/proc/iomem", "00000000-00000fff : Reserved\n"));
	expect(exists("/dev/cxl/mem0"));
	return leave(sysroot) != 0;
}

/* A current folder that may not be searched cannot be gone back to; / is next best. */
static int check_unsearchable_folder(const void *argument)
{
	struct sr_sysroot *sysroot;
	char path[PATH_MAX];

	(void)argument;
	if (geteuid() != 0 || chmod(path_of("scratch"), 0700) < 0 ||
	    chdir(path_of("scratch")) < 0 || become_nobody())
		return geteuid() == 0 ? SKIP_RIGHTS : SKIP_ROOT;
	enter_or_return("live", &sysroot);
	expect(leave(sysroot) == 0);
	expect(getcwd(path, sizeof(path)) && strcmp(path, "/") == 0);
	return 0;
}

int main(int argc, char **argv)
{
	test_begin(argc, argv, (struct making){ .kinds = { "forms", "attacks", "folders" } });
	check_both("content: folder", check_content, "folder");
	check_both("content: leading", check_content, "leading");
	check_both("links and FIFOs in a folder", check_folder_links, NULL);
	check_both("a FIFO at the top of a folder", check_dmesg_fifo, NULL);
	check("a folder is read-only", check_read_only, NULL);
	check("without mount_setattr", check_without_mount_setattr, NULL);
	check("only the copy is written, without namespaces", check_copied,
	      &(struct check){ check_copy_only_written, NULL });
	check("unreadable files, without namespaces", check_copied,
	      &(struct check){ check_unreadable, NULL });
	check_both("capabilities inside", check_capabilities, NULL);
	check_both("several times in one process", check_again_and_again, NULL);
	check("as an ordinary user", check_as_nobody, NULL);
	check("root in another user's folder", check_private_as_root, NULL);
	check("from a folder that may not be searched", check_unsearchable_folder, NULL);
	test_few_files("live", false);
	test_few_files("live", true);
	return test_done();
}
