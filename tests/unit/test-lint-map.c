// SPDX-License-Identifier: GPL-2.0-only
/* lint: what the memory map calls memory in a CXL window, and what a kexec makes of it. */
#include "linted.h"

/* What both maps say. */
static void build_both(struct sr_snapshot *snapshot, struct sr_range range, const char *firmware,
		       const char *log)
{
	build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, range, firmware);
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, range, log);
}

static void test_words(void)
{
	static const struct {
		const char *type, *codes;
	} cases[] = {
		{ "System RAM", "WINDOW_USABLE" },
		{ "usable", "WINDOW_USABLE" },
		{ "reserved", "WINDOW_RESERVED" },
		{ "Reserved", "WINDOW_RESERVED" },
		{ "device reserved", "WINDOW_RESERVED" },
		{ "persistent RAM (type 12)", "" },
		{ "unusable", "" },
		{ "ACPI data", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

		build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, MEMORY, cases[i].type);
		is_linted(snapshot, cases[i].codes, cases[i].type);
	}
}

static void test_bounds(void)
{
	static const struct {
		uint64_t start, end;
		const char *codes;
	} cases[] = {
		{ 0x0800000000, 0x0fffffffff, "" },
		{ 0x0800000000, 0x1000000000, "WINDOW_USABLE" },
		{ 0x1fffffffff, 0x20ffffffff, "WINDOW_USABLE" },
		{ 0x2000000000, 0x20ffffffff, "" },
		{ 0x0800000000, 0x20ffffffff, "WINDOW_USABLE" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

		build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, span(cases[i].start, cases[i].end),
				"usable");
		is_linted(snapshot, cases[i].codes, "usable memory around a window");
	}
}

static void test_usable(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

	build_both(snapshot, FIRST, "System RAM", "usable");
	build_both(snapshot, BEHIND, "System RAM", "usable");
	is_linted(snapshot, "WINDOW_USABLE", "one finding for each window");
	is_finding(snapshot, SR_CODE_WINDOW_USABLE,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is System RAM in the memory "
		   "map: 0x1000000000-0x10ffffffff and 1 more | /dev/kmsg: "
		   "0x1000000000-0x10ffffffff System RAM | /sys/firmware/acpi/tables/CEDT: "
		   "0x1000000000-0x1fffffffff CFMWS | firmware");
	snapshot->kernel.command_line = sr_text_of("efi=nosoftreserve");
	is_finding(snapshot, SR_CODE_WINDOW_USABLE,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is System RAM in the memory "
		   "map: 0x1000000000-0x10ffffffff and 1 more (efi=nosoftreserve: booted through "
		   "EFI, the kernel takes such memory as System RAM) | /dev/kmsg: "
		   "0x1000000000-0x10ffffffff System RAM | /sys/firmware/acpi/tables/CEDT: "
		   "0x1000000000-0x1fffffffff CFMWS | administrator");
}

/* The whole log goes before the firmware's map, and that before a log that is not whole. */
static void test_which_map(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_lint struct sr_lint *lint = NULL;

	build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, MEMORY, "System RAM");
	is_linted(snapshot, "", "the log has it not");
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_INCOMPLETE);
	is_linted(snapshot, "WINDOW_USABLE", "or may have lost it");
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_HIDDEN);
	is_linted(snapshot, "WINDOW_USABLE", "or is hidden");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_PARTIAL);
	report = judge(snapshot);
	lint = lint_of(report);
	is_text(codes_of(lint), "WINDOW_USABLE", "what is found is told");
	ok(strstr(skipped_of(lint), "WINDOW_USABLE WINDOW_RESERVED"), "there may be more");
}

/* Kernels of other architectures print no such map. */
static void test_log_without_map(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

	snapshot->memory_map.count = 0;
	build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, MEMORY, "System RAM");
	is_linted(snapshot, "WINDOW_USABLE", "the firmware's map");
}

static void test_cached(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

	build_both(snapshot, MEMORY, "System RAM", "usable");
	build_region(snapshot, MEMORY, SR_YES)->extended_linear_cache =
		sr_u64_of(sr_range_size(FIRST));
	is_linted(snapshot, "", "System RAM with an extended linear cache");
	snapshot->regions.items[0].extended_linear_cache = sr_u64_of(0);
	is_linted(snapshot, "WINDOW_USABLE", "and without");
}

