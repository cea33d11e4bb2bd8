// SPDX-License-Identifier: LGPL-2.1-or-later
#include "capture/capture.h"

#include <string.h>

#include "base/cleanup.h"
#include "capture/manifest.h"
#include "capture/members.h"
#include "sources/recorded.h"

static int write_member(struct sr_packer *packer, const struct sr_member *member)
{
	switch (member->kind) {
	case SR_MEMBER_FOLDER:
		return sr_pack_folder(packer, member->path);
	case SR_MEMBER_LINK:
		return sr_pack_link(packer, member->path, member->bytes);
	case SR_MEMBER_BARRED:
		return sr_pack_barred(packer, member->path);
	case SR_MEMBER_FILE:
		break;
	}
	return sr_pack_file(packer, member->path, member->bytes, member->length);
}

/* The manifest first: it is what one wants to see of an archive that is large or cut off. */
static int write_manifest(const struct sr_capture *capture, struct sr_packer *packer)
{
	sr_auto_free char *text = sr_manifest_text(capture);
	int error;

	if (!text)
		return -ENOMEM;
	error = sr_pack_folder(packer, "cxl-sr");
	return error ? error : sr_pack_file(packer, SR_RECORDED_MANIFEST + 1, text, strlen(text));
}

static int write_members(const struct sr_capture *capture, struct sr_packer *packer)
{
	const struct sr_member *member;
	int error = write_manifest(capture, packer);

	if (error)
		return error;
	sr_for_each (member, &capture->members) {
		if (strcmp(member->path, "cxl-sr") == 0)
			continue;
		error = write_member(packer, member);
		if (error)
			return error;
	}
	return 0;
}

static int write_pages(const struct sr_capture_page *pages, size_t count, struct sr_packer *packer)
{
	int error = sr_pack_enter(packer, SR_CAPTURE_BUNDLE);

	for (size_t i = 0; i < count && !error; i++)
		error = sr_pack_file(packer, pages[i].name, pages[i].text, pages[i].length);
	return error;
}

static int write_all(const struct sr_capture *capture, const struct sr_capture_page *pages,
		     size_t count, int fd, enum sr_pack_format format, struct sr_reason *reason)
{
	struct sr_packer *packer;
	int error = sr_pack_begin(fd, format, &packer, reason), ending;

	if (error)
		return error;
	if (count)
		error = write_pages(pages, count, packer);
	if (!error)
		error = write_members(capture, packer);
	if (error == -ENOMEM)
		sr_fail(reason, error, "out of memory");
	ending = sr_pack_end(packer, error == 0);
	return error ? error : ending;
}

int sr_capture_write(const struct sr_capture *capture, int fd, enum sr_pack_format format,
		     struct sr_reason *reason)
{
	return write_all(capture, NULL, 0, fd, format, reason);
}

int sr_capture_write_bundle(const struct sr_capture *capture, const struct sr_capture_page *pages,
			    size_t count, int fd, enum sr_pack_format format,
			    struct sr_reason *reason)
{
	return write_all(capture, pages, count, fd, format, reason);
}
