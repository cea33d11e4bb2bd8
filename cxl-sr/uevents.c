// SPDX-License-Identifier: GPL-2.0-only
#include "uevents.h"

#include <errno.h>
#include <limits.h>
#include <linux/netlink.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "uevent.h"

/* UEVENT_BUFFER_SIZE of include/linux/kobject.h, and the path in front of it. */
#define MESSAGE_SIZE 8192

/* Then the clock is asked again, however many messages there are. */
#define MESSAGES_AT_ONCE 1024

/* Messages come by the hundred: those of so many milliseconds are taken together. */
#define TAKE_TIME 100

/* The kernel's own messages; 2 is udevd's group. */
#define KERNEL_GROUP 1

enum {
	POLL_STOP,
	POLL_OUTPUT,
	POLL_SOCKET,
	POLL_COUNT,
};

struct uevents uevents_open(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = KERNEL_GROUP };
	struct uevents uevents = { .stop = -1, .output = -1 };

	uevents.socket = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
				NETLINK_KOBJECT_UEVENT);
	if (uevents.socket >= 0 &&
	    bind(uevents.socket, (struct sockaddr *)&address, sizeof(address)) < 0)
		uevents_close(&uevents);
	return uevents;
}

void uevents_close(struct uevents *uevents)
{
	if (uevents->socket >= 0)
		close(uevents->socket);
	uevents->socket = -1;
}

uint64_t uevents_now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
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
static bool drain(struct uevents *uevents)
{
	bool concerns = false;

	for (int i = 0; i < MESSAGES_AT_ONCE; i++) {
		int result = receive(uevents->socket);

		if (result == -EAGAIN || result == -EINTR)
			break;
		if (result == -ENOBUFS) /* some were lost */
			concerns = true;
		if (result < 0 && result != -ENOBUFS) {
			uevents_close(uevents);
			break;
		}
		concerns |= result > 0;
	}
	uevents->next = uevents_now() + TAKE_TIME;
	return concerns;
}

/*
 * Waits until @end for the first @count of what can be polled: 0 nothing came, 1 a message, or
 * -EINTR where it is to end. poll() passes over an fd of -1, and of a pipe without a reader it
 * tells unasked.
 */
static int wait_for(const struct uevents *uevents, nfds_t count, uint64_t end)
{
	struct pollfd polled[POLL_COUNT] = {
		[POLL_STOP] = { .fd = uevents->stop, .events = POLLIN },
		[POLL_OUTPUT] = { .fd = uevents->output },
		[POLL_SOCKET] = { .fd = uevents->socket, .events = POLLIN },
	};
	uint64_t at = uevents_now();
	uint64_t left = at < end ? end - at : 0;

	if (poll(polled, count, left < INT_MAX ? (int)left : INT_MAX) <= 0)
		return 0;
	if (polled[POLL_STOP].revents || polled[POLL_OUTPUT].revents)
		return -EINTR;
	return polled[POLL_SOCKET].revents ? 1 : 0;
}

bool uevents_ended(const struct uevents *uevents)
{
	return wait_for(uevents, POLL_SOCKET, 0) < 0;
}

bool uevents_wait(struct uevents *uevents, uint64_t time)
{
	uint64_t end = uevents_now();
	int came;

	if (__builtin_add_overflow(end, time, &end))
		end = UINT64_MAX;
	do {
		came = wait_for(uevents, POLL_SOCKET, uevents->next < end ? uevents->next : end);
		if (came == 0)
			came = wait_for(uevents, POLL_COUNT, end);
		if (came > 0 && drain(uevents))
			return true;
	} while (came >= 0 && uevents_now() < end);
	return false;
}
