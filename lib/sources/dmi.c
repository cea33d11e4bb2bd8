// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What firmware says of the machine and of itself (SMBIOS), as drivers/firmware/dmi-id.c
 * shows it. Serial numbers, asset tags and UUIDs are there, too; they are not read.
 */
#include <string.h>
#include <unistd.h>

#include "sources/source.h"
#include "sources/sysfs.h"

#define DMI_PATH "/sys/class/dmi/id"

/* Vendors pad them with blanks; blanks alone are nothing. */
static int keep_trimmed(struct sr_source_context *context, const char *text,
			struct sr_text *ret_text)
{
	size_t length;

	text += strspn(text, " ");
	length = strlen(text);
	while (length && text[length - 1] == ' ')
		length--;
	if (!length) {
		*ret_text = sr_text_of(NULL);
		return 0;
	}
	text = sr_pool_text_n(context->snapshot->pool, text, length);
	if (!text)
		return -ENOMEM;
	*ret_text = sr_text_of(text);
	return 0;
}

/* 0, -ENOMEM, or why it could not be read. */
static int read_one(struct sr_source_context *context, enum sr_dmi_id id)
{
	char text[SR_ATTRIBUTE_SIZE];
	struct sr_text *value = &context->snapshot->dmi[id];
	int error = sr_attribute_read(DMI_PATH, sr_dmi_name(id), text, sizeof(text));

	/* There is no file where firmware has no such text (sys_dmi_attr_visible()). */
	if (error == -ENOENT && context->live) {
		*value = sr_text_of(NULL);
		return 0;
	}
	if (error)
		return error == -ENOENT ? 0 : error;
	return keep_trimmed(context, text, value);
}

int sr_read_dmi(struct sr_source_context *context)
{
	int failure = 0;

	if (access(DMI_PATH, F_OK) < 0)
		return sr_note(context, SR_SOURCE_DMI, sr_state_of_error(-errno), DMI_PATH,
			       "there is no SMBIOS, or the capture was made without it");
	for (int i = 0; i < SR_DMI_COUNT; i++) {
		int error = read_one(context, i);

		if (error == -ENOMEM)
			return error;
		failure = failure ? failure : error;
	}
	if (failure)
		return sr_note(context, SR_SOURCE_DMI, SR_SOURCE_PARTIAL, DMI_PATH, "%s",
			       strerror(-failure));
	return sr_note(context, SR_SOURCE_DMI, SR_SOURCE_OK, DMI_PATH, NULL);
}
