// SPDX-License-Identifier: GPL-2.0-only
/* stop-signals.h: what stops between steps, and what must end no process that changes things. */
#include "stop-signals.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

/* 0: it lives, and is stopped as @wanted says; in a process of its own. */
static int after(int signal, void (*before)(int), bool caught)
{
	int status = -1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		const volatile sig_atomic_t *stopped;

		if (before)
			(void)sigaction(signal, &(struct sigaction){ .sa_handler = before }, NULL);
		stopped = stop_signals_catch();
		raise(signal);
		_exit(*stopped == caught ? 0 : 1);
	}
	waitpid(child, &status, 0);
	return status;
}

/* The same of what polls: it lives, and finds the signal where it was not ignored before. */
static int polled_after(int signal, void (*before)(int), bool caught)
{
	int status = -1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		struct pollfd polled = { .events = POLLIN };

		if (before)
			(void)sigaction(signal, &(struct sigaction){ .sa_handler = before }, NULL);
		polled.fd = stop_signals_open();
		raise(signal);
		_exit(polled.fd >= 0 && poll(&polled, 1, 0) == caught ? 0 : 1);
	}
	waitpid(child, &status, 0);
	return status;
}

static int write_to_closed_pipe(void)
{
	int status = -1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		int ends[2];

		stop_signals_catch();
		if (pipe(ends) < 0)
			_exit(2);
		close(ends[0]);
		_exit(write(ends[1], "x", 1) < 0 && errno == EPIPE ? 0 : 1);
	}
	waitpid(child, &status, 0);
	return status;
}

int main(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		ok(after(signals[i], NULL, true) == 0, "it stops");
		ok(after(signals[i], SIG_IGN, false) == 0, "unless that was ignored before");
		ok(polled_after(signals[i], NULL, true) == 0, "where it polls, too");
		ok(polled_after(signals[i], SIG_IGN, false) == 0, "unless that was ignored before");
	}
	ok(after(SIGPIPE, NULL, false) == 0, "SIGPIPE is nothing");
	ok(after(SIGXFSZ, NULL, false) == 0, "nor SIGXFSZ");
	ok(polled_after(SIGPIPE, NULL, false) == 0, "nor where it polls");
	ok(write_to_closed_pipe() == 0, "a reader that goes ends nobody");
	return tap_done();
}
