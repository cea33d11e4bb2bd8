/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The write-ahead journal: what apply is about to do, did, and needs to take it back. It is
 * on the disk before each step and after, so that a run which was killed can be ended or
 * reversed by another process that has nothing but this file.
 *
 * It is rewritten as a whole and renamed into its place (journals are some KiB; a step takes
 * milliseconds to minutes), so it is never half written: one that is, was damaged, and is
 * refused. Its lines are fields with tabs between them, the last one is a checksum of the rest.
 */
#pragma once

#include <stdbool.h>

#include "apply/machine.h"
#include "base/list.h"
#include "base/pool.h"
#include "plan/step.h"

#define SR_JOURNAL_FOLDER	   "/var/lib/cxl-sr"
#define SR_JOURNAL_FOLDER_VOLATILE "/run/cxl-sr" /* where the other one cannot be written */
#define SR_JOURNAL_NAME		   "journal"
#define SR_JOURNAL_LAST_NAME	   "journal.last" /* the one that ended last, for people */

/* Far above any plan; bounds for files that were made to hurt. */
#define SR_JOURNAL_STEP_LIMIT  4096
#define SR_JOURNAL_BLOCK_LIMIT 65536
#define SR_JOURNAL_SIZE_LIMIT  ((size_t)16 << 20)
#define SR_JOURNAL_TEXT_LIMIT  512

enum sr_step_state {
	SR_STEP_PLANNED,
	SR_STEP_STARTED, /* done or not: the machine has to be looked at */
	SR_STEP_DONE,
	SR_STEP_ALREADY, /* so before we came, and therefore not taken back */
	SR_STEP_FAILED,
	SR_STEP_UNDONE,
	SR_STEP_STATE_COUNT,
};

/* Memory blocks that were online in one kind of zone: memoryFIRST and the next ones. */
struct sr_block_run {
	uint64_t first, count;
	bool movable; /* in ZONE_MOVABLE, else in one of the kernel's zones */
};

typedef SR_LIST(struct sr_block_run) sr_block_runs;

struct sr_journal_step {
	struct sr_step step; /* its path, needs and changes are not kept */
	enum sr_step_state state;
	int error;	      /* of a failed one: an errno, above 0 */
	const char *before;   /* what undoing needs: a driver, a size; NULL: nothing */
	sr_block_runs blocks; /* that were online before the memory went offline */
};

/* Texts are the journal's. */
struct sr_journal {
	struct sr_pool *pool;
	const char *tool, *boot, *policy, *fingerprint;
	bool rolling_back;
	const char *auto_online; /* what auto_online_blocks has to be set to; NULL: as it is */
	SR_LIST(struct sr_journal_step) steps;
	int folder;		 /* the open folder that it is in */
	const char *folder_path; /* for messages */
};

/* Whose it is: the version of the tool, and what the plan said of itself. */
struct sr_journal_head {
	const char *tool, *policy, *fingerprint;
};

/*
 * A journal of @steps, on the disk, to be closed by the caller. -EEXIST where one is pending,
 * -EINVAL for a step that no journal can hold, errors of sr_secure_folder(), -errno.
 */
int sr_journal_create(const struct sr_machine *machine, const struct sr_journal_head *head,
		      const struct sr_step *steps, size_t count, struct sr_journal *ret_journal,
		      struct sr_reason *reason);

/*
 * The pending one. -ENOENT where there is none; -EBADMSG where it is damaged or was made by
 * somebody else; errors of sr_secure_read().
 */
int sr_journal_open(const struct sr_machine *machine, struct sr_journal *ret_journal,
		    struct sr_reason *reason);

/* After a reboot nothing that a journal says of devices and memory holds. 1, 0, or -errno. */
int sr_journal_is_of_this_boot(const struct sr_machine *machine, const struct sr_journal *journal);

/* To the disk, all of it. */
int sr_journal_save(const struct sr_journal *journal, struct sr_reason *reason);

/* It is pending no longer: renamed to SR_JOURNAL_LAST_NAME. */
int sr_journal_finish(const struct sr_journal *journal, struct sr_reason *reason);

/* As a scope guard too; the file stays. */
void sr_journal_close(struct sr_journal *journal);

#define sr_auto_journal __attribute__((cleanup(sr_journal_close)))

/* The first step that is neither done nor was so before; the count of steps where all are. */
size_t sr_journal_resume_point(const struct sr_journal *journal);

/* Whether rolling back has to look at the step: it may have changed something. */
bool sr_journal_step_is_touched(const struct sr_journal_step *step);

bool sr_journal_is_touched(const struct sr_journal *journal); /* any of its steps */

/*
 * To text and back; journal-text.c and journal-parse.c. The text is the caller's to free.
 * Parsing fills an empty journal, all but its folder: -EBADMSG, -ENOMEM, with the reason.
 */
int sr_journal_text(const struct sr_journal *journal, char **ret_text, size_t *ret_length);
int sr_journal_parse(char *text, struct sr_journal *journal, struct sr_reason *reason);

/* What both share. */
#define SR_JOURNAL_MAGIC "cxl-sr journal 1"

extern const char *const sr_step_state_names[SR_STEP_STATE_COUNT];

/* The last line of a journal whose lines before it are @text: FNV-1a, it tells damage, not malice.
 */
#define SR_JOURNAL_END_SIZE 32
void sr_journal_end(const char *text, size_t length, char line[static SR_JOURNAL_END_SIZE]);

/* Printable ASCII without tabs, not empty, not too long, and not "-", which stands for none. */
bool sr_journal_holds(const char *text);
