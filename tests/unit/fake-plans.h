/* SPDX-License-Identifier: GPL-2.0-only */
/* Machines of fake-kernel.h and the plans that change who owns their memory. */
#pragma once

#include <sys/wait.h>

#include "apply/apply.h"
#include "fake-operations.h"

#define STEP(what, name)                                     \
	{                                                    \
		.action = SR_ACTION_##what, .target = (name) \
	}
#define SIZED(what, name, size, at)                                                               \
	{                                                                                         \
		.action = SR_ACTION_##what, .target = (name), .value = (size), .has_range = true, \
		.range = {                                                                        \
			(at),                                                                     \
			(at) + 2 * FAKE_BLOCK - 1                                                 \
		}                                                                                 \
	}

struct plan {
	const char *name;
	void (*make)(struct fake *fake);
	const struct sr_step *steps;
	size_t count;
};

static inline void base_machine(struct fake *fake)
{
	*fake = (struct fake){ .cxl_acpi = true,
			       .cxl_mem = true,
			       .dax_cxl = true,
			       .kmem_module = true,
			       .platform_bound = true,
			       .dirty = true,
			       .auto_online = "online_movable" };
	for (int i = 0; i < FAKE_REGIONS; i++)
		fake->regions[i] = (struct fake_region){
			.there = true,
			.bound = true,
			.committed = true,
			.start = FAKE_BASE + (uint64_t)i * 4 * FAKE_BLOCK,
			.size = 4 * FAKE_BLOCK,
		};
}

/* v7.1: one Soft Reserved range over two regions; hmem won, kmem cannot reserve it. */
static inline void hmem_won(struct fake *fake)
{
	base_machine(fake);
	fake->hmems[2] =
		(struct fake_hmem){ .there = true, .start = FAKE_BASE, .size = 8 * FAKE_BLOCK };
	set_hmem(fake, 2, true);
}

/* v6.12: a dax device that a Soft Reserved node cuts at its half. */
static inline void cut_device(struct fake *fake)
{
	base_machine(fake);
	fake->regions[1] = (struct fake_region){ 0 };
	fake->kmem_limit = FAKE_BASE + 2 * FAKE_BLOCK;
	probe_dax_region(fake, 0);
}

/* All is CXL's and online, and its decoders are locked. */
static inline void cxl_has_all(struct fake *fake)
{
	base_machine(fake);
	for (int i = 0; i < FAKE_REGIONS; i++) {
		fake->regions[i].locked = true;
		probe_dax_region(fake, i);
	}
}

/* The same on v7.3, with `state`; one device in a zone of the kernel, as it may be by hand. */
static inline void cxl_has_state(struct fake *fake)
{
	cxl_has_all(fake);
	fake->has_state = true;
	for (int i = 4; i < 8; i++)
		fake->blocks[i].movable = false;
}

static const struct sr_step rescue_steps[] = {
	STEP(UNBIND_HMEM, "hmem.2"),
	STEP(PROBE_DAX_REGION, "dax_region0"),
	STEP(PROBE_DAX_REGION, "dax_region1"),
};

static const struct sr_step resize_steps[] = {
	SIZED(RESIZE_DEVICE, "dax0.0", "0x10000000", FAKE_BASE),
	STEP(BIND_DEVICE, "dax0.0"),
	SIZED(CREATE_DEVICE, "dax0.1", "268435456", FAKE_BASE + 2 * FAKE_BLOCK),
	STEP(BIND_DEVICE, "dax0.1"),
};

static const struct sr_step hmem_steps[] = {
	STEP(OFFLINE, "dax0.0"),
	STEP(OFFLINE, "dax1.0"),
	STEP(UNBIND_DEVICE, "dax0.0"),
	STEP(UNBIND_DEVICE, "dax1.0"),
	STEP(DISABLE_REGION, "region0"),
	STEP(DISABLE_REGION, "region1"),
	STEP(UNLOAD_MODULE, "dax_cxl"),
	STEP(UNLOAD_MODULE, "cxl_mem"),
	STEP(UNLOAD_MODULE, "cxl_acpi"),
	STEP(UNBIND_HMEM_PLATFORM, "hmem_platform.0"),
	STEP(BIND_HMEM_PLATFORM, "hmem_platform.0"),
};

/* The same by the module itself; its order is the worse one for who goes back. */
static const struct sr_step reload_steps[] = {
	STEP(OFFLINE, "dax0.0"),	 STEP(OFFLINE, "dax1.0"),
	STEP(UNBIND_DEVICE, "dax0.0"),	 STEP(UNBIND_DEVICE, "dax1.0"),
	STEP(DISABLE_REGION, "region0"), STEP(DISABLE_REGION, "region1"),
	STEP(UNLOAD_MODULE, "dax_cxl"),	 STEP(UNLOAD_MODULE, "cxl_mem"),
	STEP(UNLOAD_MODULE, "cxl_acpi"), STEP(UNLOAD_MODULE, "dax_hmem"),
	STEP(LOAD_MODULE, "dax_hmem"),
};

