// SPDX-License-Identifier: GPL-2.0-only
/*
 * usage: launch ROOT COMMAND [ARGUMENT...]
 *
 * Runs a command with ROOT as its root ("-": as it is), without its output, and prints its
 * status, its time and that of the processor in microseconds, and its peak memory in KiB. A program
 * of its own, and a small one: what starts a command is counted into the command's peak
 * (exec_mmap(), fs/exec.c), and an interpreter is larger than what is measured here.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

static void start(char **command, int null)
{
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	if (!getenv("LAUNCH_STDERR"))
		dup2(null, STDERR_FILENO);
	execv(command[0], command);
	_exit(127);
}

int main(int count, char **arguments)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), status;
	long long began;
	struct rusage usage;
	pid_t child;

	if (count < 3 || null < 0)
		return 1;
	if (strcmp(arguments[1], "-") != 0 && (chroot(arguments[1]) < 0 || chdir("/") < 0)) {
		fprintf(stderr, "launch: %s: %s\n", arguments[1], strerror(errno));
		return 1;
	}
	began = microseconds();
	child = fork();
	if (child == 0)
		start(arguments + 2, null);
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return 1;
	printf("%d %lld %lld %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128,
	       microseconds() - began,
	       (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL +
		       usage.ru_utime.tv_usec + usage.ru_stime.tv_usec,
	       usage.ru_maxrss);
	return 0;
}
