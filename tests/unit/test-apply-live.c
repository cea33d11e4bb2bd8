// SPDX-License-Identifier: GPL-2.0-only
/* apply/machine.h on a folder, apply/kernel-watch.h on a file, apply/modules.h on nothing. */
#include "apply/machine.h"

#include "apply-root.h"
#include "apply/facts.h"
#include "apply/kernel-watch.h"
#include "apply/modules.h"
#include "tap.h"

static struct sr_machine machine;

static int write_to(const char *path, const char *value)
{
	return machine.ops->write(machine.data, path, value);
}

static char *content(const char *path)
{
	char *text = NULL;

	machine.ops->file(machine.data, path, 4096, &text);
	return text;
}

static void test_write(void)
{
	sr_auto_free char *text = NULL, *victim = NULL;

	root_write("/sys/x/state", "online ");
	ok(write_to("/sys/x/state", "offline") == 0, "written");
	text = content("/sys/x/state");
	is_text(text, "offline", "as it was said");
	is_number((uint64_t)-write_to("/sys/x/none", "1"), ENOENT, "nothing is made");
	ok(!root_exists("/sys/x/none"), "it is not");
	root_write("/victim", "precious");
	symlink(root_path("/victim"), root_path("/sys/x/link"));
	is_number((uint64_t)-write_to("/sys/x/link", "1"), ELOOP, "no link is followed");
	victim = content("/victim");
	is_text(victim, "precious", "nothing was written there");
	mkfifo(root_path("/sys/x/fifo"), 0600);
	is_number((uint64_t)-write_to("/sys/x/fifo", "1"), ENXIO, "a FIFO does not hang us");
	is_number((uint64_t)-write_to("/sys/x", "1"), EISDIR, "a folder");
}

/* Without a root it is the running machine, where only sysfs is written. */
static void test_sysfs_alone(void)
{
	const struct sr_machine live = sr_machine_live("");

	root_write("/file", "precious");
	is_number((uint64_t)-live.ops->write(live.data, root_path("/file"), "1"), EXDEV,
		  "what is not sysfs is not written");
	ok(live.ops->now(live.data) > 0, "there is a clock");
}

static void test_read(void)
{
	char driver[SR_DEVICE_NAME_SIZE], path[PATH_MAX];
	struct sr_names names = { 0 };
	uint64_t number;

	root_mkdir("/sys/bus/dax/devices");
	root_write("/sys/devices/region0/dax_region0/dax0.0/size", "0x200000\n");
	root_write("/sys/devices/region0/dax_region0/dax0.0/resource", "0x1290000000\n");
	symlink("../../../devices/region0/dax_region0/dax0.0",
		root_path("/sys/bus/dax/devices/dax0.0"));
	symlink("../../../devices/../../../etc", root_path("/sys/bus/dax/devices/dax1.0"));
	is_number((uint64_t)sr_device_exists(&machine, "dax", "dax0.0"), 1, "there");
	is_number((uint64_t)sr_device_exists(&machine, "dax", "dax2.0"), 0, "not there");
	is_number((uint64_t)sr_device_driver(&machine, "dax", "dax0.0", driver), 0, "no driver");
	symlink("../../../../bus/dax/drivers/kmem",
		root_path("/sys/devices/region0/dax_region0/dax0.0/driver"));
	ok(sr_device_driver(&machine, "dax", "dax0.0", driver) == 1 && strcmp(driver, "kmem") == 0,
	   "a driver");
	is_number((uint64_t)-sr_device_driver(&machine, "dax", "dax2.0", driver), ENODEV, "none");
	ok(sr_device_real_path(&machine, "dax", "dax0.0", path, sizeof(path)) == 0, "a path");
	is_text(path, "/sys/devices/region0/dax_region0/dax0.0", "from /");
	is_number((uint64_t)-sr_device_real_path(&machine, "dax", "dax1.0", path, sizeof(path)),
		  EBADMSG, "none that leaves /sys");
	unlink(root_path("/sys/bus/dax/devices/dax1.0"));
	ok(sr_dax_devices_below(&machine, "region#", &names) == 0 && names.list.count == 1,
	   "what is below a region");
	sr_names_free(&names);
	ok(sr_dax_devices_below(&machine, "hmem.#", &names) == 0 && names.list.count == 0,
	   "nothing is below hmem");
	ok(sr_machine_u64(&machine, "/sys/bus/dax/devices/dax0.0", "size", &number) == 0 &&
		   number == 0x200000,
	   "a number");
}

