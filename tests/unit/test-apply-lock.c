// SPDX-License-Identifier: GPL-2.0-only
/* apply/lock.h and apply/secure.h: one writer, and files that nobody else put there. */
#include "apply/lock.h"

#include <sys/wait.h>

#include "apply-root.h"
#include "apply/secure.h"
#include "tap.h"

static struct sr_machine machine;

static int take(struct sr_lock *lock, struct sr_reason *reason)
{
	*lock = (struct sr_lock){ .fd = -1 };
	reason->text[0] = '\0';
	return sr_lock_take(&machine, lock, reason);
}

static void test_two(void)
{
	struct sr_lock first, second;
	struct sr_reason reason;
	char pid[64];
	int status = 0;
	pid_t child;

	ok(take(&first, &reason) == 0 && first.fd >= 0, "the first takes it");
	is_number((uint64_t)-take(&second, &reason), EBUSY, "the second is told that it is busy");
	snprintf(pid, sizeof(pid), "process %ld ", (long)getpid());
	ok(strncmp(reason.text, pid, strlen(pid)) == 0, "and who holds it");
	fflush(stdout); /* or valgrind has the child write it, too */
	child = fork();
	if (child == 0)
		_exit(take(&second, &reason) == -EBUSY ? 0 : 1);
	waitpid(child, &status, 0);
	ok(child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0, "so is another process");
	sr_lock_release(&first);
	ok(take(&second, &reason) == 0, "after that it is free");
	sr_lock_release(&second);
	sr_lock_release(&second);
	ok(root_exists(SR_LOCK_PATH), "the file stays");
}

/* Whose process ended without a word. */
static void test_killed(void)
{
	struct sr_lock lock;
	struct sr_reason reason;
	int status;
	pid_t child;

	fflush(stdout);
	child = fork();

	if (child == 0)
		_exit(take(&lock, &reason) ? 1 : 0);
	waitpid(child, &status, 0);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a process ends with the lock");
	ok(take(&lock, &reason) == 0, "and it is free");
	sr_lock_release(&lock);
}

static void refused(int error, const char *what)
{
	struct sr_lock lock;
	struct sr_reason reason;

	is_number((uint64_t)-take(&lock, &reason), (uint64_t)error, what);
	ok(lock.fd == -1 && reason.text[0], "with a reason, and no lock");
}

static void test_hostile(void)
{
	char victim[PATH_MAX];
	struct stat status;

	snprintf(victim, sizeof(victim), "%s", root_path("/victim"));
	root_write("/victim", "precious\n");
	unlink(root_path(SR_LOCK_PATH));
	symlink(victim, root_path(SR_LOCK_PATH));
	refused(ELOOP, "a link is not followed");
	ok(stat(victim, &status) == 0 && status.st_size == 9, "nor is its target written");
	unlink(root_path(SR_LOCK_PATH));
	link(victim, root_path(SR_LOCK_PATH));
	refused(EPERM, "a file with two names");
	ok(stat(victim, &status) == 0 && status.st_size == 9, "it is as it was");
	unlink(root_path(SR_LOCK_PATH));
	mkfifo(root_path(SR_LOCK_PATH), 0600);
	refused(EINVAL, "a FIFO does not hang us");
	unlink(root_path(SR_LOCK_PATH));
	root_write(SR_LOCK_PATH, "");
	chmod(root_path(SR_LOCK_PATH), 0666);
	refused(EPERM, "one that all may write");
	chmod(root_path(SR_LOCK_PATH), 0644);
	if (geteuid() == 0 && chown(root_path(SR_LOCK_PATH), 12345, 12345) == 0)
		refused(EPERM, "another's");
	else
		tap_skip("another's", "not root");
	unlink(root_path(SR_LOCK_PATH));
	mkdir(root_path(SR_LOCK_PATH), 0755);
	refused(EISDIR, "a folder");
	rmdir(root_path(SR_LOCK_PATH));
}

/* A pid that is no number is not told. */
static void test_garbage(void)
{
	struct sr_lock first, second;
	struct sr_reason reason;

	ok(take(&first, &reason) == 0, "taken");
	root_write(SR_LOCK_PATH, "\033[31m1\n");
	is_number((uint64_t)-take(&second, &reason), EBUSY, "busy");
	ok(!strchr(reason.text, '\033') && strstr(reason.text, "another process"),
	   "what somebody wrote into it is not repeated");
	sr_lock_release(&first);
}

static int mine(const char *path, bool make)
{
	return sr_secure_folder(root, path, 077, make);
}

static void test_secure_folder(void)
{
	int fd = mine("/run/mine", true);
	struct stat status;

	ok(fd >= 0 && fstat(fd, &status) == 0 && (status.st_mode & 07777) == 0700, "made, 0700");
	close(fd);
	fd = mine("/run/mine", true);
	ok(fd >= 0, "found");
	close(fd);
	chmod(root_path("/run/mine"), 0710);
	is_number((uint64_t)-mine("/run/mine", true), EPERM, "not one that others may enter");
	chmod(root_path("/run/mine"), 0700);
	symlink("mine", root_path("/run/link"));
	is_number((uint64_t)-mine("/run/link", true), ENOTDIR, "no link");
	is_number((uint64_t)-mine("/run/none", false), ENOENT, "none");
	is_number((uint64_t)-mine("/run/none/x", true), ENOENT, "no more than one is made");
}

int main(void)
{
	ok(root_make(), "a root");
	machine = sr_machine_live(root);
	test_two();
	test_killed();
	test_hostile();
	test_garbage();
	test_secure_folder();
	root_clear();
	return tap_done();
}
