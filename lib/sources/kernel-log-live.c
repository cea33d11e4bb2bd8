// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads /dev/kmsg (Documentation/ABI/testing/dev-kmsg) and runs journalctl. */
#include "sources/kernel-log-live.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "base/cleanup.h"
#include "base/number.h"

/* Above PRINTK_MESSAGE_MAX of kernel/printk/internal.h, 8192 before v6.3. */
#define RECORD_SIZE	     16384
#define JOURNAL_MILLISECONDS 5000

static void free_copy(struct sr_log_copy *copy)
{
	free(copy->text);
}

#define sr_auto_copy sr_cleanup(free_copy)

/* Makes room for @more bytes and a NUL; *room counts without the NUL. */
static int make_room(struct sr_log_copy *copy, size_t *room, size_t more)
{
	size_t wanted = *room ? *room : 65536;
	char *grown;

	if (copy->length + more > SR_LOG_LIMIT)
		return -EFBIG;
	while (wanted < copy->length + more)
		wanted *= 2;
	if (wanted == *room)
		return 0;
	grown = realloc(copy->text, wanted + 1);
	if (!grown)
		return -ENOMEM;
	copy->text = grown;
	*room = wanted;
	return 0;
}

static void hand_over(struct sr_log_copy *copy, struct sr_log_copy *ret_copy)
{
	copy->text[copy->length] = '\0';
	*ret_copy = *copy;
	copy->text = NULL;
}

/* msg_add_ext_text() of kernel/printk/printk.c writes \xNN for what is not printable. */
static size_t unescape(const char *text, char *unescaped)
{
	size_t length = 0;

	while (*text && *text != '\n') {
		char digits[3] = { 0 };
		const char *at = digits;
		uint64_t value;

		if (strncmp(text, "\\x", 2) == 0)
			memcpy(digits, text + 2, strnlen(text + 2, 2));
		if (sr_number_scan(&at, 16, &value) == 0 && at == digits + 2) {
			unescaped[length++] = (char)value;
			text += 4;
		} else {
			unescaped[length++] = *text++;
		}
	}
	return length;
}

/*
 * Appends the text of "priority,sequence,time,flags;text\n KEY=value\n". What
 * programs write to /dev/kmsg never has the facility 0 (devkmsg_write()), so
 * nobody can put a memory map into the kernel's mouth.
 */
static int add_record(struct sr_log_copy *copy, size_t *room, const char *record,
		      uint64_t *expected)
{
	const char *at = record, *text = strchr(record, ';');
	uint64_t priority, sequence;
	int error;

	if (!text || sr_number_scan(&at, 10, &priority) < 0 || *at++ != ',' ||
	    sr_number_scan(&at, 10, &sequence) < 0)
		return -EBADMSG;
	copy->lacks_records |= sequence != *expected;
	*expected = sequence + 1;
	if (priority >> 3)
		return 0;
	error = make_room(copy, room, strlen(text) + 1);
	if (error)
		return error;
	copy->length += unescape(text + 1, copy->text + copy->length);
	copy->text[copy->length++] = '\n';
	return 0;
}

/* Each read(2) gives one record; EPIPE tells that the next one was overwritten meanwhile. */
static int read_records(int fd, struct sr_log_copy *copy, size_t *room)
{
	uint64_t expected = 0;
	char record[RECORD_SIZE];

	for (;;) {
		ssize_t got = read(fd, record, sizeof(record) - 1);
		int error;

		if (got < 0 && (errno == EINTR || errno == EPIPE))
			continue;
		if (got == 0 || (got < 0 && errno == EAGAIN))
			return 0;
		if (got < 0)
			return -errno;
		record[got] = '\0';
		error = add_record(copy, room, record, &expected);
		if (error)
			return error;
	}
}

int sr_kmsg_read(const char *path, struct sr_log_copy *ret_copy)
{
	sr_auto_close int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	sr_auto_copy struct sr_log_copy copy = { 0 };
	size_t room = 0;
	int error;

	if (fd < 0)
		return -errno;
	/* To the oldest record that is left, also behind `dmesg --clear`. */
	if (lseek(fd, 0, SEEK_SET) < 0)
		return -errno;
	error = make_room(&copy, &room, 0);
	if (!error)
		error = read_records(fd, &copy, &room);
	if (error)
		return error;
	hand_over(&copy, ret_copy);
	return 0;
}

static int64_t milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int start_program(const char *path, int output, pid_t *ret_pid)
{
	/* posix_spawn() wants texts that are not const and does not write to them. */
	static char *const arguments[] = {
		(char *)"journalctl", (char *)"--dmesg",
		(char *)"--boot",     (char *)"--output=short-monotonic",
		(char *)"--no-pager", (char *)"--no-hostname",
		(char *)"-q",	      NULL,
	};
	static char *const environment[] = {
		(char *)"PATH=/usr/bin:/bin",
		(char *)"LC_ALL=C",
		NULL,
	};
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error)
		return -error;
	error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (!error)
		error = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	if (!error)
		error = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
							 O_WRONLY, 0);
	if (!error)
		error = posix_spawn(ret_pid, path, &actions, NULL, arguments, environment);
	posix_spawn_file_actions_destroy(&actions);
	return -error;
}

/* Reads until the other end closes; -ETIME at @deadline. */
static int read_pipe(int fd, int64_t deadline, struct sr_log_copy *copy)
{
	size_t room = 0;

	for (;;) {
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		int64_t left = deadline - milliseconds();
		int error = make_room(copy, &room, RECORD_SIZE);
		ssize_t got;

		if (error)
			return error;
		if (left <= 0)
			return -ETIME;
		if (poll(&ready, 1, (int)left) <= 0)
			continue;
		got = read(fd, copy->text + copy->length, RECORD_SIZE);
		if (got < 0 && errno != EINTR)
			return -errno;
		if (got == 0)
			return 0;
		copy->length += got > 0 ? (size_t)got : 0;
	}
}

/* Waits until @deadline, then kills; always reaps. -ENODATA for a bad end. */
static int end_program(pid_t pid, int64_t deadline)
{
	const struct timespec pause = { .tv_nsec = 2000000 };
	int status = 0;
	pid_t ended;

	for (;;) {
		ended = waitpid(pid, &status, WNOHANG);
		if (ended != 0 && !(ended < 0 && errno == EINTR))
			break;
		if (milliseconds() >= deadline)
			kill(pid, SIGKILL);
		nanosleep(&pause, NULL);
	}
	return ended == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -ENODATA;
}

static int read_program(const char *path, struct sr_log_copy *ret_copy)
{
	sr_auto_copy struct sr_log_copy copy = { 0 };
	int64_t deadline = milliseconds() + JOURNAL_MILLISECONDS;
	int ends[2], error, ending;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	error = start_program(path, ends[1], &pid);
	close(ends[1]);
	if (!error) {
		error = read_pipe(ends[0], deadline, &copy);
		ending = end_program(pid, error ? 0 : deadline);
		error = error ? error : ending;
	}
	close(ends[0]);
	if (error)
		return error;
	if (!copy.length)
		return -ENODATA;
	hand_over(&copy, ret_copy);
	return 0;
}

int sr_journal_read(const char *path, struct sr_log_copy *ret_copy)
{
	static const char *const programs[] = { "/usr/bin/journalctl", "/bin/journalctl" };
	int error = -ENOENT;

	(void)path;
	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs) && error == -ENOENT; i++)
		error = read_program(programs[i], ret_copy);
	return error;
}