/* Memory of 2 GiB blocks; a device that covers one and two halves of others. */
static void test_blocks(void)
{
	sr_block_runs runs = { 0 };
	char name[SR_DEVICE_NAME_SIZE];

	root_write("/sys/devices/system/memory/block_size_bytes", "80000000\n");
	root_write("/sys/devices/region0/dax_region0/dax0.0/size", "0x100000000\n");
	root_write("/sys/devices/region0/dax_region0/dax0.0/mapping0/start", "0x140000000\n");
	root_write("/sys/devices/region0/dax_region0/dax0.0/mapping0/end", "0x23fffffff\n");
	for (int i = 2; i < 6; i++) {
		char path[128];

		snprintf(path, sizeof(path), "/sys/devices/system/memory/memory%d/state", i);
		root_write(path, i == 3 ? "offline\n" : "online\n");
		snprintf(path, sizeof(path), "/sys/devices/system/memory/memory%d/valid_zones", i);
		root_write(path, "Movable\n");
	}
	is_number((uint64_t)sr_dax_is_online(&machine, "dax0.0"), 0,
		  "blocks that it has a part of are not its");
	root_write("/sys/devices/system/memory/memory3/state", "online\n");
	is_number((uint64_t)sr_dax_is_online(&machine, "dax0.0"), 1, "the whole one is");
	is_number((uint64_t)sr_dax_is_online_below(&machine, "region0", name), 1, "of its region");
	is_text(name, "dax0.0", "which is told");
	ok(sr_dax_online_blocks(&machine, "dax0.0", &runs) == 0 && runs.count == 1 &&
		   runs.items[0].first == 3 && runs.items[0].movable,
	   "with its zone");
	sr_list_free(&runs);
	root_write("/sys/devices/system/memory/memory3/state", "going-offline\n");
	is_number((uint64_t)-sr_dax_is_online(&machine, "dax0.0"), EAGAIN, "neither yet");
	root_write("/sys/devices/system/memory/block_size_bytes", "0\n");
	is_number((uint64_t)-sr_dax_is_online(&machine, "dax0.0"), EBADMSG, "no size");
	unlink(root_path("/sys/devices/system/memory/block_size_bytes"));
	is_number((uint64_t)-sr_dax_is_online(&machine, "dax0.0"), ENOENT, "unknown is no answer");
}

static void test_watch(void)
{
	sr_auto_watch struct sr_kernel_watch watch = { .fd = -1 };
	struct sr_apply_result result = { 0 };
	FILE *file;

	sr_kernel_watch_start(&machine, &watch);
	ok(sr_kernel_watch_collect(&watch, &result) == 0 && !result.warnings.count,
	   "without a log nothing is seen");
	root_write("/dev/kmsg", "4,1,1,-;WARNING: CPU: 0 PID: 1 at old.c:1\n");
	sr_kernel_watch_start(&machine, &watch);
	file = fopen(root_path("/dev/kmsg"), "a");
	fputs("6,2,2,-;all is well\n"
	      "4,3,3,-;kmem dax0.0: mapping0: 0x1290000000 stuck online until reboot\n"
	      " SUBSYSTEM=dax WARNING: is no text\n"
	      "12,4,4,-;WARNING: a program says so\n"
	      "no record WARNING:\n"
	      "2,5,5,-;------------[ cut here ]------------\n",
	      file);
	fclose(file);
	ok(sr_kernel_watch_collect(&watch, &result) == 0, "read");
	ok(result.warnings.count == 2, "two of them");
	if (result.warnings.count == 2) {
		is_text(result.warnings.items[0],
			"kmem dax0.0: mapping0: 0x1290000000 stuck online until reboot",
			"memory that stays");
		is_text(result.warnings.items[1], "------------[ cut here ]------------",
			"a warning");
	}
	ok(sr_kernel_watch_collect(&watch, &result) == 0 && result.warnings.count == 2,
	   "each only once");
	sr_apply_result_free(&result);
}

static void test_modules(void)
{
	struct sr_reason reason = { 0 };

	ok(sr_module_load("cxl_sr_no_such_module", &reason) < 0 && reason.text[0],
	   "no such module to load");
	ok(sr_module_unload("cxl_sr_no_such_module", &reason) < 0 && reason.text[0],
	   "nor to remove");
}

int main(void)
{
	ok(root_make(), "a root");
	machine = sr_machine_live(root);
	test_write();
	test_sysfs_alone();
	test_read();
	test_blocks();
	test_watch();
	test_modules();
	root_clear();
	return tap_done();
}
