/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What root gives up while it only reads. */
#pragma once

#include "base/reason.h"

enum sr_privilege {
	SR_PRIVILEGE_READ = 1 << 0,    /* this machine: addresses, its log, files of root */
	SR_PRIVILEGE_SYSROOT = 1 << 1, /* to enter a capture */
	SR_PRIVILEGE_FILE = 1 << 2,    /* to write a file, wherever it is */
};

/*
 * Gives up for good all capabilities but those of @privileges (several of enum sr_privilege),
 * and with them that a program which this process starts can have more (no_new_privs). What
 * is not there is not missed: an ordinary user has none. -errno and the reason.
 */
int sr_privileges_keep(unsigned int privileges, struct sr_reason *reason);
