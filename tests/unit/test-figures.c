// SPDX-License-Identifier: GPL-2.0-only
/* judgement/figures.h: what is counted, and that 0 is said only where it is known. */
#include "judged.h"
#include "judgement/figures.h"

#define SIZE 0x40000000ULL /* of each range: 1 GiB */

static const struct sr_range first = { 0x100000000, 0x100000000 + SIZE - 1 };
static const struct sr_range second = { 0x200000000, 0x200000000 + SIZE - 1 };

/* "0", "40000000"; "?" for what is not known, "40000000+" for at least that much. */
static void add_figure(char *text, size_t size, const char *name, struct sr_u64 figure)
{
	char word[64];

	if (figure.known || figure.value)
		snprintf(word, sizeof(word), "%s=%jx%s", name, (uintmax_t)figure.value,
			 figure.known ? "" : "+");
	else
		snprintf(word, sizeof(word), "%s=?", name);
	judged_join(text, size, word);
}

/* Those of memory that are not 0, in a static buffer. */
static const char *memory_of(const struct sr_figures *figures)
{
	static char text[512];
	const struct {
		const char *name;
		struct sr_u64 figure;
	} all[] = {
		{ "lost", figures->lost },
		{ "unusable", figures->unusable },
		{ "idle", figures->idle },
		{ "unknown", figures->unknown },
		{ "online", figures->online },
		{ "uncontained", figures->uncontained },
		{ "accelerators", figures->accelerators },
	};

	*text = '\0';
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		if (!all[i].figure.known || all[i].figure.value)
			add_figure(text, sizeof(text), all[i].name, all[i].figure);
	}
	return text;
}

/* "cxl-ok=40000000 none-lost=?": likewise. */
static const char *shares_of(const struct sr_figures *figures)
{
	static char text[1024];
	char name[32];

	*text = '\0';
	for (int owner = 0; owner < SR_OWNER_COUNT; owner++) {
		for (int state = 0; state < SR_STATE_COUNT; state++) {
			struct sr_u64 share = figures->bytes[owner][state];

			if (share.known && !share.value)
				continue;
			snprintf(name, sizeof(name), "%s-%s", sr_owner_name(owner),
				 sr_state_name(state));
			add_figure(text, sizeof(text), name, share);
		}
	}
	return text;
}

static const char *ranges_with(const struct sr_figures *figures)
{
	static char text[128];

	*text = '\0';
	for (int i = 0; i < SR_CONTAINMENT_COUNT; i++)
		add_figure(text, sizeof(text), sr_containment_name(i), figures->ranges[i]);
	return text;
}

static const char *problems_of(const struct sr_figures *figures)
{
	static char text[256];

	*text = '\0';
	for (int i = 0; i < SR_PROBLEM_OWNER_COUNT; i++)
		add_figure(text, sizeof(text), sr_problem_owner_name(i), figures->problems[i]);
	return text;
}

static struct sr_figures figures_of(const struct sr_snapshot *snapshot)
{
	sr_auto_report struct sr_report *report = judge(snapshot);
	struct sr_figures figures;

	sr_figures_make(report, &figures);
	return figures;
}

/* One range in a region of CXL, one outside all windows that hmem has. */
static struct sr_snapshot *sound(void)
{
	struct sr_snapshot *snapshot = build_new();

	build_soft_reserved(snapshot, first);
	build_soft_reserved(snapshot, second);
	build_window(snapshot, first);
	build_cxl(snapshot, first);
	build_in_use(snapshot, SR_DAX_HOLDER_HMEM, second);
	return snapshot;
}

static void test_sound(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sound(), *empty = build_new();
	struct sr_figures figures = figures_of(snapshot);

	is_text(shares_of(&figures), "cxl-ok=40000000 hmem-ok=40000000", "whose it is");
	is_text(memory_of(&figures), "online=80000000", "all else is known to be 0");
	is_text(ranges_with(&figures), "yes=1 no=0 unknown=0 no-window=1", "containment");
	is_text(problems_of(&figures),
		"firmware=0 kernel=0 distribution policy=0 administrator=0 unknown=0",
		"nobody's problem");
	is_number(figures.reasons[SR_CODE_NO_WINDOW][SR_PROBLEM_OF_FIRMWARE], 1, "a reason");
	figures = figures_of(empty);
	is_text(shares_of(&figures), "", "neither Soft Reserved memory nor CXL");
	is_text(memory_of(&figures), "", "which is known");
	is_text(ranges_with(&figures), "yes=0 no=0 unknown=0 no-window=0", "no range");
}

static void test_lost(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_figures figures;

	snapshot->kernel.release = sr_text_of("6.12.1");
	build_soft_reserved(snapshot, first);
	build_soft_reserved(snapshot, second);
	build_window(snapshot, first);
	build_unused(snapshot, SR_DAX_HOLDER_HMEM, second);
	figures = figures_of(snapshot);
	is_text(shares_of(&figures), "none-lost=40000000 hmem-idle=40000000", "lost and idle");
	is_text(memory_of(&figures), "lost=40000000 idle=40000000 uncontained=40000000",
		"lost, idle, in no region");
	is_text(problems_of(&figures),
		"firmware=40000000 kernel=0 distribution policy=0 administrator=40000000 unknown=0",
		"whose problem");
	build_iomem(snapshot, span(second.start, second.start + 0xfff), SR_IOMEM_OTHER, "x");
	figures = figures_of(snapshot);
	is_text(memory_of(&figures), "lost=40000000 unusable=40000000 uncontained=40000000",
		"no driver can bind it");
}

