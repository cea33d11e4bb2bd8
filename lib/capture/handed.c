// SPDX-License-Identifier: LGPL-2.1-or-later
/* A row for each member of the structures of members.h, but pool and reason. */
#include "capture/handed.h"

#include <errno.h>
#include <string.h>

#include "sysroot/name.h"

static const struct sr_wire_field member_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_member, path),
	SR_WIRE_ENUM_FIELD(struct sr_member, kind, SR_MEMBER_LINK),
	SR_WIRE_BYTES_FIELD(struct sr_member, bytes, length),
	SR_WIRE_NUMBER_FIELD(struct sr_member, order),
};

static const struct sr_wire_shape member_shape = SR_WIRE_SHAPE(struct sr_member, member_fields);

static const struct sr_wire_field remark_fields[] = {
	SR_WIRE_NAME_FIELD(struct sr_remark, state),
	SR_WIRE_NAME_FIELD(struct sr_remark, text),
};

static const struct sr_wire_shape remark_shape = SR_WIRE_SHAPE(struct sr_remark, remark_fields);

static const struct sr_wire_field count_fields[] = { { .kind = SR_WIRE_NUMBER,
						       .size = sizeof(size_t) } };
static const struct sr_wire_shape count_shape = SR_WIRE_SHAPE(size_t, count_fields);

static const struct sr_wire_field capture_fields[] = {
	SR_WIRE_LIST_FIELD(struct sr_capture, members, &member_shape),
	SR_WIRE_LIST_FIELD(struct sr_capture, remarks, &remark_shape),
	SR_WIRE_LIST_FIELD(struct sr_capture, found, &count_shape),
	SR_WIRE_NUMBER_FIELD(struct sr_capture, bytes),
	SR_WIRE_FIELD(struct sr_capture, live),
	SR_WIRE_FIELD(struct sr_capture, of_machine),
	SR_WIRE_FIELD(struct sr_capture, redacted),
	SR_WIRE_NAME_FIELD(struct sr_capture, tool),
	SR_WIRE_FIELD(struct sr_capture, host),
	SR_WIRE_FIELD(struct sr_capture, release),
};

static const struct sr_wire_shape capture_shape = SR_WIRE_SHAPE(struct sr_capture, capture_fields);

void sr_capture_hand(FILE *out, const struct sr_capture *capture)
{
	sr_wire_write(out, &capture_shape, capture);
}

static bool is_printable(const char *text)
{
	for (; *text; text++)
		if ((*text < ' ' || *text > '~') && *text != '\t')
			return false;
	return true;
}

/* As gathering makes them: who packs them need not look again. */
static bool is_sound(const struct sr_capture *capture)
{
	const struct sr_member *member;
	const struct sr_remark *remark;

	sr_for_each (member, &capture->members) {
		char clean[SR_NAME_LENGTH];

		if (!member->bytes || !is_printable(member->path) ||
		    sr_name_clean(member->path, clean, sizeof(clean)) ||
		    strcmp(member->path, clean) != 0)
			return false;
	}
	sr_for_each (remark, &capture->remarks)
		if (!is_printable(remark->state) || !is_printable(remark->text))
			return false;
	return is_printable(capture->tool);
}

int sr_capture_receive(struct sr_wire_bytes bytes, struct sr_capture *capture)
{
	int error = sr_wire_read(&bytes, capture->pool, &capture_shape, capture);

	if (error)
		return error;
	return bytes.left || !is_sound(capture) ? -EBADMSG : 0;
}
