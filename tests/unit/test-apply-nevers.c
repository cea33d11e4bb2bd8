// SPDX-License-Identifier: GPL-2.0-only
/*
 * What apply never does, whatever its steps say, and what it does where the machine is not as
 * they expect: each case tries to make it happen.
 */
#include <signal.h>
#include <sys/resource.h>

#include "fake-plans.h"
#include "tap.h"

static unsigned int commands;

/* What is written but for auto_online_blocks, which only ever goes to `offline` and back. */
static void count_commands(const struct sr_apply_event *event)
{
	if (event->kind == SR_EVENT_COMMAND && !strstr(event->text, "auto_online_blocks"))
		commands++;
}

/* One plan of @count steps is refused at the last of them, which writes nothing. */
static void refused(void (*make)(struct fake *fake), const struct sr_step *steps, size_t count,
		    int error, const char *what)
{
	const struct plan plan = { what, make, steps, count };
	int result;

	begin(&plan);
	at_event = count_commands;
	commands = 0;
	result = execute(&plan, RUN);
	is_number((uint64_t)-result, (uint64_t)error, what);
	printf("# %s\n", last_reason.text);
	ok(last_result.stopped_at == count - 1 && last_result.result == SR_RESULT_REFUSED &&
		   last_reason.text[0],
	   "refused with a reason");
	ok(!fake->leaked && !fake->lost, "nothing is lost");
	is_text(fake->auto_online, "online_movable", "auto_online_blocks is as it was");
	if (count == 1)
		ok(commands == 0 && !is_pending(), "nothing was written, nothing is pending");
}

#define REFUSED(make, error, what, ...)                                         \
	do {                                                                    \
		static const struct sr_step list[] = { __VA_ARGS__ };           \
		refused(make, list, sizeof(list) / sizeof(*list), error, what); \
	} while (0)

/* Nobody but hmem, whose memory is online. */
static void hmem_alone(struct fake *machine_of)
{
	base_machine(machine_of);
	machine_of->cxl_acpi = machine_of->cxl_mem = machine_of->dax_cxl = false;
	machine_of->regions[0].there = machine_of->regions[1].there = false;
	machine_of->regions[0].bound = machine_of->regions[1].bound = false;
	machine_of->hmems[4] =
		(struct fake_hmem){ .there = true, .start = FAKE_BASE, .size = 8 * FAKE_BLOCK };
	set_hmem(machine_of, 4, true);
}

static void hmem_offline(struct fake *machine_of)
{
	hmem_alone(machine_of);
	for (int i = 0; i < FAKE_BLOCKS; i++)
		machine_of->blocks[i].online = false;
}

static void unlocked(struct fake *machine_of)
{
	cxl_has_all(machine_of);
	for (int i = 0; i < FAKE_BLOCKS; i++)
		machine_of->blocks[i].online = false;
	machine_of->regions[1].locked = false;
}

static void locked_offline(struct fake *machine_of)
{
	unlocked(machine_of);
	machine_of->regions[1].locked = true;
}

static void old_kernel(struct fake *machine_of)
{
	locked_offline(machine_of);
	machine_of->is_old = true;
}

static void mute_decoders(struct fake *machine_of)
{
	locked_offline(machine_of);
	machine_of->is_mute = true;
}

static void used_module(struct fake *machine_of)
{
	locked_offline(machine_of);
	machine_of->acpi_used = true;
}

static void pmem_there(struct fake *machine_of)
{
	locked_offline(machine_of);
	machine_of->pmem = true;
}

static void test_online(void)
{
	REFUSED(cxl_has_all, EBUSY, "unbind a device whose memory is online",
		STEP(UNBIND_DEVICE, "dax0.0"));
	REFUSED(cxl_has_all, EBUSY, "disable its region", STEP(DISABLE_REGION, "region0"));
	REFUSED(cxl_has_all, EBUSY, "remove dax_cxl over it", STEP(UNLOAD_MODULE, "dax_cxl"));
	REFUSED(cxl_has_all, EBUSY, "remove cxl_mem over it", STEP(UNLOAD_MODULE, "cxl_mem"));
	REFUSED(cxl_has_all, EBUSY, "remove cxl_acpi over it", STEP(UNLOAD_MODULE, "cxl_acpi"));
	REFUSED(cxl_has_all, EBUSY, "remove kmem over it", STEP(UNLOAD_MODULE, "kmem"));
	REFUSED(hmem_alone, EBUSY, "unbind hmem.4 over it", STEP(UNBIND_HMEM, "hmem.4"));
	REFUSED(hmem_alone, EBUSY, "unbind hmem_platform over it",
		STEP(UNBIND_HMEM_PLATFORM, "hmem_platform.0"));
	REFUSED(cxl_has_all, EBUSY, "the other device's is still online", STEP(OFFLINE, "dax0.0"),
		STEP(UNBIND_DEVICE, "dax0.0"), STEP(DISABLE_REGION, "region0"),
		STEP(UNLOAD_MODULE, "dax_cxl"));
}

