// SPDX-License-Identifier: GPL-2.0-only
/* apply/preflight.h: it names what is in the way, and nothing where nothing is. */
#include "apply/preflight.h"

#include "apply-root.h"
#include "apply/stage.h"
#include "plan/staged.h"
#include "tap.h"

static struct sr_machine machine;
static struct sr_preflight found;

static const struct sr_step offline = { .action = SR_ACTION_OFFLINE, .target = "dax0.0" };
static const struct sr_step unbind = { .action = SR_ACTION_UNBIND_DEVICE, .target = "dax0.0" };

#define DAX    "/sys/devices/region0/dax_region0/dax0.0"
#define MEMORY "/sys/devices/system/memory"
#define NODE   "/sys/devices/system/node/node1"

static void set_driver(const char *name)
{
	unlink(root_path(DAX "/driver"));
	symlink(strcmp(name, "kmem") == 0 ? "../../../../bus/dax/drivers/kmem"
					  : "../../../../bus/dax/drivers/device_dax",
		root_path(DAX "/driver"));
}

/* 512 MiB in four blocks on node 1, half of it used; 1 GiB is available in all. */
static void make_machine(void)
{
	char path[128];

	root_renew();
	root_mkdir("/sys/bus/dax/devices");
	root_write(DAX "/size", "0x20000000\n");
	root_write(DAX "/resource", "0x1290000000\n");
	root_write(DAX "/target_node", "1\n");
	symlink("../../../devices/region0/dax_region0/dax0.0",
		root_path("/sys/bus/dax/devices/dax0.0"));
	set_driver("kmem");
	root_write(MEMORY "/block_size_bytes", "8000000\n");
	for (int i = 594; i < 598; i++) {
		snprintf(path, sizeof(path), MEMORY "/memory%d/state", i);
		root_write(path, "online\n");
		snprintf(path, sizeof(path), MEMORY "/memory%d/valid_zones", i);
		root_write(path, "Movable\n");
		snprintf(path, sizeof(path), MEMORY "/memory%d/removable", i);
		root_write(path, "1\n");
	}
	root_write(NODE "/meminfo", "Node 1 MemTotal:  524288 kB\nNode 1 MemFree:   262144 kB\n");
	root_write("/proc/meminfo", "MemTotal: 4194304 kB\nMemAvailable:   1048576 kB\n");
	root_write("/proc/1/comm", "init\n");
	root_write("/proc/1/maps", "");
	root_mkdir("/proc/1/fd");
}

static void look(const struct sr_step *steps, size_t count)
{
	struct sr_reason reason;

	sr_preflight_free(&found);
	if (sr_preflight(&machine, steps, count, &found, &reason))
		printf("# %s\n", reason.text);
}

/* One finding of the kind, which says @text; or NULL for none at all. */
static void finds(const struct sr_step *step, enum sr_preflight_kind kind, bool blocks,
		  const char *text, const char *what)
{
	look(step, 1);
	ok(found.findings.count == (text != NULL) && found.blocking == (text && blocks), what);
	for (size_t i = 0; i < found.findings.count; i++)
		printf("# %s\n", found.findings.items[i].text);
	if (text && found.findings.count)
		ok(found.findings.items[0].kind == kind &&
			   found.findings.items[0].blocks == blocks &&
			   strstr(found.findings.items[0].text, text),
		   "which is named");
}

#define NONE SR_PREFLIGHT_UNKNOWN, false, NULL

static void test_blocks(void)
{
	make_machine();
	finds(&offline, NONE, "nothing is in the way");
	root_write(MEMORY "/memory595/valid_zones", "Normal\n");
	finds(&offline, SR_PREFLIGHT_UNMOVABLE, true, "memory595", "a block in a kernel zone");
	root_write(MEMORY "/memory595/valid_zones", "Movable\n");
	root_write(MEMORY "/memory597/removable", "0\n");
	finds(&offline, SR_PREFLIGHT_UNMOVABLE, true, "memory597", "one that is not removable");
	unlink(root_path(MEMORY "/memory597/removable"));
	finds(&offline, NONE, "a kernel without `removable`");
	root_write(MEMORY "/memory594/valid_zones", "Normal\n");
	root_write(MEMORY "/memory594/state", "offline\n");
	finds(&offline, NONE, "what is offline is in nobody's way");
	unlink(root_path(DAX "/size"));
	look(&offline, 1);
	ok(found.blocking && found.findings.items[0].kind == SR_PREFLIGHT_UNKNOWN,
	   "what cannot be read might be the blocker");
}

