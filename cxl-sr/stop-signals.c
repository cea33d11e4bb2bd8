// SPDX-License-Identifier: GPL-2.0-only
#include "stop-signals.h"

#include <stddef.h>

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
	(void)signal;
	stopped = 1;
}

/* As nohup(1) has SIGHUP: what is ignored is to be so. */
static void catch_unless_ignored(int signal)
{
	/* No SA_RESTART: a write that waits for memory to go offline ends with EINTR. */
	const struct sigaction action = { .sa_handler = stop };
	struct sigaction before;

	if (sigaction(signal, NULL, &before) == 0 && before.sa_handler == SIG_IGN)
		return;
	sigaction(signal, &action, NULL);
}

const volatile sig_atomic_t *stop_signals_catch(void)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	catch_unless_ignored(SIGINT);
	catch_unless_ignored(SIGTERM);
	catch_unless_ignored(SIGHUP);
	/* `| head` must not end it between a write to the machine and the journal. */
	sigaction(SIGPIPE, &ignore, NULL);
	/* Nor a limit on the size of files: the journal's write says EFBIG. */
	sigaction(SIGXFSZ, &ignore, NULL);
	return &stopped;
}
