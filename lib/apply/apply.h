/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Executes the steps of a plan on the running machine: each is looked at, written down, done,
 * and looked at again. It stops at the first surprise and never tries anything twice. The
 * paths and values that are written are made here, from a step's action and target alone.
 *
 * The caller holds the lock from before it made, or compared, the plan (apply/lock.h).
 */
#pragma once

#include <signal.h>
#include <stdbool.h>

#include "apply/lock.h"
#include "apply/machine.h"
#include "base/list.h"
#include "plan/step.h"

enum sr_step_result {
	SR_RESULT_DONE,
	SR_RESULT_ALREADY,	/* nothing was written */
	SR_RESULT_REFUSED,	/* nothing was written by this step */
	SR_RESULT_FAILED,	/* the kernel said so, or had done something else */
	SR_RESULT_NOT_VERIFIED, /* no error, but what it promises was not seen in time */
	SR_RESULT_INTERRUPTED,
	SR_RESULT_COUNT,
};

enum sr_apply_event_kind {
	SR_EVENT_STEP,	   /* a step is looked at, and may be done */
	SR_EVENT_COMMAND,  /* something was written: `text` as a shell command, and its error */
	SR_EVENT_PROGRESS, /* memory goes offline, or comes back */
	SR_EVENT_NOTE,	   /* something that a reader has to know: `text` */
	SR_EVENT_RESULT,   /* a step ended: `result`, error, and the reason in `text` */
};

/* Good during the call alone. */
struct sr_apply_event {
	enum sr_apply_event_kind kind;
	size_t index;		    /* of the step; SIZE_MAX: of none */
	const struct sr_step *step; /* NULL: of none; of rolling back, the step that is undone */
	bool undoing;
	const char *text;
	int error; /* 0 or a negative errno */
	enum sr_step_result result;
	/* Of SR_EVENT_PROGRESS. */
	uint64_t blocks_done, blocks, block_size, milliseconds;
};

struct sr_apply {
	const struct sr_machine *machine;
	const struct sr_lock *lock;		 /* held */
	const char *tool, *policy, *fingerprint; /* for the journal; of sr_apply_run() alone */
	/* Set by a signal handler: stop before the next step or memory block. May be NULL. */
	const volatile sig_atomic_t *stop;
	/* Called for all that happens; may be NULL. It must not call us. */
	void (*event)(void *data, const struct sr_apply_event *event);
	void *data;
	unsigned int wait_milliseconds; /* for what the kernel does later; 0: 10 s */
};

struct sr_apply_result {
	size_t done, already;	    /* steps, or steps undone */
	size_t stopped_at;	    /* the step that it ended with; SIZE_MAX: it reached the end */
	enum sr_step_result result; /* of that step */
	bool changed;		    /* something was written to the machine */
	bool partly;		    /* failed, and by it or before not all is as it was */
	bool pending;		    /* the journal is there, for resuming or rolling back */
	SR_LIST(char *) warnings;   /* of the kernel, since the start */
};

/*
 * Does @steps. 0: all is as they say. Otherwise the reason, and in @ret_result how far it got:
 *  -EINTR     stopped between steps (or in one that took back what it began)
 *  -EEXIST    another journal is pending; -ENOLCK: the lock is not held; -EINVAL: a step that
 *             cannot be; nothing was done
 *  -EPERM     a step was refused (-EBUSY, -ENODEV and others where the machine says why)
 *  -ETIME     what a step promises was not seen in time
 *  -errno     of the write, of reading back, or of the journal
 * The journal is gone where the end was reached or nothing was changed.
 * @ret_result is always set and has to be freed.
 */
int sr_apply_run(const struct sr_apply *apply, const struct sr_step *steps, size_t count,
		 struct sr_apply_result *ret_result, struct sr_reason *reason);

/*
 * Ends what the pending journal began, in this process or one that is gone: its first step
 * that is not done is looked at and, where it has to be, done. As sr_apply_run(); also -ENOENT
 * for no journal, -ESTALE for one of another boot, -EALREADY for one that is being rolled
 * back, errors of sr_journal_open().
 */
int sr_apply_resume(const struct sr_apply *apply, struct sr_apply_result *ret_result,
		    struct sr_reason *reason);

/*
 * Takes back, in reverse, the steps that the journal has as done, started or failed; not those
 * that were so before. May be called again where it was stopped. As sr_apply_resume().
 */
int sr_apply_rollback(const struct sr_apply *apply, struct sr_apply_result *ret_result,
		      struct sr_reason *reason);

/*
 * Gives a journal up, with the machine as it is. One of another boot, for which nothing can be
 * done, always; one of this boot (rolling back can be blocked by memory that is in use) only
 * where @of_this_boot, after auto_online_blocks was restored; else -EBUSY.
 */
int sr_apply_discard(const struct sr_apply *apply, bool of_this_boot, struct sr_reason *reason);

void sr_apply_result_free(struct sr_apply_result *result);

/* What a report says of a journal that is pending. */
struct sr_pending {
	char policy[64];
	size_t steps, done;
	bool rolling_back;
	bool is_of_this_boot;
};

/* Needs no lock: 0, -ENOENT where there is none, errors of sr_journal_open(). */
int sr_apply_pending(const struct sr_machine *machine, struct sr_pending *ret_pending,
		     struct sr_reason *reason);