static void test_holders(void)
{
	make_machine();
	symlink("/dev/dax0.0", root_path("/proc/1/fd/5"));
	finds(&unbind, NONE, "kmem has no /dev/dax0.0");
	set_driver("device_dax");
	finds(&unbind, SR_PREFLIGHT_HOLDER, true, "process 1 (init) uses /dev/dax0.0", "open");
	unlink(root_path("/proc/1/fd/5"));
	finds(&unbind, NONE, "closed");
	symlink("/dev/dax0.01", root_path("/proc/1/fd/5"));
	symlink("/tmp/dev/dax0.0", root_path("/proc/1/fd/6"));
	finds(&unbind, NONE, "other files");
	root_write("/proc/1/maps",
		   "00400000-00452000 r-xp 00000000 08:02 173521      /usr/bin/dbus-daemon\n"
		   "7f0000000000-7f0020000000 rw-s 00000000 00:05 42  /dev/dax0.0\n");
	finds(&unbind, SR_PREFLIGHT_HOLDER, true, "/dev/dax0.0", "mapped");
	root_write("/proc/1/maps", "7f0000000000-7f0020000000 rw-s 00000000 00:05 42  "
				   "/dev/dax0.0 (deleted)\n");
	root_write("/proc/1/comm", "\033[2J\n");
	finds(&unbind, SR_PREFLIGHT_HOLDER, true, "process 1 (?[2J)", "removed meanwhile");
	root_write("/proc/1/maps", "");
	/* It ended between the list and the look. */
	unlink(root_path("/proc/1/maps"));
	root_mkdir("/proc/2");
	finds(&unbind, NONE, "processes that are gone");
}

static void test_room(void)
{
	make_machine();
	root_write("/proc/meminfo", "MemAvailable:   524288 kB\n");
	finds(&offline, NONE, "256 MiB fit into 512 less 256");
	root_write("/proc/meminfo", "MemAvailable:   524287 kB\nSwapFree: 99999999 kB\n");
	finds(&offline, SR_PREFLIGHT_NO_ROOM, true, "256MiB", "not into less, nor into swap");
	root_write("/proc/meminfo", "MemFree: 1 kB\n");
	finds(&offline, SR_PREFLIGHT_UNKNOWN, true, "room", "unknown is no room");
	make_machine();
	root_write(NODE "/meminfo", "Node 1 MemTotal: x kB\n");
	finds(&offline, SR_PREFLIGHT_UNKNOWN, true, "room", "nor is a node that says nothing");
	make_machine();
	root_write(NODE "/hugepages/hugepages-2048kB/nr_hugepages", "8\n");
	root_write(NODE "/hugepages/hugepages-2048kB/free_hugepages", "8\n");
	finds(&offline, NONE, "huge pages that are free");
	root_write(NODE "/hugepages/hugepages-2048kB/free_hugepages", "5\n");
	finds(&offline, SR_PREFLIGHT_HUGETLB, false, "node1: 3 huge pages", "and that are not");
	finds(&unbind, NONE, "which concern only memory that leaves");
}

#define CXL "/sys/bus/cxl/devices"

