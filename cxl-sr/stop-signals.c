// SPDX-License-Identifier: GPL-2.0-only
#include "stop-signals.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/signalfd.h>

static const int stop_signals[] = { SIGINT, SIGTERM, SIGHUP };

#define STOP_SIGNAL_COUNT (sizeof(stop_signals) / sizeof(*stop_signals))

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
	(void)signal;
	stopped = 1;
}

/* As nohup(1) has SIGHUP: what is ignored is to be so. */
static bool is_ignored(int signal)
{
	struct sigaction before;

	return sigaction(signal, NULL, &before) == 0 && before.sa_handler == SIG_IGN;
}

static void ignore_failed_writes(void)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	/* `| head` must not end it between a write to the machine and the journal. */
	sigaction(SIGPIPE, &ignore, NULL);
	/* Nor a limit on the size of files: the journal's write says EFBIG. */
	sigaction(SIGXFSZ, &ignore, NULL);
}

const volatile sig_atomic_t *stop_signals_catch(void)
{
	/* No SA_RESTART: a write that waits for memory to go offline ends with EINTR. */
	const struct sigaction action = { .sa_handler = stop };

	for (size_t i = 0; i < STOP_SIGNAL_COUNT; i++) {
		if (!is_ignored(stop_signals[i]))
			sigaction(stop_signals[i], &action, NULL);
	}
	ignore_failed_writes();
	return &stopped;
}

int stop_signals_open(void)
{
	sigset_t set;
	int fd;

	/* A descriptor for signals has those that are blocked, also where they are ignored. */
	sigemptyset(&set);
	for (size_t i = 0; i < STOP_SIGNAL_COUNT; i++) {
		if (!is_ignored(stop_signals[i]))
			sigaddset(&set, stop_signals[i]);
	}
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		return -errno;
	sigprocmask(SIG_BLOCK, &set, NULL);
	ignore_failed_writes();
	return fd;
}
