// SPDX-License-Identifier: GPL-2.0-only
/* sources/sos-cxl-json.h: what `cxl list -vvv` prints, good and broken. */
#include "sources/sos-cxl-json.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "build.h"
#include "mutation.h"
#include "sos-texts.h"
#include "tap.h"

#define ROUNDS 4000

/* What ndctl 81 printed in a guest, without what is not read. */
static int parse(struct sr_snapshot *snapshot, const char *text, size_t *ret_unreadable)
{
	struct sr_unreadable unreadable = { 0 };
	int error = sr_sos_cxl_parse(snapshot, text, strlen(text), &unreadable);

	*ret_unreadable = unreadable.count;
	return error;
}

static void test_regions(const struct sr_snapshot *snapshot)
{
	const struct sr_region *region = snapshot->regions.items;

	is_number(snapshot->regions.count, 2, "both regions");
	is_text(region[0].root_decoder, "decoder0.0", "which hang on their root decoder");
	is_number(region[0].start.value, 0x1290000000, "start");
	is_number(region[0].size.value, 0x20000000, "size");
	is_number(region[0].committed, SR_YES, "committed");
	is_text(region[0].driver.value, "cxl_region", "one that is not disabled has its driver");
	is_number(region[0].locked, SR_UNKNOWN, "whether it is locked is not told");
	is_text(region[0].mode.value, "ram", "the mode is that of its decoder");
	is_number(region[0].targets.count, 2, "as many positions as ways");
	ok(!region[0].targets.items[0].decoder.known, "of the first nothing is told");
	is_text(region[0].targets.items[1].memdev.value, "mem0", "the second is mem0");
	ok(!region[1].has_resource && region[1].size.known, "size 0 is no resource");
	is_number(region[1].committed, SR_NO, "reset is not committed");
	ok(region[1].driver.known && !region[1].driver.value, "disabled is without a driver");
	is_text(region[1].mode.value, "pmem", "a mode that is told");
}

static void test_good(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
	const struct sr_endpoint_decoder *decoder;
	size_t unreadable;

	is_number(parse(snapshot, sos_cxl_list, &unreadable), 0, "what cxl list prints");
	is_number(unreadable, 0, "of which all is read");
	test_regions(snapshot);
	is_number(snapshot->root_decoders.count, 1, "decoders of ports are none of ours");
	is_number(snapshot->root_decoders.items[0].size.value, UINT64_C(1) << 32, "the window");
	is_number(snapshot->root_decoders.items[0].capable_pmem, SR_YES, "what it is for");
	is_number(snapshot->root_decoders.items[0].capable_ram, SR_UNKNOWN,
		  "what is not told is not known");
	decoder = snapshot->endpoint_decoders.items;
	is_number(snapshot->endpoint_decoders.count, 2, "endpoint decoders");
	is_text(decoder[0].memdev.value, "mem0", "of their memdev");
	is_text(decoder[0].region.value, "region0", "in their region");
	ok(decoder[1].size.known && decoder[1].size.value == 0, "disabled is of size 0");
	is_number(snapshot->memdevs.count, 2, "memdevs, also that without a port");
	is_text(snapshot->memdevs.items[0].host.value, "0000:0d:00.0", "and their host");
	ok(!snapshot->memdevs.items[0].pmem_size.known, "a size that is not told is not 0");
	ok(snapshot->memdevs.items[1].driver.known && !snapshot->memdevs.items[1].driver.value,
	   "a disabled one has no driver");
	is_number(snapshot->enumeration.ports.count, 2, "ports");
}

#define REGION(members)                                                        \
	"[{\"bus\":\"root0\",\"decoders:root0\":[{\"decoder\":\"decoder0.0\"," \
	"\"resource\":4096,\"size\":4096,\"regions:decoder0.0\":[{" members "}]}]}]"

/* A region whose members are not what they should be: nothing of it is guessed. */
static void test_region(const char *text, bool start, bool size, enum sr_truth committed,
			const char *what)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
	const struct sr_region *region;
	size_t unreadable;

	if (!ok(parse(snapshot, text, &unreadable) == 0 && snapshot->regions.count == 1, what))
		return;
	region = snapshot->regions.items;
	ok(region->start.known == start && region->size.known == size &&
		   region->committed == committed && region->has_resource && unreadable,
	   "and it says so");
}

static void test_unknown(void)
{
	test_region(REGION("\"region\":\"region0\""), false, false, SR_UNKNOWN, "a name alone");
	test_region(REGION("\"region\":\"region0\",\"resource\":0,\"size\":4096,"
			   "\"decode_state\":\"commit\""),
		    false, true, SR_YES, "0 is a start that libcxl could not read");
	test_region(REGION("\"region\":\"region0\",\"resource\":4096,\"size\":-1,"
			   "\"decode_state\":\"reset\""),
		    true, false, SR_UNKNOWN, "reset, where nothing else could be read either");
	test_region(REGION("\"region\":\"region0\",\"resource\":\"4096\",\"size\":4096,"
			   "\"decode_state\":\"done\""),
		    false, true, SR_UNKNOWN, "a text for a number, and a state that is none");
}

static void is_refused(const char *text, int error, const char *what)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
	size_t unreadable;

	is_number(parse(snapshot, text, &unreadable), error, what);
	is_number(snapshot->regions.count + snapshot->memdevs.count +
			  snapshot->root_decoders.count + snapshot->enumeration.ports.count,
		  0, "and nothing is taken of it");
}

static void test_refused(void)
{
	is_refused("", -ENODATA, "nothing");
	is_refused("  Warning: no matching devices found\n\n[\n]\n", -ENODATA, "no device");
	is_refused("[{\"memdev\":\"mem0\"},{\"memdev\":\"mem0\"}]", -EEXIST, "a device twice");
	is_refused("[{\"memdev\":\"mem0\"},", -EINVAL, "cut off");
}

static void test_many(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
	const size_t room = 10000 * 24 + 3;
	sr_auto_free char *text = build_need(malloc(room));
	size_t used = 1, unreadable;

	*text = '[';
	for (int i = 0; i < 10000; i++)
		used += (size_t)snprintf(text + used, room - used, "%s{\"memdev\":\"mem%d\"}",
					 i ? "," : "", i);
	strcpy(text + used, "]");
	is_number(parse(snapshot, text, &unreadable), -E2BIG, "more than any machine has");
}

static void test_damaged(void)
{
	uint64_t state = 20260301;
	size_t insane = 0, found = 0;

	for (int round = 0; round < ROUNDS; round++) {
		sr_auto_snapshot struct sr_snapshot *snapshot = build_need(sr_snapshot_new());
		sr_auto_free char *copy = build_need(malloc(sizeof(sos_cxl_list)));
		struct sr_unreadable unreadable = { 0 };
		size_t length = mutate(sos_cxl_list, sizeof(sos_cxl_list) - 1, copy, &state);
		const struct sr_region *region;

		if (sr_sos_cxl_parse(snapshot, copy, length, &unreadable) == -ENOMEM)
			abort();
		sr_for_each (region, &snapshot->regions)
			insane += !region->name || region->targets.count > 16;
		found += snapshot->regions.count;
	}
	is_number(insane, 0, "damaged lists");
	ok(found > 100, "of which some can be read");
}

int main(void)
{
	test_good();
	test_unknown();
	test_refused();
	test_many();
	test_damaged();
	return tap_done();
}
