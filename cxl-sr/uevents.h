/* SPDX-License-Identifier: GPL-2.0-only */
/* Waiting for what the kernel tells of devices, drivers and modules that take part. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * The kernel's own group of NETLINK_KOBJECT_UEVENT, and no udev: nothing that is read here
 * waits for what udevd makes of a device, its group has nothing where udevd does not run or in
 * another network namespace, and cxl-walk.c already keeps libcxl from waiting for it.
 */
struct uevents {
	int socket;    /* -1: refused, as in some containers; then waiting only takes its time */
	int stop;      /* of stop_signals_open(): it can be read when to end; -1: nothing ends it */
	int output;    /* a pipe or the like, whose reader may go; -1: none */
	uint64_t next; /* no messages are taken before */
};

struct uevents uevents_open(void);
void uevents_close(struct uevents *uevents);

/* A clock that is never put back, in milliseconds. */
uint64_t uevents_now(void);

/*
 * Waits at most so many milliseconds: true as soon as something has changed, false when the
 * time is over or it is to end. However many messages come, it takes them ten times a second at
 * most.
 */
bool uevents_wait(struct uevents *uevents, uint64_t time);

/* Whether it is to end: a signal came, or the reader of the output has gone. */
bool uevents_ended(const struct uevents *uevents);
