// SPDX-License-Identifier: GPL-2.0-only
/*
 * A snapshot handed over is the same; what is no snapshot is refused, or is at least one
 * that can be judged: whoever took over the reader sends what he likes.
 */
#include "judgement/report.h"
#include "snapshot/handed.h"
#include "sources/sources.h"
#include "tap.h"

struct bytes {
	char *at;
	size_t length;
};

static struct bytes hand(const struct sr_snapshot *snapshot)
{
	struct bytes bytes = { 0 };
	FILE *out = open_memstream(&bytes.at, &bytes.length);

	if (!out)
		exit(99);
	sr_snapshot_hand(out, snapshot);
	if (ferror(out) || fclose(out))
		exit(99);
	return bytes;
}

static int receive(const char *at, size_t length, struct sr_snapshot **ret_snapshot)
{
	/* An exact copy: a sanitizer or valgrind sees what reads beyond it. */
	char *copy = malloc(length ? length : 1);
	struct sr_snapshot *snapshot = sr_snapshot_new();
	int error;

	if (!copy || !snapshot)
		exit(99);
	memcpy(copy, at, length);
	error = sr_snapshot_receive((struct sr_wire_bytes){ copy, length }, snapshot);
	free(copy);
	if (error)
		snapshot = sr_snapshot_free(snapshot);
	*ret_snapshot = snapshot;
	return error;
}

static void test_same(const struct sr_snapshot *snapshot, const char *name)
{
	struct bytes before = hand(snapshot), after = { 0 };
	struct sr_snapshot *received;
	char what[128];

	if (receive(before.at, before.length, &received) == 0)
		after = hand(received);
	snprintf(what, sizeof(what), "%s: the same, of %zu bytes", name, before.length);
	ok(before.length > 1000 && before.length == after.length &&
		   memcmp(before.at, after.at, before.length) == 0,
	   what);
	sr_snapshot_free(received);
	free(before.at);
	free(after.at);
}

static void test_cut(const struct bytes *bytes)
{
	unsigned int taken = 0;

	for (size_t length = 0; length < bytes->length; length++) {
		struct sr_snapshot *snapshot;

		taken += receive(bytes->at, length, &snapshot) != -EBADMSG;
		sr_snapshot_free(snapshot);
	}
	ok(taken == 0, "cut off anywhere, it is refused");
}

static void test_more(const struct bytes *bytes)
{
	struct sr_snapshot *snapshot;
	char *more = calloc(1, bytes->length + 1);

	if (!more)
		exit(99);
	memcpy(more, bytes->at, bytes->length);
	ok(receive(more, bytes->length + 1, &snapshot) == -EBADMSG, "with more behind it, too");
	sr_snapshot_free(snapshot);
	free(more);
}

static bool is_judged(const struct sr_snapshot *snapshot)
{
	struct sr_report *report;
	int error = sr_report_make(snapshot, &report);

	if (!error)
		sr_report_free(report);
	return error == 0;
}

/* Each byte in turn is another: refused, or judged like any other. */
static void test_changed(const struct bytes *bytes, unsigned char change)
{
	unsigned int refused = 0, judged = 0, other = 0;
	char what[64];

	for (size_t at = 0; at < bytes->length; at++) {
		struct sr_snapshot *snapshot;

		bytes->at[at] = (char)(bytes->at[at] ^ change);
		if (receive(bytes->at, bytes->length, &snapshot))
			refused++;
		else if (is_judged(snapshot))
			judged++;
		else
			other++;
		sr_snapshot_free(snapshot);
		bytes->at[at] = (char)(bytes->at[at] ^ change);
	}
	printf("# %u refused, %u judged\n", refused, judged);
	snprintf(what, sizeof(what), "each byte changed by %#x", change);
	ok(refused > 1000 && judged > 1000 && other == 0, what);
}

int main(int argc, char **argv)
{
	static const char *const names[] = { "two-windows@7.3", "span-two@7.3", "exact@6.1",
					     "pmem@7.3", "none@6.12" };
	struct sr_reason reason = { "" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct sr_snapshot *snapshot;
		struct bytes bytes;
		char path[4096];

		snprintf(path, sizeof(path), "%s/tests/captures/%s.tgz", argc > 1 ? argv[1] : ".",
			 names[i]);
		if (sr_snapshot_read(path, &snapshot, &reason)) {
			printf("ok %u - %s # SKIP %s\n", ++tap_count, names[i], reason.text);
			continue;
		}
		test_same(snapshot, names[i]);
		bytes = hand(snapshot);
		if (i == 0) {
			test_cut(&bytes);
			test_more(&bytes);
			test_changed(&bytes, 0x01);
			test_changed(&bytes, 0x80);
		}
		free(bytes.at);
		sr_snapshot_free(snapshot);
	}
	return tap_done();
}
