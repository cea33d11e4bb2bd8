// SPDX-License-Identifier: GPL-2.0-only
/* capture/members.h: each once, in order, with the folders above. */
#include "capture/members.h"

#include <errno.h>

#include "capture/capture.h"
#include "tap.h"

static void capture_done(struct sr_capture *capture)
{
	sr_list_free(&capture->members);
	sr_list_free(&capture->remarks);
	sr_pool_free(capture->pool);
}

#define auto_capture __attribute__((cleanup(capture_done)))

static void add(struct sr_capture *capture, enum sr_member_kind kind, const char *path,
		const char *bytes)
{
	ok(sr_member_add(capture, kind, path, bytes, strlen(bytes)) == 0, bytes);
}

/* "path=bytes path/ path->target path!" */
static const char *list(const struct sr_capture *capture)
{
	static char text[1024];
	static const char *const marks[] = { "/", "=", "!", "->" };
	const struct sr_member *member;
	size_t used = 0;

	*text = '\0';
	sr_for_each (member, &capture->members)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s%s%s",
					 used ? " " : "", member->path, marks[member->kind],
					 member->bytes);
	return text;
}

static void test_settle(void)
{
	auto_capture struct sr_capture capture = { .pool = sr_pool_new() };

	add(&capture, SR_MEMBER_FILE, "b/c/d", "1");
	add(&capture, SR_MEMBER_FILE, "a", "2");
	add(&capture, SR_MEMBER_BARRED, "b/c/d", "");
	add(&capture, SR_MEMBER_FILE, "b-x/e", "3");
	add(&capture, SR_MEMBER_FOLDER, "b", "");
	add(&capture, SR_MEMBER_LINK, "b/link", "../a");
	ok(sr_members_settle(&capture) == 0, "settled");
	is_text(list(&capture), "a=2 b/ b-x/ b-x/e=3 b/c/ b/c/d=1 b/link->../a",
		"sorted, the first of doubles, and all folders");
	ok(sr_member_find(&capture, "b/c/d") && !sr_member_find(&capture, "c"), "found by path");
}

/* As a hostile tree could have it: a link would lead the way when it is unpacked. */
static void test_blocked(void)
{
	auto_capture struct sr_capture capture = { .pool = sr_pool_new() };

	add(&capture, SR_MEMBER_FILE, "a/b/c", "1");
	add(&capture, SR_MEMBER_LINK, "a", "/etc");
	add(&capture, SR_MEMBER_FILE, "f/g", "2");
	add(&capture, SR_MEMBER_FILE, "f", "3");
	ok(sr_members_settle(&capture) == 0, "settled");
	is_text(list(&capture), "a->/etc f=3", "nothing is left below what is no folder");
}

static void test_names(void)
{
	auto_capture struct sr_capture capture = { .pool = sr_pool_new() };
	char path[2048];

	add(&capture, SR_MEMBER_FILE, "e\033[2J", "");
	add(&capture, SR_MEMBER_FILE, "n\nl", "");
	add(&capture, SR_MEMBER_FILE, "", "");
	add(&capture, SR_MEMBER_FILE, "a blank", "");
	memset(path, 'x', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	add(&capture, SR_MEMBER_FILE, path, "");
	is_text(list(&capture), "a blank=", "no name that is not printable, none that is too long");
}

static void test_bytes(void)
{
	struct sr_reason reason = { "" };
	auto_capture struct sr_capture capture = {
		.pool = sr_pool_new(),
		.bytes = ((size_t)256 << 20) - 1, /* names count, too */
		.reason = &reason,
	};

	ok(sr_member_add(&capture, SR_MEMBER_FILE, "a", "", 0) == 0, "at the limit");
	is_number((uint64_t)-sr_member_add(&capture, SR_MEMBER_FILE, "b", "", 0), EFBIG,
		  "above the limit");
	is_text(reason.text, "there are more than 256 MiB to pack", "and why");
}

int main(void)
{
	test_settle();
	test_blocked();
	test_names();
	test_bytes();
	return tap_done();
}
