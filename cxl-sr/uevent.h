/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel sends when a device, a driver or a module comes, goes or is bound. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether a message of NETLINK_KOBJECT_UEVENT is of a subsystem that takes part in who
 * owns memory. @length bytes, which may be anything.
 */
bool uevent_concerns_us(const char *message, size_t length);
