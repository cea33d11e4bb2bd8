// SPDX-License-Identifier: GPL-2.0-only
/* apply/secure-way.h, and what is reached by it: each way to put another file in the place. */
#include "apply/secure-way.h"

#include "apply-root.h"
#include "apply/journal.h"
#include "apply/lock.h"
#include "apply/stage.h"
#include "tap.h"

#define STRANGER 12345

static struct sr_machine machine;

static int find(const char *path, enum sr_way_kind kind)
{
	struct sr_way way = { .folder = -1 };
	int error = sr_way_find(root, path, kind, &way);

	sr_way_close(&way);
	return -error;
}

static int lock(void)
{
	struct sr_lock taken = { .fd = -1 };
	struct sr_reason reason = { 0 };
	int error = sr_lock_take(&machine, &taken, &reason);

	sr_lock_release(&taken);
	return -error;
}

static int journal(void)
{
	static const struct sr_journal_head head = { "0.1", "cxl", "f0" };
	sr_auto_journal struct sr_journal made = { .folder = -1 };
	struct sr_reason reason = { 0 };
	int error = sr_journal_create(&machine, &head, NULL, 0, &made, &reason);

	return -(error ? error : sr_journal_finish(&made, &reason));
}

/* As somebody who finds one pending, and not as who makes one. */
static int pending(void)
{
	sr_auto_journal struct sr_journal found = { .folder = -1 };
	struct sr_reason reason = { 0 };

	return -sr_journal_open(&machine, &found, &reason);
}

static int stage(void)
{
	struct sr_reason reason = { 0 };
	bool written;

	return -sr_stage_write(&machine, "", &written, &reason);
}

static void all(int lock_error, int journal_error, const char *what)
{
	printf("# %s\n", what);
	is_number((uint64_t)lock(), (uint64_t)lock_error, "the lock");
	is_number((uint64_t)journal(), (uint64_t)journal_error, "a journal");
	is_number((uint64_t)pending(), (uint64_t)(journal_error ? journal_error : ENOENT),
		  "one that is pending");
}

static void test_modes(void)
{
	root_renew();
	all(0, 0, "as it should be");
	chmod(root_path("/run"), 0777);
	chmod(root_path("/var/lib"), 0775);
	all(EPERM, EPERM, "folders that others can write");
	chmod(root_path("/run"), 0755);
	all(0, EPERM, "a folder of the journal's that its group can write");
	chmod(root_path("/run"), 0775);
	chmod(root_path("/var/lib"), 0755);
	all(EPERM, EPERM, "one of the lock's, and of the journal's other place");
	chmod(root_path("/run"), 01777);
	chmod(root_path("/var/lib"), 01777);
	all(0, 0, "others can write them, but rename nothing that is ours");
	chmod(root_path("/run"), 0755);
	chmod(root_path("/var/lib"), 0755);
	chmod(root_path("/var"), 0777);
	all(0, EPERM, "one further up");
	chmod(root_path("/var"), 0755);
	root_mkdir("/etc");
	chmod(root_path("/etc"), 0777);
	is_number((uint64_t)stage(), EPERM, "/etc, for what is staged");
	chmod(root_path("/etc"), 0755);
	root_mkdir("/etc/modprobe.d");
	is_number((uint64_t)stage(), 0, "as it should be");
}

static void test_owners(void)
{
	root_renew();
	if (geteuid() != 0 || chown(root_path("/run"), STRANGER, STRANGER) < 0) {
		tap_skip("folders and links of others", "not root");
		return;
	}
	chown(root_path("/var"), STRANGER, STRANGER);
	all(EPERM, EPERM, "folders of another");
	root_renew();
	rename(root_path("/run"), root_path("/ran"));
	rename(root_path("/var/lib"), root_path("/var/real"));
	symlink("ran", root_path("/run"));
	symlink("real", root_path("/var/lib"));
	lchown(root_path("/run"), STRANGER, STRANGER);
	lchown(root_path("/var/lib"), STRANGER, STRANGER);
	all(EPERM, EPERM, "links of another on the way");
	is_number((uint64_t)find("/run/x", SR_WAY_GIVEN), EPERM, "nor on a way that was given");
	root_renew();
	chown(root_path("/run"), STRANGER, STRANGER);
	is_number((uint64_t)find("/run/x", SR_WAY_GIVEN), 0,
		  "but folders of others are who gave it's to choose");
}

