// SPDX-License-Identifier: GPL-2.0-only
/*
 * kobject_uevent_env() (lib/kobject_uevent.c): "ACTION@DEVPATH", then variables as
 * "NAME=VALUE", each with a NUL behind it.
 */
#include "uevent.h"

#include <string.h>

/* "drivers" is of a driver itself: cxl_dax_region comes when dax_hmem has decided. */
static const char *const subsystems[] = {
	"cxl", "dax", "drivers", "memory", "module", "pci", "platform",
};

static bool is_ours(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(subsystems) / sizeof(*subsystems); i++) {
		if (strlen(subsystems[i]) == length && memcmp(subsystems[i], name, length) == 0)
			return true;
	}
	return false;
}

bool uevent_concerns_us(const char *message, size_t length)
{
	static const char variable[] = "SUBSYSTEM=";
	const size_t name = sizeof(variable) - 1;
	const char *end = message + length;
	const char *at = memchr(message, '\0', length);

	/* udevd's own messages, of another group, begin with "libudev". */
	if (!at || !memchr(message, '@', (size_t)(at - message)))
		return false;
	for (at++; at < end; at++) {
		const char *stop = memchr(at, '\0', (size_t)(end - at));
		size_t left = (size_t)((stop ? stop : end) - at);

		if (left >= name && memcmp(at, variable, name) == 0)
			return is_ours(at + name, left - name);
		at += left;
	}
	return false;
}
