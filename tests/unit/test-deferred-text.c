// SPDX-License-Identifier: GPL-2.0-only
/* sources/deferred-text.h: /sys/kernel/debug/devices_deferred, good and broken. */
#include "sources/deferred-text.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "build.h"
#include "mutation.h"
#include "tap.h"

#define ROUNDS 20000

static struct sr_snapshot *parse(const char *text, size_t length)
{
	struct sr_snapshot *snapshot = build_need(sr_snapshot_new());

	if (sr_deferred_parse(snapshot, text, length) != 0)
		abort();
	return snapshot;
}

/* "mem0[cxl_mem: later] dax0.0": the devices, and the reasons that are known. */
static const char *probes_of(const struct sr_snapshot *snapshot)
{
	static char text[512];
	const struct sr_deferred_probe *probe;
	size_t used = 0;

	*text = '\0';
	sr_for_each (probe, &snapshot->enumeration.deferred)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s%s%s%s",
					 used ? " " : "", probe->device, probe->reason ? "[" : "",
					 probe->reason ? probe->reason : "",
					 probe->reason ? "]" : "");
	return text;
}

static void is_parsed(const char *text, size_t length, const char *probes, enum sr_truth known,
		      const char *what)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = parse(text, length);

	is_text(probes_of(snapshot), probes, what);
	is_number(snapshot->enumeration.deferred_known, known, what);
}

#define is_probes(text, probes, known, what) is_parsed(text, sizeof(text) - 1, probes, known, what)

static void test_good(void)
{
	is_probes("", "", SR_YES, "nothing is deferred");
	is_probes("mem0\tcxl_mem: no port\n", "mem0[cxl_mem: no port]", SR_YES, "one");
	is_probes("mem0\t\n0000:0d:00.0\tcxl_pci: later\n", "mem0 0000:0d:00.0[cxl_pci: later]",
		  SR_YES, "two, the first without a reason");
	is_probes("mem0\nmem1\n", "mem0 mem1", SR_YES, "before v5.9: names alone");
	is_probes("mem0\tlater", "mem0[later]", SR_YES, "the last line has no end");
	is_probes("\n\nmem0\t\n\n", "mem0", SR_YES, "empty lines are nothing");
}

static void test_broken(void)
{
	is_probes("mem0\tlatermem1\tlater\nmem2\t\n", "mem0 mem2", SR_NO,
		  "two on one line: the second is lost, and that is said");
	is_probes("mem0\tone\ntwo three\n", "mem0[one]", SR_NO, "a reason of two lines");
	is_probes("\tlater\nmem1\t\n", "mem1", SR_NO, "no name");
	is_probes("mem\0000\tlater\n", "", SR_NO, "a NUL in the name");
	is_probes("mem0\tla\0ter\n", "mem0", SR_YES, "a NUL in the reason: none is kept");
	is_probes("m\033m0\t\n", "", SR_NO, "a name that would steer a terminal");
}

static void test_many(void)
{
	const size_t count = 70000;
	sr_auto_free char *text = build_need(malloc(count * 2));
	sr_auto_snapshot struct sr_snapshot *snapshot = NULL;

	for (size_t i = 0; i < count; i++)
		memcpy(text + i * 2, "m\n", 2);
	snapshot = parse(text, count * 2);
	is_number(snapshot->enumeration.deferred.count, 65536, "no more than there can be");
	is_number(snapshot->enumeration.deferred_known, SR_NO, "and that is said");
}

static void test_damaged(void)
{
	static const char good[] = "mem0\tcxl_mem: no port\n0000:0d:00.0\tcxl_pci: later\n"
				   "dax0.0\t\nhmem.1\thmem: wait\n";
	uint64_t state = 20260301;
	size_t insane = 0, found = 0;

	for (int round = 0; round < ROUNDS; round++) {
		sr_auto_free char *copy = build_need(malloc(sizeof(good)));
		size_t length = mutate(good, sizeof(good) - 1, copy, &state);
		sr_auto_snapshot struct sr_snapshot *snapshot = parse(copy, length);
		const struct sr_deferred_probe *probe;

		sr_for_each (probe, &snapshot->enumeration.deferred)
			insane += !probe->device || !*probe->device;
		found += snapshot->enumeration.deferred.count;
	}
	is_number(insane, 0, "damaged lists");
	ok(found > ROUNDS && found < 6 * ROUNDS, "of which some lines survive");
}

int main(void)
{
	test_good();
	test_broken();
	test_many();
	test_damaged();
	return tap_done();
}
