/* SPDX-License-Identifier: GPL-2.0-only */
/* What would end a process that changes the machine, and may only stop it between steps. */
#pragma once

#include <signal.h>

/* Call it before anything is changed; what it returns is set by SIGINT, SIGTERM and SIGHUP. */
const volatile sig_atomic_t *stop_signals_catch(void);
