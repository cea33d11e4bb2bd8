/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The capabilities of this process, without libcap: they are two system calls. */
#pragma once

#include <linux/capability.h>
#include <stdbool.h>
#include <stddef.h>

struct sr_capabilities {
	struct __user_cap_data_struct words[_LINUX_CAPABILITY_U32S_3];
};

/* -errno on failure. */
int sr_capabilities_read(struct sr_capabilities *ret_capabilities);
int sr_capabilities_write(const struct sr_capabilities *capabilities);

/* Whether @capability, a CAP_* number, is effective. */
bool sr_capabilities_have(const struct sr_capabilities *capabilities, unsigned int capability);

/*
 * Leaves effective only what reading a capture needs, and hands out what was
 * there before. Above all CAP_SYS_MODULE goes: libcxl reaches libkmod, which would
 * load the modules of the capture into the running kernel.
 */
int sr_capabilities_reduce(struct sr_capabilities *ret_before);

/*
 * Gives up for good all capabilities but @capabilities, of those that are effective: they are
 * in no set any more, also not for programs that this process starts. -errno.
 */
int sr_capabilities_keep(const unsigned int *capabilities, size_t count);
