// SPDX-License-Identifier: GPL-2.0-only
/* apply/stage.h: the file for the next boot, and that modprobe heeds it. */
#include "apply/stage.h"

#include "apply-root.h"
#include "apply/modules.h"
#include "plan/staged.h"
#include "tap.h"

#define FOLDER	"/etc/modprobe.d"
#define RELEASE "9.9.9"

static struct sr_machine machine;
static struct sr_reason reason;

/* 1 written, 0 there already, -errno. */
static int stage(enum sr_policy policy)
{
	sr_auto_free char *text = sr_stage_text(policy);
	bool written;
	int error = sr_stage_write(&machine, text, &written, &reason);

	return error ? error : written;
}

static int unstage(void)
{
	bool removed;
	int error = sr_stage_remove(&machine, &removed, &reason);

	return error ? error : removed;
}

static int look(void)
{
	bool there;
	int error = sr_stage_look(&machine, &there, &reason);

	return error ? error : there;
}

static bool says(const char *path, const char *want)
{
	sr_auto_file FILE *file = fopen(root_path(path), "r");
	char text[2048];
	size_t length = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

	text[length] = '\0';
	return file && strcmp(text, want) == 0;
}

static void test_idempotent(void)
{
	sr_auto_free char *text = sr_stage_text(SR_POLICY_HMEM);
	mode_t mask = umask(077);
	struct stat status = { 0 };

	ok(look() == 0 && unstage() == 0, "without the folder there is nothing to remove");
	mkdir(root_path("/etc"), 0755);
	ok(stage(SR_POLICY_HMEM) == 1 && says(SR_STAGE_PATH, text), "written, the folder too");
	umask(mask);
	ok(stat(root_path(SR_STAGE_PATH), &status) == 0 && (status.st_mode & 07777) == 0644,
	   "0644, whatever the umask");
	chmod(root_path(FOLDER), 0755);
	ok(stage(SR_POLICY_HMEM) == 0 && look() == 1, "it is there already");
	ok(stage(SR_POLICY_GLOBAL) == 1 && look() == 1, "for another policy it is written anew");
	ok(!root_exists(SR_STAGE_PATH ".new"), "nothing lies beside it");
	ok(unstage() == 1 && !root_exists(SR_STAGE_PATH), "removed");
	ok(unstage() == 0 && look() == 0, "nothing is there to remove");
}

/* Neither written nor removed. */
static void refused(int error, const char *what)
{
	reason.text[0] = '\0';
	is_number((uint64_t)-stage(SR_POLICY_HMEM), (uint64_t)error, what);
	ok(strstr(reason.text, SR_STAGE_PATH), "with a reason that names it");
	is_number((uint64_t)-unstage(), (uint64_t)error, "nor is it removed");
	is_number((uint64_t)-look(), (uint64_t)error, "nor does it count");
}

static void test_foreign(void)
{
	sr_auto_free char *text = sr_stage_text(SR_POLICY_HMEM);
	char victim[PATH_MAX];

	root_write(SR_STAGE_PATH, "install cxl_acpi /bin/false\n");
	refused(EEXIST, "a file of somebody else");
	ok(says(SR_STAGE_PATH, "install cxl_acpi /bin/false\n"), "it is as it was");
	unlink(root_path(SR_STAGE_PATH));
	snprintf(victim, sizeof(victim), "%s", root_path("/victim"));
	root_write("/victim", text);
	symlink(victim, root_path(SR_STAGE_PATH));
	refused(ELOOP, "a link, even to what looks like ours");
	unlink(root_path(SR_STAGE_PATH));
	symlink(root_path("/none"), root_path(SR_STAGE_PATH));
	refused(ELOOP, "a link to nothing");
	ok(!root_exists("/none"), "which is not made");
	unlink(root_path(SR_STAGE_PATH));
	link(victim, root_path(SR_STAGE_PATH));
	refused(EPERM, "a file with two names");
	unlink(root_path(SR_STAGE_PATH));
	ok(says("/victim", text), "nothing has touched it");
	mkfifo(root_path(SR_STAGE_PATH), 0644);
	refused(EINVAL, "a FIFO does not hang us");
	unlink(root_path(SR_STAGE_PATH));
	root_write(SR_STAGE_PATH, text);
	chmod(root_path(SR_STAGE_PATH), 0666);
	refused(EPERM, "one that all may write");
	unlink(root_path(SR_STAGE_PATH));
}

static void test_folder(void)
{
	chmod(root_path(FOLDER), 0777);
	ok(stage(SR_POLICY_HMEM) == -EPERM && look() == -EPERM, "a folder that all may write");
	chmod(root_path(FOLDER), 0755);
	rename(root_path(FOLDER), root_path("/elsewhere"));
	symlink("../elsewhere", root_path(FOLDER));
	ok(stage(SR_POLICY_HMEM) == -ELOOP && unstage() == -ELOOP, "a link to a folder");
	ok(!root_exists("/elsewhere/cxl-sr.conf"), "through which nothing is written");
	unlink(root_path(FOLDER));
	rename(root_path("/elsewhere"), root_path(FOLDER));
	root_mkdir(SR_STAGE_PATH ".new");
	ok(stage(SR_POLICY_HMEM) < 0 && !root_exists(SR_STAGE_PATH), "it cannot be written");
	rmdir(root_path(SR_STAGE_PATH ".new"));
}