static void test_reserved(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

	build_both(snapshot, WINDOW, "Reserved", "reserved");
	is_finding(snapshot, SR_CODE_WINDOW_RESERVED,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is Reserved in the memory "
		   "map: 0x1000000000-0x1fffffffff | /dev/kmsg: 0x1000000000-0x1fffffffff Reserved "
		   "| /sys/firmware/acpi/tables/CEDT: 0x1000000000-0x1fffffffff CFMWS | firmware");
	snapshot->memory_map.items[2].type = "Soft Reserved";
	snapshot->memory_map.items[2].soft_reserved = true;
	snapshot->kernel.command_line = sr_text_of("memmap=64G%0x1000000000-0xefffffff+2");
	is_finding(snapshot, SR_CODE_WINDOW_RESERVED,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is Reserved in the memory "
		   "map: 0x1000000000-0x1fffffffff (Soft Reserved in the firmware's map, something "
		   "else in the kernel's) | /dev/kmsg: 0x1000000000-0x1fffffffff Reserved | "
		   "/sys/firmware/acpi/tables/CEDT: 0x1000000000-0x1fffffffff CFMWS | "
		   "administrator");
}

/* How firmware keeps all others away from an accelerator's memory. */
static void test_reserved_for_accelerator(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();
	struct sr_fixed_window *window = &snapshot->acpi.windows.items[0];

	build_both(snapshot, MEMORY, "Reserved", "reserved");
	window->restrictions = SR_WINDOW_TYPE2;
	is_linted(snapshot, "", "in a window for type 2");
	window->restrictions = WINDOW_OF_ALL_TYPES;
	is_finding(snapshot, SR_CODE_WINDOW_RESERVED,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is Reserved in the memory "
		   "map: 0x1000000000-0x11ffffffff; that is right for an accelerator's memory only "
		   "| /dev/kmsg: 0x1000000000-0x11ffffffff Reserved | "
		   "/sys/firmware/acpi/tables/CEDT: 0x1000000000-0x1fffffffff CFMWS | firmware");
	build_memdev(snapshot)->host_class = sr_u64_of(0x030200);
	is_linted(snapshot, "", "an accelerator of which not more is known");
	build_expander(snapshot, MEMORY);
	snapshot->endpoint_decoders.items[0].memdev = sr_text_of("mem1");
	is_linted(snapshot, "WINDOW_RESERVED", "but it is an expander's memory");
	snapshot->endpoint_decoders.items[0].target_type = sr_text_of("accelerator");
	is_linted(snapshot, "", "an accelerator's");
	window->restrictions = WINDOW_OF_EXPANDERS;
	is_linted(snapshot, "", "whatever the window says");
	snapshot->endpoint_decoders.count = 0;
	is_linted(snapshot, "WINDOW_RESERVED", "a window where no accelerator can be");
}

static void test_accelerator_function(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();
	struct sr_pci_function *function = build_add(&snapshot->enumeration.functions);

	build_described(snapshot, WINDOW, WINDOW_OF_ALL_TYPES);
	build_both(snapshot, MEMORY, "Reserved", "reserved");
	function->name = "0000:0d:00.0";
	function->class_code = 0x050210;
	is_linted(snapshot, "WINDOW_RESERVED", "the PCI function of an expander");
	function->class_code = 0x050200;
	is_linted(snapshot, "", "the PCI function of something else");
}

/* Whether there are accelerators is not known: no finding that may be wrong. */
static void test_reserved_unknown(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_platform();
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_lint struct sr_lint *lint = NULL;

	build_fixed_window(snapshot, FIRST, WINDOW_OF_ALL_TYPES);
	build_fixed_window(snapshot, SECOND, WINDOW_OF_EXPANDERS);
	build_both(snapshot, MEMORY, "Reserved", "reserved");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_UNREADABLE);
	report = judge(snapshot);
	lint = lint_of(report);
	is_text(codes_of(lint), "WINDOW_RESERVED", "where no accelerator can be");
	is_number(lint->findings.items[0].range.start, SECOND.start, "the window for expanders");
	ok(strstr(skipped_of(lint), "WINDOW_RESERVED"), "the other one was not checked");
}

static const char *kexec_code(struct sr_snapshot *snapshot, enum sr_truth kexec)
{
	sr_auto_report struct sr_report *report = NULL;
	sr_auto_lint struct sr_lint *lint = NULL;

	snapshot->kernel.kexec = kexec;
	report = judge(snapshot);
	lint = lint_of(report);
	return codes_of(lint);
}

