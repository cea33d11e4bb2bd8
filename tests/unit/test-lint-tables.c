// SPDX-License-Identifier: GPL-2.0-only
/* lint: SRAT and CEDT against memory, nodes and root decoders; tables that are broken. */
#include "linted.h"

static void test_broken(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
	struct sr_table_fault *fault = build_add(&snapshot->acpi.faults);

	*fault = (struct sr_table_fault){ "CEDT", "a structure at byte 36 has length 0" };
	is_linted(snapshot, "TABLE_BROKEN", "a table that is broken");
	is_finding(
		snapshot, SR_CODE_TABLE_BROKEN,
		"the table CEDT is broken: a structure at byte 36 has length 0 | "
		"/sys/firmware/acpi/tables/CEDT: a structure at byte 36 has length 0 | firmware");
}

static void test_specifications(void)
{
	static const struct {
		const char *table, *specification;
	} cases[] = {
		{ "SRAT", "ACPI 6.5 5.2.16" },
		{ "HMAT", "ACPI 6.5 5.2.28" },
		{ "CEDT", "CXL 3.1 9.18.1" },
		{ "SLIT", "ACPI 6.5 5.2.6" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
		sr_auto_report struct sr_report *report = NULL;
		sr_auto_lint struct sr_lint *lint = NULL;

		*build_add(&snapshot->acpi.faults) =
			(struct sr_table_fault){ cases[i].table, "wrong" };
		report = judge(snapshot);
		lint = lint_of(report);
		is_text(lint->findings.items[0].specification, cases[i].specification,
			cases[i].table);
	}
}

static void test_without_srat(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_without_srat();

	is_linted(snapshot, "", "a region needs no range");
	snapshot->regions.items->committed = SR_NO;
	is_linted(snapshot, "WINDOW_WITHOUT_SRAT", "Soft Reserved memory without either");
	is_finding(snapshot, SR_CODE_WINDOW_WITHOUT_SRAT,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is Soft Reserved, "
		   "0x1000000000-0x11ffffffff, and so there at boot, but no region contains it, "
		   "and no "
		   "memory range of the "
		   "SRAT lies in that window | /sys/firmware/memmap: 0x1000000000-0x11ffffffff "
		   "Soft Reserved | /sys/firmware/acpi/tables/SRAT: no memory range lies in the "
		   "window | firmware");
	build_soft_reserved(snapshot, BEHIND);
	is_linted(snapshot, "WINDOW_WITHOUT_SRAT", "one finding for each window");
	build_srat(snapshot, BEHIND, 1);
	is_linted(snapshot, "", "a range in the window");
	snapshot->acpi.memory.items[1].range = span(WINDOW.end + 1, WINDOW.end + 0x1000);
	is_linted(snapshot, "WINDOW_WITHOUT_SRAT", "a range that begins behind it");
	snapshot->acpi.memory.items[1].range = span(WINDOW.end, WINDOW.end);
	is_linted(snapshot, "", "a range at its last byte");
}

static void test_no_srat(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_without_srat();
	sr_auto_snapshot struct sr_snapshot *empty = build_empty_window();

	snapshot->regions.items->committed = SR_NO;
	snapshot->acpi.memory.count = 0;
	snapshot->acpi.has_srat = snapshot->acpi.hmat_used = SR_NO;
	snapshot->acpi.memory_known = false;
	is_finding(snapshot, SR_CODE_WINDOW_WITHOUT_SRAT,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is Soft Reserved, "
		   "0x1000000000-0x11ffffffff, and so there at boot, but no region contains it, "
		   "and no "
		   "memory range of the "
		   "SRAT lies in that window | /sys/firmware/memmap: 0x1000000000-0x11ffffffff "
		   "Soft Reserved | /sys/firmware/acpi/tables/SRAT: there is no SRAT | firmware");
	is_linted(empty, "", "a window for what is plugged in later needs no range");
	build_expander(empty, MEMORY);
	is_linted(empty, "", "nor when it has come");
}

/* What is known of the SRAT may be from the kernel log alone. */
static void test_srat_of_log(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_without_srat();

	snapshot->regions.items->committed = SR_NO;
	build_source(snapshot, SR_SOURCE_ACPI, SR_SOURCE_HIDDEN);
	is_finding(snapshot, SR_CODE_WINDOW_WITHOUT_SRAT,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is Soft Reserved, "
		   "0x1000000000-0x11ffffffff, and so there at boot, but no region contains it, "
		   "and no "
		   "memory range of the "
		   "SRAT lies in that window | /sys/firmware/memmap: 0x1000000000-0x11ffffffff "
		   "Soft Reserved | /dev/kmsg: no memory range lies in the window | firmware");
	snapshot->dax_devices.items[0].target_node = (struct sr_s64){ .value = 0, .known = true };
	build_srat(snapshot, MEMORY, 1)->source = SR_SOURCE_KERNEL_LOG;
	is_finding(snapshot, SR_CODE_NODE_MISMATCH,
		   "dax0.0 has node 0, but the SRAT has its memory, 0x1000000000-0x11ffffffff, in "
		   "proximity domain 1, which is node 1 | /sys/bus/dax/devices/dax0.0/target_node: "
		   "0 | /dev/kmsg: 0x1000000000-0x11ffffffff in domain 1, node 1 | firmware");
}

static void test_node(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
	struct sr_dax_device *device = &snapshot->dax_devices.items[0];

	device->target_node = (struct sr_s64){ .value = 1, .known = true };
	is_linted(snapshot, "", "the node of the SRAT");
	device->target_node.value = 0;
	is_linted(snapshot, "NODE_MISMATCH", "another one");
	is_finding(
		snapshot, SR_CODE_NODE_MISMATCH,
		"dax0.0 has node 0, but the SRAT has its memory, 0x1000000000-0x11ffffffff, in "
		"proximity domain 1, which is node 1 | /sys/bus/dax/devices/dax0.0/target_node: "
		"0 | /sys/firmware/acpi/tables/SRAT: 0x1000000000-0x11ffffffff in domain 1, node "
		"1 | firmware");
	snapshot->kernel.command_line = sr_text_of("quiet numa=fake=8");
	is_linted(snapshot, "", "nodes that the command line made");
	snapshot->kernel.command_line = sr_text_of("quiet numa=off");
	device->target_node.value = -1;
	is_linted(snapshot, "NODE_MISMATCH", "none");
	device->target_node.known = false;
	is_linted(snapshot, "", "one that could not be read");
	device->target_node = (struct sr_s64){ .value = 5, .known = true };
	device->ranges.items[0] = BEHIND;
	is_linted(snapshot, "", "memory that the SRAT does not have");
}

/* Domain 9 may be node 1: only the kernel log tells. */
static void test_node_unknown(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_lint struct sr_lint *lint = NULL;

	snapshot->dax_devices.items[0].target_node = (struct sr_s64){ .value = 0, .known = true };
	snapshot->acpi.memory.items[1].node.known = false;
	report = judge(snapshot);
	lint = lint_of(report);
	is_text(codes_of(lint), "", "no finding");
	is_text(skipped_of(lint), "NODE_MISMATCH", "but a check that was not made");
	is_number(lint->skipped.items[0].sources, 1U << SR_SOURCE_KERNEL_LOG,
		  "for want of the log");
}

static void test_domains(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_without_srat();

	build_srat(snapshot, FIRST, 1);
	build_srat(snapshot, SECOND, 2);
	snapshot->acpi.has_hmat = snapshot->acpi.hmat_used = SR_NO;
	is_linted(snapshot, "NODE_MISMATCH", "two domains in what the kernel takes as one");
	is_finding(
		snapshot, SR_CODE_NODE_MISMATCH,
		"Soft Reserved memory 0x1000000000-0x11ffffffff is one piece for the kernel, in "
		"one CXL window, but lies in the proximity domains 1 and 2; all of it gets the "
		"node of its first address | /sys/firmware/acpi/tables/SRAT: "
		"0x1000000000-0x10ffffffff in domain 1, node 1 | "
		"/sys/firmware/acpi/tables/SRAT: 0x1100000000-0x11ffffffff in domain 2, node 2 | "
		"firmware");
	snapshot->acpi.memory.items[2].proximity_domain = 1;
	is_linted(snapshot, "", "two ranges of one domain");
	snapshot->acpi.memory.items[2].proximity_domain = 2;
	snapshot->acpi.has_hmat = snapshot->acpi.hmat_used = SR_YES;
	is_linted(snapshot, "NOT_ONE_TO_ONE NOT_ONE_TO_ONE", "two pieces, each in its domain");
}

/* HBM: one entry of the map, and a domain for each stack. */
static void test_domains_elsewhere(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();

	build_soft_reserved(snapshot, MEMORY);
	build_srat(snapshot, FIRST, 1);
	build_srat(snapshot, SECOND, 2);
	snapshot->acpi.has_hmat = snapshot->acpi.hmat_used = SR_NO;
	is_linted(snapshot, "", "not in a CXL window");
	build_described(snapshot, FIRST, WINDOW_OF_EXPANDERS);
	build_described(snapshot, SECOND, WINDOW_OF_EXPANDERS);
	is_linted(snapshot, "UNSPLIT_WINDOWS", "a window for each domain");
}

static void test_described(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_sound();

	build_fixed_window(snapshot, span(0x3000000000, 0x3fffffffff), WINDOW_OF_EXPANDERS);
	is_linted(snapshot, "WINDOW_NOT_DESCRIBED", "a CFMWS alone");
	is_finding(
		snapshot, SR_CODE_WINDOW_NOT_DESCRIBED,
		"the CFMWS 0x3000000000-0x3fffffffff has no root decoder: cxl_acpi refused it, "
		"and the kernel log says why | /sys/firmware/acpi/tables/CEDT: "
		"0x3000000000-0x3fffffffff CFMWS | /sys/bus/cxl/devices: no root decoder there | "
		"firmware");
	build_window(snapshot, span(0x3000000000, 0x3ffffffffe));
	is_finding(snapshot, SR_CODE_WINDOW_NOT_DESCRIBED,
		   "the CFMWS 0x3000000000-0x3fffffffff and the root decoder decoder0.1, "
		   "0x3000000000-0x3ffffffffe, differ | /sys/firmware/acpi/tables/CEDT: "
		   "0x3000000000-0x3fffffffff CFMWS | /sys/bus/cxl/devices/decoder0.1: "
		   "0x3000000000-0x3ffffffffe root decoder | firmware");
	snapshot->acpi.windows.count = 1;
	build_root_decoder(snapshot, span(0x5000000000, 0x5fffffffff))->size.known = false;
	is_linted(snapshot, "WINDOW_NOT_DESCRIBED", "a root decoder alone");
	is_finding(snapshot, SR_CODE_WINDOW_NOT_DESCRIBED,
		   "the root decoder decoder0.1, 0x3000000000-0x3ffffffffe, has no CFMWS in the "
		   "CEDT | /sys/bus/cxl/devices/decoder0.1: 0x3000000000-0x3ffffffffe root decoder "
		   "| /sys/firmware/acpi/tables/CEDT: no CFMWS there | firmware");
}

static void test_not_bound(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();

	build_fixed_window(snapshot, WINDOW, WINDOW_OF_EXPANDERS);
	is_linted(snapshot, "WINDOW_NOT_DESCRIBED", "cxl_acpi is bound and made no root decoder");
	snapshot->cxl_roots.items[0].driver = sr_text_of(NULL);
	is_linted(snapshot, "", "cxl_acpi is not bound");
	snapshot->cxl_roots.count = 0;
	is_linted(snapshot, "", "or finds nothing to be bound to");
}

int main(void)
{
	test_broken();
	test_specifications();
	test_without_srat();
	test_no_srat();
	test_srat_of_log();
	test_node();
	test_node_unknown();
	test_domains();
	test_domains_elsewhere();
	test_described();
	test_not_bound();
	return tap_done();
}
