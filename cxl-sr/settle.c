// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's own way to wait, wait_for_device_probe(), is not for user space. So this
 * looks at the signs (judgement/settled.h) whenever the kernel tells of a change.
 */
#include "settle.h"

#include <errno.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/number.h"
#include "judgement/settled.h"
#include "progress.h"
#include "sources/sources.h"
#include "uevent.h"

#define DEFAULT_SECONDS 30

/* UEVENT_BUFFER_SIZE of include/linux/kobject.h, and the path in front of it. */
#define MESSAGE_SIZE 8192

/* Then poll() and the clock are asked again, however many events there are. */
#define MESSAGES_AT_ONCE 1024

/* The kernel's own messages; 2 is udevd's group. */
#define KERNEL_GROUP 1

struct session {
	int socket; /* -1: events are refused, as in a container */
	struct sr_snapshot *snapshot;
	struct sr_settle_signs *signs;
	struct sr_reason *reason;
	struct progress progress;
};

static void session_done(struct session *session)
{
	progress_end(&session->progress);
	if (session->socket >= 0)
		close(session->socket);
	sr_settle_signs_free(session->signs);
	sr_snapshot_free(session->snapshot);
}

static int open_socket(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = KERNEL_GROUP };
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
			NETLINK_KOBJECT_UEVENT);

	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static uint64_t now(void *data)
{
	struct timespec time;

	(void)data;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

static int read_and_judge(const char *sysroot, struct sr_snapshot **ret_snapshot,
			  struct sr_settle_signs **ret_signs, struct sr_reason *reason)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = NULL;
	int error = sr_snapshot_read(sysroot, &snapshot, reason);

	if (error)
		return error;
	if (sr_settle_judge(snapshot, ret_signs))
		return sr_fail(reason, -ENOMEM, "out of memory");
	*ret_snapshot = snapshot;
	snapshot = NULL;
	return 0;
}

static int look(void *data, enum sr_truth *ret_settled)
{
	struct session *session = data;
	int error;

	session->signs = sr_settle_signs_free(session->signs);
	session->snapshot = sr_snapshot_free(session->snapshot);
	error = read_and_judge(NULL, &session->snapshot, &session->signs, session->reason);
	if (!error)
		*ret_settled = session->signs->settled;
	return error;
}

/* One message: 1 it concerns us, 0 it does not, -errno. */
static int receive(int fd)
{
	struct sockaddr_nl sender = { 0 };
	socklen_t size = sizeof(sender);
	char message[MESSAGE_SIZE];
	ssize_t length = recvfrom(fd, message, sizeof(message), MSG_DONTWAIT,
				  (struct sockaddr *)&sender, &size);

	if (length < 0)
		return -errno;
	/* Anybody may send to us; only the kernel does so as 0. */
	return sender.nl_pid == 0 && uevent_concerns_us(message, (size_t)length);
}

/* Takes what has arrived; true where any of it concerns us, or may have. */
static bool drain(struct session *session)
{
	bool concerns = false;

	for (int i = 0; i < MESSAGES_AT_ONCE; i++) {
		int result = receive(session->socket);

		if (result == -EAGAIN || result == -EINTR)
			break;
		if (result == -ENOBUFS) /* some were lost */
			concerns = true;
		if (result < 0 && result != -ENOBUFS) {
			close(session->socket);
			session->socket = -1;
			break;
		}
		concerns |= result > 0;
	}
	return concerns;
}

static bool wait_for_event(void *data, uint64_t time)
{
	struct session *session = data;
	uint64_t end = now(NULL) + time, at;

	do {
		struct pollfd poller = { .fd = session->socket, .events = POLLIN };
		int ready;

		at = now(NULL);
		/* Without a socket poll() only sleeps: it passes over an fd of -1. */
		ready = poll(&poller, 1, at < end ? (int)(end - at) : 0);
		if (ready > 0 && drain(session))
			return true;
		if (ready == 0)
			return false;
		at = now(NULL);
	} while (at < end);
	return false;
}

static void show(void *data, uint64_t left)
{
	struct session *session = data;

	progress_show(&session->progress, session->signs, left);
}

static int read_live(unsigned int seconds, struct sr_snapshot **ret_snapshot,
		     struct sr_reason *reason)
{
	static const struct settle_operations operations = { look, now, wait_for_event, show };
	/* The socket comes first: what changes during a look must not be missed. */
	__attribute__((cleanup(session_done))) struct session session = {
		.socket = open_socket(),
		.reason = reason,
	};
	int result;

	result = settle_loop(&operations, &session, (uint64_t)seconds * 1000);
	if (result < 0)
		return result;
	*ret_snapshot = session.snapshot;
	session.snapshot = NULL;
	return result;
}

int settle_read(const struct settle_choice *choice, const char *sysroot,
		struct sr_snapshot **ret_snapshot, struct sr_reason *reason)
{
	sr_auto_settle_signs struct sr_settle_signs *signs = NULL;
	int error;

	if (!choice->wanted)
		return sr_snapshot_read(sysroot, ret_snapshot, reason);
	if (!sysroot)
		return read_live(choice->seconds, ret_snapshot, reason);
	error = read_and_judge(sysroot, ret_snapshot, &signs, reason);
	if (error)
		return error;
	return signs->settled == SR_NO ? SETTLE_TIMED_OUT : SETTLE_DONE;
}

bool settle_parse(const char *value, struct settle_choice *ret_choice)
{
	uint64_t seconds = DEFAULT_SECONDS;

	if (value && (sr_number_scan(&value, 10, &seconds) || *value || seconds > UINT32_MAX))
		return false;
	*ret_choice = (struct settle_choice){ .wanted = true, .seconds = (unsigned int)seconds };
	return true;
}