static void install(const char *path)
{
	root_write(path, "");
	chmod(root_path(path), 0755);
}

static void test_initramfs(void)
{
	ok(!sr_stage_initramfs_command(&machine), "no program makes an initramfs");
	install("/usr/sbin/dracut");
	is_text(sr_stage_initramfs_command(&machine), "dracut --force --regenerate-all",
		"Fedora, SUSE");
	install("/usr/bin/mkinitcpio");
	is_text(sr_stage_initramfs_command(&machine), "mkinitcpio -P", "Arch");
	install("/usr/sbin/update-initramfs");
	is_text(sr_stage_initramfs_command(&machine), "update-initramfs -u -k all",
		"Debian, Ubuntu");
	chmod(root_path("/usr/sbin/update-initramfs"), 0644);
	if (geteuid() == 0)
		is_text(sr_stage_initramfs_command(&machine), "mkinitcpio -P",
			"what cannot be run");
}

/* What modprobe would do for cxl_acpi, asked for by its name as the kernel does. */
static const char *modprobe(void)
{
	static char line[256];
	sr_auto_free char *command = NULL;
	FILE *pipe;

	line[0] = '\0';
	if (asprintf(&command, "modprobe -n -v -C %s -d %s -S " RELEASE " -- cxl_acpi 2>&1",
		     root_path(FOLDER), root) < 0)
		return "out of memory";
	pipe = popen(command, "r");
	while (pipe && fgets(line, sizeof(line), pipe))
		;
	if (pipe)
		pclose(pipe);
	line[strcspn(line, "\n")] = '\0';
	return line;
}

/*
 * Modules without content, which depmod(8) complains about and lists all the same; with the
 * softdep that cxl_acpi has had since v6.3, for which kmod runs no `install` command.
 */
static bool make_modules(void)
{
	sr_auto_free char *command = NULL;

	root_write("/lib/modules/" RELEASE "/cxl_acpi.ko", "");
	root_write("/lib/modules/" RELEASE "/cxl_port.ko", "");
	if (asprintf(&command, "depmod -b %s " RELEASE " 2>/dev/null", root) < 0 ||
	    system(command) != 0)
		return false;
	root_write("/lib/modules/" RELEASE "/modules.softdep", "softdep cxl_acpi pre: cxl_port\n");
	return true;
}

/* `modprobe -q -- NAME` is what request_module(NAME) runs (kernel/module/kmod.c); -q hides -v. */
static void test_modprobe(void)
{
	if (system("modprobe --version >/dev/null 2>&1") != 0 || !make_modules()) {
		tap_skip("modprobe is stopped", "no kmod");
		return;
	}
	ok(strncmp(modprobe(), "insmod ", 7) == 0, "without a file it is loaded");
	root_write(FOLDER "/plain.conf", "blacklist cxl_acpi\n");
	ok(strncmp(modprobe(), "insmod ", 7) == 0, "`blacklist` does not stop who asks by name");
	root_write(FOLDER "/plain.conf", "install cxl_acpi /bin/false\n");
	ok(strncmp(modprobe(), "insmod ", 7) == 0, "nor `install` what has a softdep");
	unlink(root_path(FOLDER "/plain.conf"));
	ok(stage(SR_POLICY_HMEM) == 1, "staged");
	is_text(modprobe(), "install /bin/false ", "the staged file stops it");
	ok(unstage() == 1 && strncmp(modprobe(), "insmod ", 7) == 0, "unstaged, it is loaded");
}

/* The first line for a module counts; files are sorted by their names. */
static void test_heeded(void)
{
	const char *folder = root_path(FOLDER);
	bool heeded = true;

	ok(sr_module_is_stopped(SR_STAGE_MODULE, folder, &heeded, &reason) == 0 && !heeded,
	   "nothing stops it");
	stage(SR_POLICY_HMEM);
	ok(sr_module_is_stopped(SR_STAGE_MODULE, folder, &heeded, &reason) == 0 && heeded,
	   "libkmod heeds what was staged");
	root_write(FOLDER "/aa.conf", "install cxl_acpi modprobe --ignore-install cxl_acpi\n");
	ok(sr_module_is_stopped(SR_STAGE_MODULE, folder, &heeded, &reason) == 0 && !heeded,
	   "an earlier file says otherwise");
	root_write(FOLDER "/aa.conf", "softdep cxl_acpi pre: cxl_port\n");
	ok(sr_module_is_stopped(SR_STAGE_MODULE, folder, &heeded, &reason) == 0 && !heeded,
	   "an earlier softdep, with which no install command is run");
	unlink(root_path(FOLDER "/aa.conf"));
	unstage();
}

int main(void)
{
	ok(root_make(), "a root");
	machine = sr_machine_live(root);
	test_idempotent();
	test_foreign();
	test_folder();
	test_initramfs();
	test_modprobe();
	test_heeded();
	root_clear();
	return tap_done();
}