/* Who made a range is not known: what firmware would have to mend may be the administrator's. */
static void test_maker_unknown(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	struct sr_figures figures;

	snapshot->kernel.release = sr_text_of("6.12.1");
	snapshot->kernel.command_line = sr_text_of("memmap=1G%4G-1+0xefffffff");
	build_source(snapshot, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_ABSENT);
	build_map_entry(snapshot, SR_SOURCE_KERNEL_LOG, first, "Soft Reserved");
	build_window(snapshot, first);
	figures = figures_of(snapshot);
	is_text(problems_of(&figures),
		"firmware=? kernel=0 distribution policy=0 administrator=? unknown=40000000",
		"whose problem");
	is_number(figures.reasons[SR_CODE_NO_REGION][SR_PROBLEM_OF_UNKNOWN], 1, "the reason");
	is_number(figures.reasons[SR_CODE_MAKER_UNKNOWN][SR_PROBLEM_OF_UNKNOWN], 1, "the finding");
}

/* Of a unit that is lost in part, that part counts. */
static void test_lost_in_part(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_report struct sr_report *report = NULL;
	struct sr_figures figures;

	build_soft_reserved(snapshot, first);
	report = judge(snapshot);
	report->units.items[0].lost = sr_u64_of(0x1000);
	sr_figures_make(report, &figures);
	is_number(figures.lost.value, 0x1000, "its lost part");
	is_number(figures.bytes[SR_OWNER_NONE][SR_STATE_LOST].value, SIZE, "of a lost unit");
}

static void test_unsettled(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sound();
	sr_auto_report struct sr_report *report = judge(snapshot);
	struct sr_range_report *unit = &report->units.items[1];
	struct sr_figures figures;

	report->settled = SR_NO;
	sr_figures_make(report, &figures);
	is_text(memory_of(&figures), "online=80000000", "what is in use stays so");
	unit->state = SR_STATE_UNKNOWN;
	unit->lost = (struct sr_u64){ 0 };
	sr_figures_make(report, &figures);
	is_text(memory_of(&figures), "lost=? unusable=? idle=? unknown=40000000 online=80000000",
		"what has no owner yet is not lost, and not known to be all right");
	unit->state = SR_STATE_UNUSABLE;
	unit->lost = sr_u64_of(0);
	sr_figures_make(report, &figures);
	is_text(memory_of(&figures), "unusable=? online=80000000", "nor is anything unusable");
	report->settled = SR_UNKNOWN;
	sr_figures_make(report, &figures);
	is_text(memory_of(&figures), "unusable=40000000 online=80000000",
		"not known whether it has settled: it counts as settled");
}

static void test_unknown(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sound();
	struct sr_figures figures;

	snapshot->dax_devices.items[1].driver.known = false;
	figures = figures_of(snapshot);
	is_text(shares_of(&figures),
		"cxl-ok=40000000 hmem-ok=? hmem-idle=? hmem-unknown=40000000 hmem-unusable=? "
		"hmem-lost=?",
		"of an unknown state it may be any, but no other owner's");
	is_text(memory_of(&figures), "unusable=? idle=? unknown=40000000 online=80000000",
		"what may be is not 0");
	is_text(problems_of(&figures),
		"firmware=? kernel=? distribution policy=? administrator=40000000+ unknown=?",
		"nobody knows whose problem it is besides");
	snapshot->dax_devices.items[1].driver.known = true;
	build_source(snapshot, SR_SOURCE_MEMORY_BLOCKS, SR_SOURCE_UNREADABLE);
	figures = figures_of(snapshot);
	ok(!figures.online.known, "online: unknown");
}

static void test_incomplete(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sound(), *empty = build_new();
	struct sr_figures figures;

	snapshot->kernel.command_line.known = empty->kernel.command_line.known = false;
	build_source(snapshot, SR_SOURCE_KERNEL_LOG, SR_SOURCE_HIDDEN);
	build_source(empty, SR_SOURCE_KERNEL_LOG, SR_SOURCE_HIDDEN);
	figures = figures_of(snapshot);
	is_text(memory_of(&figures),
		"lost=? unusable=? idle=? unknown=? online=80000000+ uncontained=? accelerators=?",
		"where ranges may be missing, nothing is known to be 0");
	is_text(ranges_with(&figures), "yes=1+ no=? unknown=? no-window=1+", "nor of ranges");
	figures = figures_of(empty);
	is_text(ranges_with(&figures), "yes=? no=? unknown=? no-window=?", "none is shown");
	is_number(figures.reasons[SR_CODE_SOFT_RESERVED_INCOMPLETE][SR_PROBLEM_OF_ADMINISTRATOR], 1,
		  "a finding is among the reasons");
}

static void test_containment(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sound();
	struct sr_figures figures;

	snapshot->regions.items[0].committed = SR_UNKNOWN;
	figures = figures_of(snapshot);
	is_text(ranges_with(&figures), "yes=? no=? unknown=1 no-window=1+",
		"not known whether it is contained");
	ok(!figures.uncontained.known && !figures.uncontained.value, "so nor is the memory");
}

static void test_accelerator(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = sound();
	sr_auto_report struct sr_report *report = judge(snapshot);
	struct sr_figures figures;

	report->units.items[0].accelerator = SR_YES;
	report->units.items[0].state = SR_STATE_LOST;
	report->units.items[0].lost = sr_u64_of(SIZE);
	sr_figures_make(report, &figures);
	is_text(memory_of(&figures), "online=40000000 accelerators=40000000",
		"memory of an accelerator is counted apart, whatever its state");
	is_text(shares_of(&figures), "hmem-ok=40000000", "and once");
}

int main(void)
{
	test_sound();
	test_lost();
	test_maker_unknown();
	test_lost_in_part();
	test_unsettled();
	test_unknown();
	test_incomplete();
	test_containment();
	test_accelerator();
	return tap_done();
}
