// SPDX-License-Identifier: GPL-2.0-only
#include "settle-loop.h"

/* A device comes with a burst of events: a look behind it sees all of them. */
#define QUIET_TIME 100

/* The longest time without a look. */
#define LOOK_TIME 1000

static uint64_t lesser(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static uint64_t time_left(const struct settle_operations *operations, void *data, uint64_t end)
{
	uint64_t now = operations->now(data);

	return now < end ? end - now : 0;
}

/* Returns when changes pause, or at @end where they never do. */
static void wait_for_pause(const struct settle_operations *operations, void *data, uint64_t end)
{
	uint64_t left = time_left(operations, data, end);

	while (left && operations->wait(data, lesser(left, QUIET_TIME)))
		left = time_left(operations, data, end);
}

int settle_loop(const struct settle_operations *operations, void *data, uint64_t limit)
{
	uint64_t end = operations->now(data);

	if (__builtin_add_overflow(end, limit, &end))
		end = UINT64_MAX;
	for (;;) {
		enum sr_truth settled = SR_UNKNOWN;
		uint64_t left, next;
		int error = operations->look(data, &settled);

		if (error)
			return error;
		left = time_left(operations, data, end);
		if (left == 0)
			return settled == SR_NO ? SETTLE_TIMED_OUT : SETTLE_DONE;
		if (settled == SR_NO)
			operations->show(data, left);
		next = end - left + lesser(left, LOOK_TIME);
		if (operations->wait(data, settled == SR_NO ? lesser(left, LOOK_TIME) : 0))
			wait_for_pause(operations, data, next);
		else if (settled != SR_NO)
			return SETTLE_DONE;
	}
}
