// SPDX-License-Identifier: LGPL-2.1-or-later
#include "apply/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "apply/actions.h"
#include "apply/secure.h"
#include "base/cleanup.h"

static const char *const folders[] = { SR_JOURNAL_FOLDER, SR_JOURNAL_FOLDER_VOLATILE };

#define FOLDER_COUNT (sizeof(folders) / sizeof(*folders))

void sr_journal_close(struct sr_journal *journal)
{
	struct sr_journal_step *step;

	sr_for_each (step, &journal->steps)
		sr_list_free(&step->blocks);
	sr_list_free(&journal->steps);
	journal->pool = sr_pool_free(journal->pool);
	if (journal->folder >= 0)
		close(journal->folder);
	journal->folder = -1;
}

static int start(struct sr_journal *journal)
{
	*journal = (struct sr_journal){ .folder = -1, .pool = sr_pool_new() };
	return journal->pool ? 0 : -ENOMEM;
}

static int open_folder(const struct sr_machine *machine, const char *folder, bool make)
{
	return sr_secure_folder(machine->root, folder, 077, make);
}

/* Where nothing can be kept; any other error is one that must not be passed over. */
static bool cannot_be_written(int error)
{
	return error == -EROFS || error == -ENOENT || error == -EACCES;
}

/* A folder may be there on a file system that is read-only by now. */
static int open_writable(const struct sr_machine *machine, const char *folder)
{
	sr_auto_close int fd = open_folder(machine, folder, true);
	int taken;

	if (fd < 0)
		return fd;
	if (faccessat(fd, ".", W_OK, 0) < 0)
		return -errno;
	taken = fd;
	fd = -1;
	return taken;
}

static int choose_folder(const struct sr_machine *machine, struct sr_journal *journal,
			 struct sr_reason *reason)
{
	int fd = -ENOENT;

	for (size_t i = 0; i < FOLDER_COUNT && fd < 0; i++) {
		journal->folder_path = folders[i];
		fd = open_writable(machine, folders[i]);
		if (fd < 0 && !cannot_be_written(fd))
			break;
	}
	if (fd < 0)
		return sr_fail(
			reason, fd, "%s: %s", journal->folder_path,
			fd == -EPERM
				? "not ours alone, 0700, or others can put another in its place"
				: strerror(-fd));
	journal->folder = fd;
	return 0;
}

static int read_boot(const struct sr_machine *machine, char *buffer, size_t size)
{
	int error = sr_machine_read(machine, "/proc/sys/kernel/random", "boot_id", buffer, size);

	return !error && !sr_journal_holds(buffer) ? -EBADMSG : error;
}

static const char *copy(struct sr_journal *journal, const char *text)
{
	return text ? sr_pool_text(journal->pool, text) : NULL;
}

static int add_step(struct sr_journal *journal, const struct sr_step *step,
		    struct sr_reason *reason)
{
	struct sr_journal_step *item = sr_list_add(&journal->steps);
	int error = sr_step_check(step, reason);

	if (error || !item)
		return error ? error : -ENOMEM;
	if (step->undo && !sr_journal_holds(step->undo))
		return sr_fail(reason, -EINVAL, "a step has an undo of more than one line");
	item->step = (struct sr_step){
		.action = step->action,
		.target = copy(journal, step->target),
		.value = copy(journal, step->value),
		.undo = copy(journal, step->undo),
		.range = step->range,
		.has_range = step->has_range,
		.offline_bytes = step->offline_bytes,
	};
	if (!item->step.target || !item->step.value != !step->value ||
	    !item->step.undo != !step->undo)
		return -ENOMEM;
	return 0;
}

static int fill_head(const struct sr_machine *machine, const struct sr_journal_head *head,
		     struct sr_journal *journal, struct sr_reason *reason)
{
	char boot[64];
	int error = read_boot(machine, boot, sizeof(boot));

	if (error)
		return sr_fail(reason, error, "the id of this boot: %s", strerror(-error));
	if (!sr_journal_holds(head->tool) || !sr_journal_holds(head->policy) ||
	    !sr_journal_holds(head->fingerprint))
		return sr_fail(reason, -EINVAL, "no policy, fingerprint or version");
	journal->boot = copy(journal, boot);
	journal->tool = copy(journal, head->tool);
	journal->policy = copy(journal, head->policy);
	journal->fingerprint = copy(journal, head->fingerprint);
	return journal->boot && journal->tool && journal->policy && journal->fingerprint ? 0
											 : -ENOMEM;
}

static int find(const struct sr_machine *machine, char **ret_text, struct sr_journal *journal)
{
	int error = -ENOENT;

	for (size_t i = 0; i < FOLDER_COUNT && error == -ENOENT; i++) {
		sr_auto_close int fd = open_folder(machine, folders[i], false);

		journal->folder_path = folders[i];
		error = fd < 0 ? fd
			       : sr_secure_read(fd, SR_JOURNAL_NAME, 077, SR_JOURNAL_SIZE_LIMIT,
						ret_text);
		if (!error) {
			journal->folder = fd;
			fd = -1;
		}
	}
	return error;
}

