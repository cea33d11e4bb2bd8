// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which members are masked, and how. */
#include "capture/capture.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "capture/mask.h"
#include "capture/members.h"

enum {
	MASK_TEXT = 1 << 0,
	MASK_JSON = 1 << 1,
	MASK_HOST = 1 << 2,
	MASK_WHOLE = 1 << 3, /* as if its reader had not been permitted to read it */
};

static const struct {
	const char *pattern; /* fnmatch(3); * goes over slashes, too */
	unsigned int masks;
} rules[] = {
	{ "sys/devices/*/serial", MASK_WHOLE },
	{ "sys/bus/*/serial", MASK_WHOLE },
	{ "sys/class/dmi/id/*", MASK_TEXT | MASK_HOST }, /* of guests whoever made them wrote it */
	{ "sys/*", MASK_TEXT },
	{ "proc/cmdline", MASK_TEXT },
	{ "*/modprobe.d/*", MASK_TEXT },
	{ "*.json", MASK_TEXT | MASK_JSON },
	{ "lsmem.txt", MASK_TEXT },
	{ "cxl-sr/*", MASK_TEXT | MASK_HOST },
	{ "dmesg", MASK_TEXT | MASK_HOST },
	{ "*/dmesg", MASK_TEXT | MASK_HOST },
};

static unsigned int masks_of(const struct sr_member *member)
{
	if (member->kind != SR_MEMBER_FILE)
		return 0;
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		if (fnmatch(rules[i].pattern, member->path, 0) == 0)
			return rules[i].masks;
	}
	return 0;
}

/* With its domain, and without. */
static bool mask_host(const struct sr_capture *capture, char *bytes, size_t length)
{
	char name[256];
	bool changed;

	if (!capture->host)
		return false;
	changed = sr_mask_host(bytes, length, capture->host);
	if (strlen(capture->host) >= sizeof(name))
		return changed;
	memcpy(name, capture->host, strlen(capture->host) + 1);
	name[strcspn(name, ".")] = '\0';
	return sr_mask_host(bytes, length, name) || changed;
}

/* ACPI tables are no text. */
static int mask_member(struct sr_capture *capture, struct sr_member *member, unsigned int masks)
{
	sr_auto_free char *bytes = NULL;
	bool changed = false;

	if (masks & MASK_WHOLE) {
		member->kind = SR_MEMBER_BARRED;
		return sr_remark_add(capture, "redacted", member->path, NULL);
	}
	if (!member->length || memchr(member->bytes, '\0', member->length))
		return 0;
	bytes = malloc(member->length);
	if (!bytes)
		return -ENOMEM;
	memcpy(bytes, member->bytes, member->length);
	if (masks & MASK_TEXT)
		changed |= sr_mask_text(bytes, member->length);
	if (masks & MASK_JSON)
		changed |= sr_mask_json(bytes, member->length);
	if (masks & MASK_HOST)
		changed |= mask_host(capture, bytes, member->length);
	if (!changed)
		return 0;
	member->bytes = sr_pool_text_n(capture->pool, bytes, member->length);
	if (!member->bytes)
		return -ENOMEM;
	return sr_remark_add(capture, "redacted", member->path, NULL);
}

int sr_capture_redact(struct sr_capture *capture)
{
	struct sr_member *member;

	sr_for_each (member, &capture->members) {
		unsigned int masks = masks_of(member);
		int error = masks ? mask_member(capture, member, masks) : 0;

		if (error)
			return error;
	}
	capture->redacted = true;
	return 0;
}