static void test_decoders(void)
{
	static const struct sr_step remove = { .action = SR_ACTION_UNLOAD_MODULE,
					       .target = "cxl_acpi" };
	static const struct sr_step other = { .action = SR_ACTION_UNLOAD_MODULE,
					      .target = "dax_cxl" };

	make_machine();
	finds(&remove, NONE, "no decoders");
	root_mkdir(CXL);
	root_write("/sys/devices/root0/port1/decoder1.0/size", "0x20000000\n");
	root_write("/sys/devices/root0/port1/decoder1.0/locked", "1\n");
	symlink("../../../devices/root0/port1/decoder1.0", root_path(CXL "/decoder1.0"));
	finds(&remove, NONE, "a locked one");
	root_write("/sys/devices/root0/port1/decoder1.0/locked", "0\n");
	finds(&remove, SR_PREFLIGHT_DECODERS, true, "decoder1.0", "and one that is not");
	finds(&other, NONE, "which concerns only what removes regions");
	root_write("/sys/devices/root0/port1/decoder1.0/locked", "1\n");
	root_write("/sys/devices/root0/region0/commit", "1\n");
	symlink("../../../devices/root0/region0", root_path(CXL "/region0"));
	finds(&remove, SR_PREFLIGHT_DECODERS, true, "region0",
	      "a kernel to which it means nothing");
}

static void test_rules(void)
{
	make_machine();
	root_write("/usr/lib/udev/rules.d/10-x.rules", "SUBSYSTEM==\"block\", RUN+=\"online\"\n");
	root_write("/usr/lib/udev/rules.d/20-x.rules",
		   "# SUBSYSTEM==\"memory\", ATTR{state}=\"online\"\n");
	root_write("/usr/lib/udev/rules.d/README", "SUBSYSTEM==\"memory\", ATTR{state}=\"x\"\n");
	symlink("/dev/null", root_path("/etc/udev-null"));
	finds(&offline, NONE, "rules of others");
	root_write("/etc/udev/rules.d/40-redhat.rules",
		   "SUBSYSTEM==\"memory\", ACTION==\"add\", \\\n  ATTR{state}=\"online\"\n");
	finds(&offline, SR_PREFLIGHT_RULE, false, "/etc/udev/rules.d/40-redhat.rules",
	      "one that puts memory online");
	finds(&unbind, NONE, "which concerns only memory that leaves");
	unlink(root_path("/etc/udev/rules.d/40-redhat.rules"));
	root_write("/usr/lib/udev/rules.d/90-daxctl-device.rules",
		   "ACTION==\"add\", SUBSYSTEM==\"dax\", "
		   "PROGRAM=\"/usr/bin/systemd-escape -p --template=daxdev-reconfigure@.service "
		   "$env{DEVNAME}\"\n");
	finds(&offline, SR_PREFLIGHT_RULE, false, "90-daxctl-device.rules", "daxctl's service");
}

static void test_bad(void)
{
	static const struct sr_step bad = { .action = SR_ACTION_OFFLINE, .target = "../x" };
	struct sr_reason reason;

	is_number((uint64_t)-sr_preflight(&machine, &bad, 1, &found, &reason), EINVAL,
		  "a step that cannot be");
	ok(sr_preflight(&machine, NULL, 0, &found, &reason) == 0 && !found.findings.count,
	   "no steps, no findings");
}

static void test_staged(void)
{
	static const struct sr_step unload = { .action = SR_ACTION_UNLOAD_MODULE,
					       .target = "cxl_acpi" };
	sr_auto_free char *text = sr_stage_text(SR_POLICY_HMEM);
	struct sr_reason reason;
	bool written;

	make_machine();
	finds(&unload, NONE, "nothing is in the way of a rollback");
	root_mkdir("/etc/modprobe.d");
	ok(text && sr_stage_write(&machine, text, &written, &reason) == 0, "staged");
	finds(&unload, SR_PREFLIGHT_STAGED, false, "--unstage", "what is staged is");
}

int main(void)
{
	ok(root_make(), "a root");
	machine = sr_machine_live(root);
	test_blocks();
	test_staged();
	test_holders();
	test_room();
	test_decoders();
	test_rules();
	sr_preflight_free(&found);
	test_bad();
	sr_preflight_free(&found);
	root_clear();
	return tap_done();
}