static void test_decoders(void)
{
	REFUSED(unlocked, EPERM, "remove cxl_acpi over one decoder that is not locked",
		STEP(UNLOAD_MODULE, "cxl_acpi"));
	REFUSED(unlocked, EPERM, "remove cxl_mem over it", STEP(UNLOAD_MODULE, "cxl_mem"));
	REFUSED(old_kernel, EPERM, "remove cxl_acpi where a lock is none to the kernel",
		STEP(UNLOAD_MODULE, "cxl_acpi"));
	REFUSED(mute_decoders, ENOENT, "remove it where no decoder says whether it is locked",
		STEP(UNLOAD_MODULE, "cxl_acpi"));
	REFUSED(used_module, EBUSY, "remove a module that is used",
		STEP(UNLOAD_MODULE, "cxl_acpi"));
	REFUSED(pmem_there, EBUSY, "remove cxl_acpi over persistent memory",
		STEP(UNLOAD_MODULE, "cxl_acpi"));
	REFUSED(hmem_offline, EPERM, "bind hmem_platform where nobody saw the decoders",
		STEP(UNBIND_HMEM_PLATFORM, "hmem_platform.0"),
		STEP(BIND_HMEM_PLATFORM, "hmem_platform.0"));
}

static void no_hmem(struct fake *machine_of)
{
	hmem_offline(machine_of);
	set_platform(machine_of, false);
	machine_of->no_dax_hmem = true;
}

/* hmem has a range in a window; a second walk passes over it. */
static void hmem_in_window(struct fake *machine_of)
{
	hmem_won(machine_of);
}

static void test_platform(void)
{
	REFUSED(no_hmem, EPERM, "load dax_hmem where nobody saw the decoders",
		STEP(LOAD_MODULE, "dax_hmem"));
	REFUSED(no_hmem, EPERM, "or dax_cxl, which needs it", STEP(LOAD_MODULE, "dax_cxl"));
	REFUSED(hmem_offline, EPERM, "load it when the windows are there again",
		STEP(UNLOAD_MODULE, "dax_hmem"), STEP(LOAD_MODULE, "cxl_acpi"),
		STEP(LOAD_MODULE, "dax_hmem"));
	REFUSED(hmem_in_window, EPERM, "unbind hmem_platform where a range would vanish",
		STEP(UNBIND_HMEM_PLATFORM, "hmem_platform.0"));
	REFUSED(hmem_in_window, EPERM, "remove dax_hmem there", STEP(UNLOAD_MODULE, "dax_hmem"));
	REFUSED(hmem_offline, EPERM, "bind it when the windows are there again",
		STEP(UNBIND_HMEM_PLATFORM, "hmem_platform.0"), STEP(LOAD_MODULE, "cxl_acpi"),
		STEP(BIND_HMEM_PLATFORM, "hmem_platform.0"));
}

static void accelerator(struct fake *machine_of)
{
	cut_device(machine_of);
	machine_of->kmem_limit = 0;
	machine_of->regions[0].accelerator = true;
}

static void accelerator_unprobed(struct fake *machine_of)
{
	hmem_won(machine_of);
	set_hmem(machine_of, 2, false);
	machine_of->regions[0].accelerator = true;
}

static void accelerator_locked(struct fake *machine_of)
{
	locked_offline(machine_of);
	machine_of->regions[0].accelerator = true;
}

static void accelerator_of_hmem(struct fake *machine_of)
{
	hmem_won(machine_of);
	machine_of->regions[1].accelerator = true;
}

static void accelerator_waits(struct fake *machine_of)
{
	accelerator_unprobed(machine_of);
	machine_of->dax_cxl = false;
}

static void accelerator_disabled(struct fake *machine_of)
{
	accelerator_unprobed(machine_of);
	set_region(machine_of, 0, false);
}

static void not_committed(struct fake *machine_of)
{
	accelerator_disabled(machine_of);
	machine_of->regions[0].accelerator = machine_of->regions[0].committed = false;
}

static void test_accelerators(void)
{
	REFUSED(accelerator, EPERM, "an accelerator's device to kmem", STEP(BIND_DEVICE, "dax0.0"));
	REFUSED(accelerator_unprobed, EPERM, "its dax region to be probed",
		STEP(PROBE_DAX_REGION, "dax_region0"));
	REFUSED(accelerator_locked, EPERM, "CXL to go, and hmem to get its memory",
		STEP(UNLOAD_MODULE, "cxl_mem"));
	REFUSED(accelerator_of_hmem, EPERM, "what hmem has of its memory to kmem",
		STEP(BIND_DEVICE, "dax2.0"));
	REFUSED(accelerator_waits, EPERM, "the module that probes it",
		STEP(LOAD_MODULE, "dax_cxl"));
	REFUSED(accelerator_disabled, EPERM, "its region to be enabled",
		STEP(ENABLE_REGION, "region0"));
	REFUSED(not_committed, ENXIO, "a region that is not committed",
		STEP(ENABLE_REGION, "region0"));
}