/* Down, and up again. */
static const struct sr_step cycle_steps[] = {
	STEP(OFFLINE, "dax0.0"),	 STEP(UNBIND_DEVICE, "dax0.0"),
	STEP(DISABLE_REGION, "region0"), STEP(UNLOAD_MODULE, "dax_cxl"),
	STEP(ENABLE_REGION, "region0"),	 STEP(LOAD_MODULE, "dax_cxl"),
};

/* The other region is not touched but by the module, so its memory has to be offline as well. */
static const struct sr_step state_steps[] = {
	STEP(OFFLINE, "dax0.0"),	 STEP(OFFLINE, "dax1.0"),
	STEP(UNBIND_DEVICE, "dax0.0"),	 STEP(UNBIND_DEVICE, "dax1.0"),
	STEP(DISABLE_REGION, "region1"),
};

static inline void cxl_has_one(struct fake *fake)
{
	base_machine(fake);
	fake->regions[1] = (struct fake_region){ 0 };
	probe_dax_region(fake, 0);
}

#define PLAN(title, machine, list)                                   \
	{                                                            \
		title, machine, list, sizeof(list) / sizeof(*(list)) \
	}

static const struct plan plans[] = {
	PLAN("rescue of what hmem won", hmem_won, rescue_steps),
	PLAN("rescue of a cut device", cut_device, resize_steps),
	PLAN("from CXL to hmem", cxl_has_all, hmem_steps),
	PLAN("from CXL to hmem by its module", cxl_has_all, reload_steps),
	PLAN("down and up again", cxl_has_one, cycle_steps),
	PLAN("down by state", cxl_has_state, state_steps),
};

#define PLAN_COUNT (sizeof(plans) / sizeof(*plans))

static struct fake *fake;
static struct sr_machine machine;
static volatile sig_atomic_t stopped;

/* What a test wants to be done at an event, and what it has seen. */
static void (*at_event)(const struct sr_apply_event *event);

static inline void see_event(void *data, const struct sr_apply_event *event)
{
	(void)data;
	if (++fake->events == fake->die_event)
		_exit(9);
	if (at_event)
		at_event(event);
}

enum how {
	RUN,
	RESUME,
	ROLLBACK
};

static struct sr_apply_result last_result;
static struct sr_reason last_reason;

static inline int execute(const struct plan *plan, enum how how)
{
	sr_auto_lock struct sr_lock lock = { .fd = -1 };
	const struct sr_apply apply = { .machine = &machine,
					.lock = &lock,
					.tool = "0.1",
					.policy = "cxl",
					.fingerprint = "f",
					.stop = &stopped,
					.event = see_event,
					.wait_milliseconds = 500 };

	sr_apply_result_free(&last_result);
	last_result = (struct sr_apply_result){ 0 };
	last_reason.text[0] = '\0';
	if (sr_lock_take(&machine, &lock, &last_reason))
		return -ENOLCK;
	if (how == RUN)
		return sr_apply_run(&apply, plan->steps, plan->count, &last_result, &last_reason);
	if (how == RESUME)
		return sr_apply_resume(&apply, &last_result, &last_reason);
	return sr_apply_rollback(&apply, &last_result, &last_reason);
}

/* In a process that may be killed by the machine's faults: whether it was. */
static inline bool execute_and_die(const struct plan *plan, enum how how)
{
	int status = 0;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		execute(plan, how);
		_exit(0);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 9;
}

static inline void forget_faults(void)
{
	fake->writes = fake->fail_write = fake->die_before = fake->die_after = 0;
	fake->reads = fake->fail_read = fake->events = fake->die_event = 0;
	fake->takes_effect = false;
}

/* The machine of a plan as it was, and no journal. */
static inline void begin(const struct plan *plan)
{
	unlink(root_path(SR_LOCK_PATH));
	unlink(root_path("/var/lib/cxl-sr/journal"));
	plan->make(fake);
	stopped = 0;
	at_event = NULL;
}

static inline bool is_pending(void)
{
	return root_exists("/var/lib/cxl-sr/journal");
}

static inline bool shows(const char *text)
{
	sr_auto_free char *now = fake_text(fake);

	return strcmp(now, text) == 0;
}

static inline bool plans_start(void)
{
	fake = fake_new();
	machine = (struct sr_machine){ .ops = &fake_ops, .data = fake, .root = root };
	return fake && root_make();
}

static inline void plans_end(void)
{
	sr_apply_result_free(&last_result);
	root_clear();
	munmap(fake, sizeof(*fake));
}