/* kexec-tools hands Soft Reserved memory on as Reserved. */
static void test_kexec(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

	build_both(snapshot, MEMORY, "Reserved", "device reserved");
	is_text(kexec_code(snapshot, SR_YES), "WINDOW_RESERVED", "nothing decodes it");
	build_expander(snapshot, MEMORY);
	is_text(kexec_code(snapshot, SR_NO), "WINDOW_RESERVED", "firmware loaded this kernel");
	is_text(kexec_code(snapshot, SR_YES), "LOST_BY_KEXEC", "kexec did");
	is_finding(snapshot, SR_CODE_LOST_BY_KEXEC,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is Reserved in the memory "
		   "map: 0x1000000000-0x11ffffffff; nothing is Soft Reserved, as after a kexec by "
		   "kexec_load(2) | /dev/kmsg: 0x1000000000-0x11ffffffff Reserved | "
		   "/proc/sys/kernel/bootloader_type: kexec loaded this kernel | administrator");
	is_text(kexec_code(snapshot, SR_UNKNOWN), "WINDOW_RESERVED", "who knows");
	is_finding(snapshot, SR_CODE_WINDOW_RESERVED,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is Reserved in the memory "
		   "map: 0x1000000000-0x11ffffffff; nothing is Soft Reserved, so a kexec may have "
		   "made it so | /dev/kmsg: 0x1000000000-0x11ffffffff Reserved | "
		   "/sys/firmware/acpi/tables/CEDT: 0x1000000000-0x1fffffffff CFMWS | firmware");
	snapshot->endpoint_decoders.count = 0;
	is_text(kexec_code(snapshot, SR_YES), "LOST_BY_KEXEC", "a region without its decoders");
	build_soft_reserved(snapshot, LOW);
	is_text(kexec_code(snapshot, SR_YES), "WINDOW_RESERVED",
		"other memory is Soft Reserved: this kexec hands it on");
	snapshot->kernel.kexec = SR_UNKNOWN;
	is_finding(snapshot, SR_CODE_WINDOW_RESERVED,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is Reserved in the memory "
		   "map: 0x1000000000-0x11ffffffff | /dev/kmsg: 0x1000000000-0x11ffffffff Reserved "
		   "| /sys/firmware/acpi/tables/CEDT: 0x1000000000-0x1fffffffff CFMWS | firmware");
}

/* What the firmware's map has Soft Reserved counts only against the kernel's. */
static void test_reserved_by_firmware(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

	build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, MEMORY, "Reserved");
	build_map_entry(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, MEMORY, "Soft Reserved");
	build_srat(snapshot, MEMORY, 1);
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_HIDDEN);
	is_finding(snapshot, SR_CODE_WINDOW_RESERVED,
		   "memory in the CXL window 0x1000000000-0x1fffffffff is Reserved in the memory "
		   "map: 0x1000000000-0x11ffffffff | /sys/firmware/memmap: "
		   "0x1000000000-0x11ffffffff Reserved | /sys/firmware/acpi/tables/CEDT: "
		   "0x1000000000-0x1fffffffff CFMWS | firmware");
}

static void test_no_memory_sp(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();
	struct sr_endpoint_decoder *decoder;

	build_expander(snapshot, MEMORY);
	is_linted(snapshot, "", "a region that may have been made at run time");
	decoder = &snapshot->endpoint_decoders.items[0];
	decoder->locked = SR_YES;
	is_linted(snapshot, "NO_MEMORY_SP", "a locked decoder is the firmware's");
	is_finding(
		snapshot, SR_CODE_NO_MEMORY_SP,
		"firmware committed decoder2.0 of mem0 to 0x1000000000-0x11ffffffff, but nothing "
		"is Soft Reserved: in the memory map that is in no entry | "
		"/sys/bus/cxl/devices/decoder2.0: 0x1000000000-0x11ffffffff decoded | "
		"/dev/kmsg: 0x1000000000-0x11ffffffff in no entry | firmware");
	decoder->mode = sr_text_of("pmem");
	is_linted(snapshot, "", "persistent memory");
	decoder->mode = sr_text_of("ram");
	decoder->target_type = sr_text_of("accelerator");
	is_linted(snapshot, "", "an accelerator");
	decoder->target_type = sr_text_of("expander");
	build_soft_reserved(snapshot, span(0x3000000000, 0x30ffffffff));
	is_linted(snapshot, "", "the firmware knows of Soft Reserved memory");
}

static void test_no_memory_sp_usable(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_empty_window();

	build_expander(snapshot, FIRST);
	build_expander(snapshot, SECOND);
	build_both(snapshot, MEMORY, "System RAM", "usable");
	is_linted(snapshot, "WINDOW_USABLE NO_MEMORY_SP", "System RAM at boot");
	is_finding(snapshot, SR_CODE_NO_MEMORY_SP,
		   "firmware committed decoder2.0 of mem0 to 0x1000000000-0x10ffffffff and 1 more, "
		   "but nothing is Soft Reserved: in the memory map that is System RAM | "
		   "/sys/bus/cxl/devices/decoder2.0: 0x1000000000-0x10ffffffff decoded | "
		   "/dev/kmsg: 0x1000000000-0x10ffffffff System RAM | firmware");
	snapshot->kernel.command_line = sr_text_of("efi=nosoftreserve");
	is_linted(snapshot, "WINDOW_USABLE", "the command line wants it so");
}

int main(void)
{
	test_words();
	test_bounds();
	test_usable();
	test_which_map();
	test_log_without_map();
	test_cached();
	test_reserved();
	test_reserved_for_accelerator();
	test_accelerator_function();
	test_reserved_unknown();
	test_kexec();
	test_reserved_by_firmware();
	test_no_memory_sp();
	test_no_memory_sp_usable();
	return tap_done();
}
