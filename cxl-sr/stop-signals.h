/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What would end a process that changes the machine, and may only stop it between steps; or one
 * that waits, and ends between lines.
 */
#pragma once

#include <signal.h>

/* Call it before anything is changed; what it returns is set by SIGINT, SIGTERM and SIGHUP. */
const volatile sig_atomic_t *stop_signals_catch(void);

/*
 * The same for a loop that polls: a descriptor that can be read once one of them has come, to be
 * closed by the caller; or -errno, and they end the process as ever.
 */
int stop_signals_open(void);