/* As if the plan was of a device that had the name before: its memory lies elsewhere. */
#define ELSEWHERE(what, name)                                                               \
	{                                                                                   \
		.action = SR_ACTION_##what, .target = (name), .has_range = true, .range = { \
			0x100000000,                                                        \
			0x1ffffffff                                                         \
		}                                                                           \
	}

static void test_names(void)
{
	REFUSED(cxl_has_all, ESTALE, "offline another that has the name",
		ELSEWHERE(OFFLINE, "dax0.0"));
	REFUSED(locked_offline, ESTALE, "unbind it", ELSEWHERE(UNBIND_DEVICE, "dax0.0"));
	REFUSED(locked_offline, ESTALE, "disable its region", ELSEWHERE(DISABLE_REGION, "region0"));
	REFUSED(hmem_won, ESTALE, "unbind another hmem.2", ELSEWHERE(UNBIND_HMEM, "hmem.2"));
	REFUSED(cut_device, ESTALE, "bind another", ELSEWHERE(BIND_DEVICE, "dax0.0"));
}

static void devdax(struct fake *machine_of)
{
	cut_device(machine_of);
	snprintf(machine_of->daxes[0].driver, sizeof(machine_of->daxes[0].driver), "device_dax");
}

static void devdax_open(struct fake *machine_of)
{
	devdax(machine_of);
	snprintf(machine_of->holder, sizeof(machine_of->holder), "dax0.0");
}

static void test_devices(void)
{
	REFUSED(devdax_open, EBUSY, "unbind what a process has open",
		STEP(UNBIND_DEVICE, "dax0.0"));
	REFUSED(devdax_open, EBUSY, "disable its region", STEP(DISABLE_REGION, "region0"));
	REFUSED(devdax, EBUSY, "resize what has a driver",
		SIZED(RESIZE_DEVICE, "dax0.0", "0x10000000", FAKE_BASE));
	REFUSED(devdax, EBUSY, "bind what has another", STEP(BIND_DEVICE, "dax0.0"));
	REFUSED(cut_device, ENODEV, "resize what is not there",
		SIZED(RESIZE_DEVICE, "dax9.0", "0", FAKE_BASE));
	REFUSED(cut_device, ENOSPC, "create where there is no room",
		SIZED(CREATE_DEVICE, "dax0.1", "0x10000000", FAKE_BASE));
	REFUSED(cut_device, EPERM, "create what the kernel would name otherwise",
		SIZED(CREATE_DEVICE, "dax0.2", "0x10000000", FAKE_BASE));
	REFUSED(cut_device, ENODEV, "offline what is not there", STEP(OFFLINE, "dax9.0"));
	REFUSED(cut_device, ENODEV, "unbind what is not there", STEP(UNBIND_HMEM, "hmem.7"));
	REFUSED(cut_device, ENODEV, "disable what is not there", STEP(DISABLE_REGION, "region7"));
	REFUSED(cut_device, ENODEV, "probe what is not there",
		STEP(PROBE_DAX_REGION, "dax_region7"));
	REFUSED(cut_device, ENODEV, "bind what does not come", STEP(BIND_DEVICE, "dax0.7"));
	REFUSED(cut_device, ENODEV, "enable what does not come", STEP(ENABLE_REGION, "region7"));
}

/* A block that will not go: those before it come back, and it is as if nothing was tried. */
static void stuck(struct fake *machine_of)
{
	cxl_has_all(machine_of);
	machine_of->blocks[2].stuck = true;
	machine_of->blocks[1].movable = false;
}

static void test_stuck(bool has_state)
{
	static const struct sr_step steps[] = { STEP(OFFLINE, "dax0.0") };
	const struct plan plan = { "stuck", stuck, steps, 1 };
	sr_auto_free char *start = NULL;

	begin(&plan);
	fake->has_state = has_state;
	fake->blocks[1].movable = has_state;
	start = fake_text(fake);
	fake->dirty = true;
	is_number((uint64_t)-execute(&plan, RUN), EBUSY, "a block that cannot go offline");
	ok(last_result.result == SR_RESULT_FAILED && last_result.changed, "failed");
	ok(!last_result.partly, "which is not half done");
	ok(shows(start), "all is online as it was, each in its zone");
	ok(!is_pending(), "and nothing is pending");
	ok(!fake->leaked, "nothing is lost");
}

