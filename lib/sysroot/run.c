// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Two processes. The child reads the capture and can do nothing else; whoever takes it over
 * by a mistake in a parser has a pipe to write to, and nothing more. This process never enters
 * the capture: afterwards it can write files, read this machine or another capture as before.
 * What comes through the pipe is first the folder to be removed, then what was found, then
 * how it went.
 */
#include "sysroot/run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "sysroot/confinement.h"
#include "sysroot/name.h"
#include "sysroot/scratch.h"

#define FOUND_MAX   ((size_t)1 << 30)
#define BUFFER_SIZE 65536

struct outcome {
	int32_t error;
	struct sr_reason reason;
};

struct child {
	FILE *out;
	struct sr_confinement confinement;
};

static int tell(void *data, const char *scratch)
{
	FILE *out = data;

	errno = 0;
	if (fputs(scratch ? scratch : "", out) < 0 || fputc('\0', out) < 0 || fflush(out) != 0)
		return errno ? -errno : -EIO;
	return 0;
}

static int enter(struct child *child, const char *path, struct sr_reason *reason)
{
	struct sr_confinement *confinement = &child->confinement;
	int error = sr_sysroot_enter_for_good(path, confinement, reason);

	if (error && !confinement->begun)
		tell(child->out, NULL);
	return error ? error : sr_sandbox_end(&confinement->sandbox, fileno(child->out), reason);
}

static int work_inside(struct child *child, const char *path,
		       int (*work)(void *data, FILE *out, struct sr_reason *reason), void *data)
{
	struct outcome outcome = { 0 };

	outcome.error = enter(child, path, &outcome.reason);
	if (!outcome.error)
		outcome.error = work(data, child->out, &outcome.reason);
	if (!outcome.error && !sr_sandbox_lacks(&child->confinement.sandbox, &outcome.reason))
		outcome.reason.text[0] = '\0';
	fwrite(&outcome, sizeof(outcome), 1, child->out);
	return fflush(child->out) == 0 && !ferror(child->out) ? 0 : -EIO;
}

/* What is printed there is nobody's, least of all a terminal's. */
static void give_up_standard_files(void)
{
	sr_auto_close int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (null >= 0)
			dup2(null, fd);
}

/*
 * The child ends by the system call: its parent's buffers and exit handlers are none of its
 * business. It does not outlive the parent.
 */
static void be_child(const int ends[2], const char *path,
		     int (*work)(void *data, FILE *out, struct sr_reason *reason), void *data)
{
	struct child child = { .out = fdopen(ends[1], "w") };
	int error = child.out ? 0 : -errno;

	close(ends[0]);
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	give_up_standard_files();
	child.confinement.tell = tell;
	child.confinement.data = child.out;
	if (!error)
		error = work_inside(&child, path, work, data);
	for (;;)
		syscall(SYS_exit_group, error ? 1 : 0);
}

/* All that comes, up to the end. */
static int receive(int fd, struct sr_found *found)
{
	size_t room = 0;

	for (;;) {
		ssize_t got;

		if (found->length == room) {
			size_t wanted = room ? room * 2 : BUFFER_SIZE;
			char *grown = wanted > FOUND_MAX ? NULL : realloc(found->bytes, wanted);

			if (!grown)
				return wanted > FOUND_MAX ? -EFBIG : -ENOMEM;
			found->bytes = grown;
			room = wanted;
		}
		got = read(fd, found->bytes + found->length, room - found->length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 ? -errno : 0;
		found->length += (size_t)got;
	}
}

/* How the child ended; a signal is a mistake of ours, or what the sandbox is for. */
static int reap(pid_t child, struct sr_reason *reason)
{
	int status;
	pid_t got;

	do {
		got = waitpid(child, &status, 0);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return sr_fail(reason, -errno, "cannot wait for its reader: %s", strerror(errno));
	if (WIFSIGNALED(status))
		return sr_fail(reason, -ECHILD, "its reader was ended by a signal: %s",
			       strsignal(WTERMSIG(status)));
	return WEXITSTATUS(status) ? sr_fail(reason, -ECHILD, "its reader failed") : 0;
}

/*
 * The folder that the child told of before it looked at anything; what comes later is not to
 * be believed. How much of what was received that is.
 */
static size_t remove_scratch(const struct sr_found *received)
{
	const char *end = received->length ? memchr(received->bytes, '\0', received->length) : NULL;

	if (!end)
		return received->length;
	if (*received->bytes)
		sr_scratch_remove(received->bytes);
	return (size_t)(end + 1 - received->bytes);
}

/* How it went stands at the end. */
static int take_outcome(struct sr_found *found, struct sr_reason *reason)
{
	struct outcome outcome;

	if (found->length < sizeof(outcome))
		return sr_fail(reason, -EBADMSG, "its reader said nothing");
	found->length -= sizeof(outcome);
	memcpy(&outcome, found->bytes + found->length, sizeof(outcome));
	outcome.reason.text[sizeof(outcome.reason.text) - 1] = '\0';
	sr_name_printable(outcome.reason.text);
	return sr_fail(reason, outcome.error > 0 ? -EBADMSG : outcome.error, "%s",
		       outcome.reason.text);
}

static void found_guard(struct sr_found *found)
{
	free(found->bytes);
}

static int attend(pid_t child, int fd, const char *path, struct sr_found *ret_found,
		  struct sr_reason *reason)
{
	sr_cleanup(found_guard) struct sr_found found = { 0 };
	struct sr_reason end = { "" };
	int error = receive(fd, &found), ended;
	size_t front;

	if (error)
		kill(child, SIGKILL);
	ended = reap(child, &end);
	front = remove_scratch(&found);
	if (error)
		return sr_fail(reason, error, "cannot use %s: %s", path, strerror(-error));
	if (ended)
		return sr_fail(reason, ended, "cannot use %s: %s", path, end.text);
	found.length -= front;
	memmove(found.bytes, found.bytes + front, found.length);
	error = take_outcome(&found, reason);
	if (error)
		return error;
	*ret_found = found;
	found.bytes = NULL;
	return 0;
}

int sr_sysroot_run(const char *path, int (*work)(void *data, FILE *out, struct sr_reason *reason),
		   void *data, struct sr_found *ret_found, struct sr_reason *reason)
{
	sr_auto_close int reading = -1, writing = -1;
	int ends[2];
	pid_t child;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return sr_fail(reason, -errno, "cannot make a pipe: %s", strerror(errno));
	reading = ends[0];
	writing = ends[1];
	fcntl(reading, F_SETPIPE_SZ, 1 << 20);
	child = fork();
	if (child < 0)
		return sr_fail(reason, -errno, "cannot make a process: %s", strerror(errno));
	if (child == 0)
		be_child(ends, path, work, data);
	sr_close_guard(&writing);
	writing = -1;
	return attend(child, reading, path, ret_found, reason);
}
