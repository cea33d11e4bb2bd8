/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Within apply alone: a run, and what each action is. */
#pragma once

#include "apply/actions.h"
#include "apply/apply.h"
#include "apply/facts.h"
#include "apply/journal.h"

struct sr_run {
	const struct sr_apply *apply;
	const struct sr_machine *machine;
	struct sr_journal *journal;
	struct sr_journal_step *step; /* the current one */
	struct sr_reason *reason;
	struct sr_apply_result *result;
	bool undoing;
	bool wrote;	 /* this step, anything */
	bool taken_back; /* this step, all that it wrote */
};

/*
 * What an action is. All fail with the reason; none writes but `act` and `undo`.
 */
struct sr_behaviour {
	/* Whether all that the step promises is so: 1, 0, -errno where that cannot be or be told.
	 */
	int (*reached)(struct sr_run *run, const struct sr_step *step);
	/* Whether it may be done now: 0, or why it is refused. */
	int (*check)(struct sr_run *run, const struct sr_step *step);
	/* Keeps in the journal's step what undoing needs; NULL: nothing. */
	int (*record)(struct sr_run *run, struct sr_journal_step *step);
	int (*act)(struct sr_run *run, const struct sr_step *step);
	/* Back to what it was before; nothing where it is so. */
	int (*undo)(struct sr_run *run, struct sr_journal_step *step);
	/* What only the end of rolling back can do; NULL: nothing. */
	int (*undo_late)(struct sr_run *run, struct sr_journal_step *step);
};

const struct sr_behaviour *sr_behaviour(enum sr_action action);

/* One row for each action; steps-*.c. */
extern const struct sr_behaviour sr_offline, sr_unbind_device, sr_resize_device, sr_create_device,
	sr_bind_device, sr_unbind_hmem, sr_probe_dax_region, sr_disable_region, sr_enable_region,
	sr_unload_module, sr_load_module, sr_unbind_hmem_platform, sr_bind_hmem_platform;

/* Writes, and says so: 0 or -errno. */
int sr_run_write(struct sr_run *run, const char *path, const char *value);
int sr_run_module(struct sr_run *run, const char *name, bool load);

/* "NAME" to /sys/bus/BUS/drivers/DRIVER/bind or unbind. */
int sr_run_bind(struct sr_run *run, const char *bus, const char *driver, const char *name);
int sr_run_unbind(struct sr_run *run, const char *bus, const char *driver, const char *name);

void sr_run_note(struct sr_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sr_run_event(struct sr_run *run, struct sr_apply_event event);
bool sr_run_is_stopped(const struct sr_run *run);

/* Waits until @reached is: 0, -ETIME, or its error. */
int sr_run_wait(struct sr_run *run, const struct sr_step *step,
		int (*reached)(struct sr_run *run, const struct sr_step *step));

/* Waits until the device is there: 0, -ENODEV, -errno. */
int sr_run_wait_device(struct sr_run *run, const char *bus, const char *name);

/*
 * auto_online_blocks is `offline` from here until sr_run_unpin() (auto-online.c); what it was
 * is in the journal before. Nothing where it is so, or where memory cannot be added.
 */
int sr_run_pin(struct sr_run *run);
int sr_run_unpin(struct sr_run *run);

/* Takes all online blocks of a dax device offline; on failure they are put back. */
int sr_run_offline(struct sr_run *run, const char *name, const sr_block_runs *runs);

/* Puts @runs back online where they are not. */
int sr_run_online(struct sr_run *run, const char *name, const sr_block_runs *runs);

/* Refuses, with the reason, where memory of the dax devices below @pattern is online or used. */
int sr_run_check_unused(struct sr_run *run, const char *name);
int sr_run_check_unused_below(struct sr_run *run, const char *pattern);

/* Whether the dax devices below are free of online memory; where not, takes it offline. */
int sr_run_clear_below(struct sr_run *run, const char *pattern);

/*
 * Names of devices are given again: one that comes while a journal waits to be resumed may be
 * another's. Whether all of a dax device lies where the step says, if it says so: 1, 0, -errno;
 * and refusals, of one and of all below the step's target.
 */
int sr_run_lies_in_place(struct sr_run *run, const struct sr_step *step, const char *device);
int sr_run_check_place(struct sr_run *run, const struct sr_step *step, const char *device);
int sr_run_check_place_below(struct sr_run *run, const struct sr_step *step);

/* Refuses memory of accelerators and regions that are not committed (steps-region.c). */
int sr_run_check_region(struct sr_run *run, const char *region);

/* Refuses a dax device of hmem over memory that an accelerator's decoder decodes (windows.c). */
int sr_run_check_no_accelerators(struct sr_run *run, const char *device);

/* The windows of CXL and whether ACPI0017's driver is there (windows.c). 1, 0, -errno. */
int sr_cxl_has_roots(const struct sr_machine *machine);
int sr_cxl_windows(const struct sr_machine *machine, sr_range_list *ret_windows);

/* Refuses where binding hmem_platform would not bring back what it has (hmem-windows.c). */
int sr_run_check_hmem_comes_back(struct sr_run *run);

/*
 * Keeps, of a step that takes dax_hmem from its ranges, whether it was known that the next walk
 * brings them back ("whole"), or not, as the windows were gone ("blind").
 */
int sr_run_record_hmem(struct sr_run *run, struct sr_journal_step *step);

/*
 * Refuses where dax_hmem must not walk over the Soft Reserved ranges, be it bound or loaded.
 * With windows, v7.1 and later pass over all that touches one; without, hmem takes all there
 * is, also memory whose decoders were reset, which takes the kernel down when it is touched.
 */
int sr_run_check_hmem_may_walk(struct sr_run *run, const char *name);

/* Refuses where a decoder is committed and not locked, or cannot be read (windows.c). */
int sr_run_check_locked(struct sr_run *run);

/* The driver of a step's device as its reached(): 1 where it is @driver, 0 where it has none. */
int sr_run_has_driver(struct sr_run *run, const char *bus, const char *name, const char *driver);