static unsigned int stop_after;

static void stop_in_progress(const struct sr_apply_event *event)
{
	if (event->kind == SR_EVENT_PROGRESS && event->blocks_done == stop_after)
		stopped = 1;
}

static void test_interrupted(void)
{
	static const struct sr_step steps[] = { STEP(OFFLINE, "dax0.0") };
	const struct plan plan = { "interrupted", cxl_has_all, steps, 1 };
	sr_auto_free char *start = NULL;

	begin(&plan);
	start = fake_text(fake);
	at_event = stop_in_progress;
	stop_after = 2;
	is_number((uint64_t)-execute(&plan, RUN), EINTR, "interrupted between two blocks");
	ok(last_result.result == SR_RESULT_INTERRUPTED && shows(start), "all is online again");
	ok(is_pending(), "and it can be resumed");
	stopped = 0;
	at_event = NULL;
	ok(execute(&plan, RESUME) == 0 && !fake->blocks[0].online && !is_pending(), "resumed");
}

/* A disk that is full when a step is to start: without the journal nothing is done. */
static void fill_disk(const struct sr_apply_event *event)
{
	struct rlimit limit;

	count_commands(event);
	if (event->kind != SR_EVENT_STEP)
		return;
	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = 64;
	setrlimit(RLIMIT_FSIZE, &limit);
}

static void test_full(void)
{
	struct rlimit old;
	int result;

	begin(&plans[0]);
	at_event = fill_disk;
	commands = 0;
	signal(SIGXFSZ, SIG_IGN);
	fflush(stdout);
	getrlimit(RLIMIT_FSIZE, &old);
	result = execute(&plans[0], RUN);
	setrlimit(RLIMIT_FSIZE, &old);
	at_event = NULL;
	is_number((uint64_t)-result, EFBIG, "a journal that cannot be written");
	ok(commands == 0 && last_result.result == SR_RESULT_REFUSED, "nothing is done without it");
	ok(!last_result.changed && !is_pending(), "and nothing is pending");
}

/* Behind our back, when the step @change_at is looked at. */
static size_t change_at;
static void (*change)(void);

static void change_then(const struct sr_apply_event *event)
{
	if (event->kind == SR_EVENT_STEP && event->index == change_at) {
		change();
		fake->dirty = true;
		commands = 0;
	}
	count_commands(event);
}

static void online_a_block(void)
{
	fake->blocks[3].online = true;
}

static void bind_device_dax(void)
{
	snprintf(fake->daxes[0].driver, sizeof(fake->daxes[0].driver), "device_dax");
}

static void lose_device(void)
{
	fake->daxes[0].there = false;
}

static void unlock_decoder(void)
{
	fake->regions[0].locked = false;
}

static void disable_regions(void)
{
	set_region(fake, 0, false);
	set_region(fake, 1, false);
}

static void changed(const struct plan *plan, size_t step, void (*how)(void), int error,
		    const char *what)
{
	begin(plan);
	at_event = change_then;
	change_at = step;
	change = how;
	is_number((uint64_t)-execute(plan, RUN), (uint64_t)error, what);
	printf("# %s\n", last_reason.text);
	ok(last_result.stopped_at == step && last_result.result == SR_RESULT_REFUSED, "refused");
	is_number(commands, 0, "nothing was written afterwards");
	ok(!fake->leaked && !fake->lost, "nothing is lost");
	is_text(fake->auto_online, "online_movable", "auto_online_blocks is as it was");
}

static void test_changes(void)
{
	static const struct sr_step steps[] = { STEP(OFFLINE, "dax0.0"),
						STEP(DISABLE_REGION, "region0") };
	const struct plan down = { "down", cxl_has_all, steps, 2 };

	changed(&plans[2], 2, online_a_block, EBUSY, "a block comes online before the unbind");
	changed(&down, 1, online_a_block, EBUSY, "or before the region is disabled");
	changed(&plans[2], 8, unlock_decoder, EPERM, "a decoder is unlocked before cxl_acpi goes");
	changed(&plans[1], 0, bind_device_dax, EBUSY, "a driver is bound before the resize");
	changed(&plans[1], 1, lose_device, ENODEV, "the device goes before it is bound");
	changed(&plans[2], 0, lose_device, ENODEV, "the device goes before its memory");
	changed(&plans[0], 1, disable_regions, ENODEV, "the dax region goes before the probe");
}

int main(void)
{
	ok(plans_start(), "a machine");
	test_online();
	test_decoders();
	test_platform();
	test_accelerators();
	test_devices();
	test_names();
	test_stuck(false);
	test_stuck(true);
	test_interrupted();
	test_full();
	test_changes();
	plans_end();
	return tap_done();
}