static void test_links(void)
{
	root_renew();
	rename(root_path("/run"), root_path("/ran"));
	rename(root_path("/var/lib"), root_path("/var/real"));
	symlink("ran", root_path("/run"));
	symlink("/var/./../var//real/", root_path("/var/lib"));
	all(0, 0, "links of ours on the way");
	ok(root_exists("/ran/cxl-sr.lock") && root_exists("/var/real/cxl-sr/journal.last"),
	   "they are where those lead");
	chmod(root_path("/ran"), 0777);
	chmod(root_path("/var/real"), 0777);
	all(EPERM, EPERM, "they lead to what others can write");
	unlink(root_path("/run"));
	unlink(root_path("/var/lib"));
	symlink("run", root_path("/run"));
	symlink("/var/lib/x", root_path("/var/lib"));
	all(ELOOP, ELOOP, "links in a circle");
	unlink(root_path("/run"));
	root_write("/run", "");
	all(ENOTDIR, ELOOP, "a file where a folder should be");
}

static void test_given(void)
{
	char path[PATH_MAX];

	root_renew();
	root_write("/home/plan", "");
	symlink("plan", root_path("/home/link"));
	is_number((uint64_t)find("/home/plan", SR_WAY_GIVEN), 0, "a file");
	is_number((uint64_t)find("/home/none", SR_WAY_GIVEN), 0, "the way to one that is not");
	is_number((uint64_t)find("/none/none", SR_WAY_GIVEN), ENOENT, "no way");
	is_number((uint64_t)find("/home/link", SR_WAY_GIVEN), 0, "a link of ours");
	is_number((uint64_t)find("", SR_WAY_GIVEN), ENOENT, "nothing");
	is_number((uint64_t)find("/", SR_WAY_GIVEN), EISDIR, "/");
	chmod(root_path("/home"), 0775);
	is_number((uint64_t)find("/home/plan", SR_WAY_GIVEN), 0, "in a folder of a group");
	chmod(root_path("/home"), 0777);
	is_number((uint64_t)find("/home/plan", SR_WAY_GIVEN), EPERM, "in one that is everybody's");
	chmod(root_path("/home"), 01777);
	is_number((uint64_t)find("/home/plan", SR_WAY_GIVEN), 0, "in one as /tmp");
	memset(path, 'x', sizeof(path));
	path[0] = '/';
	path[NAME_MAX + 2] = '\0';
	is_number((uint64_t)find(path, SR_WAY_GIVEN), ENAMETOOLONG, "a name that is too long");
	path[NAME_MAX + 2] = 'x';
	path[sizeof(path) - 1] = '\0';
	is_number((uint64_t)find(path, SR_WAY_OURS), ENAMETOOLONG, "one that is far too long");
	for (size_t i = 1; i < sizeof(path) - 2; i += 2)
		memcpy(path + i, "./", 2);
	is_number((uint64_t)find(path, SR_WAY_OURS), 0, "a long way");
}

/* With a umask of nothing, all that is made is still ours alone. */
static void test_umask(void)
{
	mode_t old = umask(0);
	struct stat status;

	root_renew();
	umask(old);
	chmod(root_path("/run"), 0755);
	chmod(root_path("/var"), 0755);
	chmod(root_path("/var/lib"), 0755);
	umask(0);
	all(0, 0, "without a umask");
	umask(old);
	ok(stat(root_path(SR_LOCK_PATH), &status) == 0 && (status.st_mode & 07777) == 0644,
	   "the lock is 0644");
	ok(stat(root_path("/var/lib/cxl-sr"), &status) == 0 && (status.st_mode & 07777) == 0700,
	   "the folder of the journal 0700");
}

int main(void)
{
	ok(root_make(), "a root");
	machine = sr_machine_live(root);
	test_modes();
	test_owners();
	test_links();
	test_given();
	test_umask();
	root_clear();
	return tap_done();
}
