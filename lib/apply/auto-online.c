// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * auto_online_blocks (drivers/base/memory.c) says what becomes of memory that is added. While
 * memory leaves it is `offline`, lest a driver that binds anew puts it back at once.
 */
#include <errno.h>
#include <string.h>

#include "apply/run.h"

#define MEMORY_PATH "/sys/devices/system/memory"
#define FILE_PATH   MEMORY_PATH "/auto_online_blocks"

static int read_policy(struct sr_run *run, char *policy, size_t size)
{
	int error = sr_machine_read(run->machine, MEMORY_PATH, "auto_online_blocks", policy, size);

	if (!error && !sr_auto_online_is_valid(policy))
		error = -EBADMSG;
	if (error && error != -ENOENT)
		return sr_fail(run->reason, error, FILE_PATH ": %s", strerror(-error));
	return error;
}

static int keep(struct sr_run *run, const char *policy)
{
	run->journal->auto_online = sr_pool_text(run->journal->pool, policy);
	if (!run->journal->auto_online)
		return -ENOMEM;
	return sr_journal_save(run->journal, run->reason);
}

int sr_run_pin(struct sr_run *run)
{
	char policy[64];
	int error = read_policy(run, policy, sizeof(policy));

	if (error == -ENOENT)
		return 0;
	if (error || strcmp(policy, "offline") == 0)
		return error;
	/* One that a killed run has kept stays: what is there now may be what it left. */
	if (!run->journal->auto_online)
		error = keep(run, policy);
	if (!error)
		error = sr_run_write(run, FILE_PATH, "offline");
	if (!error)
		error = read_policy(run, policy, sizeof(policy));
	if (!error && strcmp(policy, "offline") != 0)
		return sr_fail(run->reason, -EIO, FILE_PATH " is still %s", policy);
	return error;
}

/* Writes what was there before, unless somebody else has set it since. */
static int restore(struct sr_run *run, const char *wanted)
{
	char policy[64];
	int error = read_policy(run, policy, sizeof(policy));

	if (error || strcmp(policy, wanted) == 0)
		return error;
	if (strcmp(policy, "offline") != 0) {
		sr_run_note(run, FILE_PATH " was set to %s meanwhile, and stays so", policy);
		return 0;
	}
	error = sr_run_write(run, FILE_PATH, wanted);
	if (!error)
		error = read_policy(run, policy, sizeof(policy));
	if (!error && strcmp(policy, wanted) != 0)
		return sr_fail(run->reason, -EIO, FILE_PATH " is still %s, and was %s", policy,
			       wanted);
	return error;
}

int sr_run_unpin(struct sr_run *run)
{
	int error;

	if (!run->journal->auto_online)
		return 0;
	error = restore(run, run->journal->auto_online);
	if (error)
		return error;
	run->journal->auto_online = NULL;
	return sr_journal_save(run->journal, run->reason);
}
