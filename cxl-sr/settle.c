// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's own way to wait, wait_for_device_probe(), is not for user space. So this
 * looks at the signs (judgement/settled.h) whenever the kernel tells of a change.
 */
#include "settle.h"

#include <errno.h>

#include "base/number.h"
#include "judgement/settled.h"
#include "progress.h"
#include "sources/sources.h"
#include "uevents.h"

#define DEFAULT_SECONDS 30

struct session {
	struct uevents *uevents;
	struct sr_snapshot *snapshot;
	struct sr_settle_signs *signs;
	struct sr_reason *reason;
	struct progress progress;
};

static void session_done(struct session *session)
{
	progress_end(&session->progress);
	sr_settle_signs_free(session->signs);
	sr_snapshot_free(session->snapshot);
}

static uint64_t now(void *data)
{
	(void)data;
	return uevents_now();
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

	if (uevents_ended(session->uevents))
		return sr_fail(session->reason, -EINTR, "stopped");
	session->signs = sr_settle_signs_free(session->signs);
	session->snapshot = sr_snapshot_free(session->snapshot);
	error = read_and_judge(NULL, &session->snapshot, &session->signs, session->reason);
	if (!error)
		*ret_settled = session->signs->settled;
	return error;
}

static bool wait_for_event(void *data, uint64_t time)
{
	struct session *session = data;

	return uevents_wait(session->uevents, time);
}

static void show(void *data, uint64_t left)
{
	struct session *session = data;

	progress_show(&session->progress, session->signs, left);
}

static int read_live(unsigned int seconds, struct uevents *uevents,
		     struct sr_snapshot **ret_snapshot, struct sr_reason *reason)
{
	static const struct settle_operations operations = { look, now, wait_for_event, show };
	__attribute__((cleanup(session_done))) struct session session = {
		.uevents = uevents,
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

/* The socket comes first: what changes during a look must not be missed. */
static int open_and_read(unsigned int seconds, struct sr_snapshot **ret_snapshot,
			 struct sr_reason *reason)
{
	__attribute__((cleanup(uevents_close))) struct uevents uevents = uevents_open();

	return read_live(seconds, &uevents, ret_snapshot, reason);
}

int settle_read(const struct settle_choice *choice, const char *sysroot,
		struct sr_snapshot **ret_snapshot, struct sr_reason *reason)
{
	sr_auto_settle_signs struct sr_settle_signs *signs = NULL;
	int error;

	if (!choice->wanted)
		return sr_snapshot_read(sysroot, ret_snapshot, reason);
	if (!sysroot && choice->uevents)
		return read_live(choice->seconds, choice->uevents, ret_snapshot, reason);
	if (!sysroot)
		return open_and_read(choice->seconds, ret_snapshot, reason);
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
	ret_choice->wanted = true;
	ret_choice->seconds = (unsigned int)seconds;
	return true;
}
