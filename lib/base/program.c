// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"

#define BLOCK_SIZE 16384

struct running {
	pid_t pid;
	int64_t deadline;
	size_t limit, room;
	struct sr_output output;
};

static void running_done(struct running *running)
{
	free(running->output.text);
}

static int64_t milliseconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Makes room for one block more and a NUL; the room counts without the NUL. */
static int make_room(struct running *running)
{
	const size_t wanted = running->output.length + BLOCK_SIZE;
	size_t room = running->room ? running->room : 65536;
	char *grown;

	if (running->output.length > running->limit)
		return -EFBIG;
	while (room < wanted)
		room *= 2;
	if (room == running->room)
		return 0;
	grown = realloc(running->output.text, room + 1);
	if (!grown)
		return -ENOMEM;
	running->output.text = grown;
	running->room = room;
	return 0;
}

static int start(const char *path, const char *const *arguments, int output, pid_t *ret_pid)
{
	static char *const environment[] = {
		(char *)"PATH=/usr/sbin:/usr/bin:/sbin:/bin",
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
	/* posix_spawn() wants texts that are not const and does not write to them. */
	if (!error)
		error = posix_spawn(ret_pid, path, &actions, NULL, (char *const *)arguments,
				    environment);
	posix_spawn_file_actions_destroy(&actions);
	return -error;
}

/* The caller's PATH may lead anywhere, and this may be root. */
static int find_and_start(const char *const *arguments, int output, pid_t *ret_pid)
{
	static const char *const folders[] = { "/usr/sbin", "/usr/bin", "/sbin", "/bin" };
	int error = -ENOENT;

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders) && error == -ENOENT; i++) {
		char path[PATH_MAX];

		if (snprintf(path, sizeof(path), "%s/%s", folders[i], arguments[0]) >=
		    (int)sizeof(path))
			return -ENAMETOOLONG;
		/* A process that finds nothing costs more than all else that is read here. */
		if (access(path, F_OK) == 0)
			error = start(path, arguments, output, ret_pid);
	}
	return error;
}

/* Reads until the other end closes; -ETIME at the deadline. */
static int read_output(struct running *running, int fd)
{
	struct sr_output *output = &running->output;

	for (;;) {
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		int64_t left = running->deadline - milliseconds_now();
		int error = make_room(running);
		ssize_t got;

		if (error)
			return error;
		if (left <= 0)
			return -ETIME;
		if (poll(&ready, 1, (int)left) <= 0)
			continue;
		got = read(fd, output->text + output->length, BLOCK_SIZE);
		if (got < 0 && errno != EINTR)
			return -errno;
		if (got == 0)
			return 0;
		output->length += got > 0 ? (size_t)got : 0;
	}
}

/* Waits until @deadline, then kills; always reaps. */
static int end(pid_t pid, int64_t deadline)
{
	const struct timespec pause = { .tv_nsec = 2000000 };
	int status = 0;
	pid_t ended;

	for (;;) {
		ended = waitpid(pid, &status, WNOHANG);
		if (ended != 0 && !(ended < 0 && errno == EINTR))
			break;
		if (milliseconds_now() >= deadline)
			kill(pid, SIGKILL);
		nanosleep(&pause, NULL);
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int sr_program_read(const char *const *arguments, size_t limit, unsigned int milliseconds,
		    struct sr_output *ret_output, int *ret_status)
{
	sr_cleanup(running_done) struct running running = {
		.deadline = milliseconds_now() + milliseconds,
		.limit = limit,
	};
	int ends[2], error, status = 0;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	error = find_and_start(arguments, ends[1], &running.pid);
	close(ends[1]);
	if (!error) {
		error = read_output(&running, ends[0]);
		status = end(running.pid, error ? 0 : running.deadline);
	}
	close(ends[0]);
	if (error)
		return error;
	running.output.text[running.output.length] = '\0';
	*ret_output = running.output;
	running.output.text = NULL;
	*ret_status = status;
	return 0;
}