static int check_none_is_pending(const struct sr_machine *machine, struct sr_reason *reason)
{
	sr_auto_journal struct sr_journal pending = { .folder = -1 };
	sr_auto_free char *text = NULL;
	int error = find(machine, &text, &pending);

	if (error == -ENOENT)
		return 0;
	if (error)
		return sr_fail(reason, error, "%s: %s", pending.folder_path, strerror(-error));
	return sr_fail(reason, -EEXIST,
		       "%s/" SR_JOURNAL_NAME
		       " is pending: it has to be resumed or rolled back first",
		       pending.folder_path);
}

int sr_journal_create(const struct sr_machine *machine, const struct sr_journal_head *head,
		      const struct sr_step *steps, size_t count, struct sr_journal *ret_journal,
		      struct sr_reason *reason)
{
	sr_auto_journal struct sr_journal journal = { .folder = -1 };
	int error = check_none_is_pending(machine, reason);

	if (!error && count > SR_JOURNAL_STEP_LIMIT)
		return sr_fail(reason, -EINVAL, "more than %d steps", SR_JOURNAL_STEP_LIMIT);
	if (!error)
		error = start(&journal);
	if (!error)
		error = fill_head(machine, head, &journal, reason);
	for (size_t i = 0; !error && i < count; i++)
		error = add_step(&journal, &steps[i], reason);
	if (!error)
		error = choose_folder(machine, &journal, reason);
	if (!error)
		error = sr_journal_save(&journal, reason);
	if (error)
		return error;
	*ret_journal = journal;
	journal = (struct sr_journal){ .folder = -1 };
	return 0;
}

int sr_journal_open(const struct sr_machine *machine, struct sr_journal *ret_journal,
		    struct sr_reason *reason)
{
	sr_auto_journal struct sr_journal journal = { .folder = -1 };
	sr_auto_free char *text = NULL;
	int error = start(&journal);

	if (!error)
		error = find(machine, &text, &journal);
	if (error == -ENOENT)
		return sr_fail(reason, error, "no journal is pending");
	if (error)
		return sr_fail(reason, error, "%s/" SR_JOURNAL_NAME ": %s",
			       journal.folder_path ? journal.folder_path : SR_JOURNAL_FOLDER,
			       error == -EPERM ? "not ours alone, it or its folders"
					       : strerror(-error));
	error = sr_journal_parse(text, &journal, reason);
	if (error)
		return error;
	*ret_journal = journal;
	journal = (struct sr_journal){ .folder = -1 };
	return 0;
}

int sr_journal_is_of_this_boot(const struct sr_machine *machine, const struct sr_journal *journal)
{
	char boot[64];
	int error = read_boot(machine, boot, sizeof(boot));

	return error ? error : strcmp(boot, journal->boot) == 0;
}

/* One that could not be read again must not be written. */
static bool has_too_many_blocks(const struct sr_journal *journal)
{
	const struct sr_journal_step *step;
	size_t count = 0;

	sr_for_each (step, &journal->steps)
		count += step->blocks.count;
	return count > SR_JOURNAL_BLOCK_LIMIT;
}

int sr_journal_save(const struct sr_journal *journal, struct sr_reason *reason)
{
	sr_auto_free char *text = NULL;
	size_t length;
	int error = sr_journal_text(journal, &text, &length);

	if (!error && (length > SR_JOURNAL_SIZE_LIMIT || has_too_many_blocks(journal)))
		error = -EFBIG;
	if (!error)
		error = sr_secure_replace(journal->folder, SR_JOURNAL_NAME, 0600, text, length);
	if (error)
		return sr_fail(reason, error, "%s/" SR_JOURNAL_NAME " cannot be written: %s",
			       journal->folder_path, strerror(-error));
	return 0;
}

int sr_journal_finish(const struct sr_journal *journal, struct sr_reason *reason)
{
	int error = 0;

	if (renameat(journal->folder, SR_JOURNAL_NAME, journal->folder, SR_JOURNAL_LAST_NAME) < 0 ||
	    fsync(journal->folder) < 0)
		error = -errno;
	return error ? sr_fail(reason, error, "%s/" SR_JOURNAL_NAME ": %s", journal->folder_path,
			       strerror(-error))
		     : 0;
}

size_t sr_journal_resume_point(const struct sr_journal *journal)
{
	size_t i = 0;

	while (i < journal->steps.count && (journal->steps.items[i].state == SR_STEP_DONE ||
					    journal->steps.items[i].state == SR_STEP_ALREADY))
		i++;
	return i;
}

bool sr_journal_step_is_touched(const struct sr_journal_step *step)
{
	return step->state == SR_STEP_STARTED || step->state == SR_STEP_DONE ||
	       step->state == SR_STEP_FAILED;
}

bool sr_journal_is_touched(const struct sr_journal *journal)
{
	const struct sr_journal_step *step;

	sr_for_each (step, &journal->steps) {
		if (sr_journal_step_is_touched(step))
			return true;
	}
	return false;
}
