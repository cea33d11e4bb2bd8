// SPDX-License-Identifier: LGPL-2.1-or-later
/* From a machine, or a capture of one, to its members in memory. */
#include "capture/capture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "capture/gather.h"
#include "capture/handed.h"
#include "capture/manifest.h"
#include "capture/members.h"
#include "capture/outputs.h"
#include "sources/recorded.h"
#include "sysroot/run.h"

#define RELEASE_LIMIT 4096

static struct sr_capture *capture_new(bool live, struct sr_reason *reason)
{
	struct sr_capture *capture = calloc(1, sizeof(*capture));

	if (!capture)
		return NULL;
	capture->live = capture->of_machine = live;
	capture->tool = sr_manifest_tool;
	capture->reason = reason;
	capture->pool = sr_pool_new();
	if (!capture->pool)
		return sr_capture_free(capture);
	return capture;
}

struct sr_capture *sr_capture_free(struct sr_capture *capture)
{
	if (!capture)
		return NULL;
	sr_list_free(&capture->members);
	sr_list_free(&capture->remarks);
	sr_list_free(&capture->found);
	sr_pool_free(capture->pool);
	free(capture);
	return NULL;
}

/* As sr_read_kernel() finds it. Unknown where it is no plain name. */
static int find_release(struct sr_capture *capture)
{
	static const char prefix[] = "Linux version ";
	sr_auto_free char *text = NULL;
	const char *release;
	int error = sr_file_read("/proc/sys/kernel/osrelease", RELEASE_LIMIT, &text, NULL);

	if (error && error != -ENOMEM)
		error = sr_file_read("/proc/version", RELEASE_LIMIT, &text, NULL);
	if (error)
		return error == -ENOMEM ? error : 0;
	release = strncmp(text, prefix, strlen(prefix)) == 0 ? text + strlen(prefix) : text;
	release = sr_pool_text_n(capture->pool, release, strcspn(release, " \n"));
	if (!release)
		return -ENOMEM;
	if (*release && *release != '.' && !strpbrk(release, "/*[?\\"))
		capture->release = release;
	return 0;
}

static int find_host(struct sr_capture *capture)
{
	struct utsname name;

	if (uname(&name) < 0)
		return 0;
	capture->host = sr_pool_text(capture->pool, name.nodename);
	return capture->host ? 0 : -ENOMEM;
}

static int gather(struct sr_capture *capture)
{
	int error = find_release(capture);

	return error ? error : sr_gather(capture);
}

static int take_live(struct sr_capture *capture)
{
	int error = find_host(capture);

	if (!error)
		error = gather(capture);
	return error ? error : sr_outputs_take(capture);
}

/* In the sandbox, whose capture it is; see take_sysroot(). */
static int take_inside(void *data, FILE *out, struct sr_reason *reason)
{
	struct sr_reason detail = { "" };
	sr_auto_capture struct sr_capture *capture = capture_new(false, &detail);
	const char *path = data;
	int error = capture ? gather(capture) : -ENOMEM;

	if (!error)
		error = sr_manifest_carry(capture);
	if (error == -ENOMEM)
		return error;
	if (error)
		return sr_fail(reason, error, "cannot use %s: %s", path, detail.text);
	sr_capture_hand(out, capture);
	return 0;
}

static int take_sysroot(struct sr_capture *capture, const char *path)
{
	struct sr_found found;
	int error = sr_sysroot_run(path, take_inside, (void *)path, &found, capture->reason);

	if (error)
		return error;
	error = sr_capture_receive((struct sr_wire_bytes){ found.bytes, found.length }, capture);
	free(found.bytes);
	if (error && error != -ENOMEM)
		return sr_fail(capture->reason, error, "cannot use %s: its reader made no sense",
			       path);
	return error;
}

/* Folders alone are nothing: /proc and /sys are made before anything is mounted there. */
static bool has_nothing(const struct sr_capture *capture)
{
	const struct sr_member *member;

	sr_for_each (member, &capture->members) {
		if (member->kind != SR_MEMBER_FOLDER)
			return false;
	}
	return true;
}

int sr_capture_take(const char *sysroot, struct sr_capture **ret_capture, struct sr_reason *reason)
{
	sr_auto_capture struct sr_capture *capture = capture_new(!sysroot, reason);
	int error;

	if (!capture)
		return sr_fail(reason, -ENOMEM, "out of memory");
	error = sysroot ? take_sysroot(capture, sysroot) : take_live(capture);
	if (!error)
		error = sr_members_settle(capture);
	if (error == -ENOMEM)
		return sr_fail(reason, error, "out of memory");
	if (error)
		return error;
	if (has_nothing(capture))
		return sr_fail(reason, -ENODATA, "%s holds nothing that could be packed",
			       sysroot ? sysroot : "this machine");
	*ret_capture = sr_take(capture);
	return 0;
}

size_t sr_capture_barred_count(const struct sr_capture *capture)
{
	const struct sr_remark *remark;
	size_t count = 0;

	sr_for_each (remark, &capture->remarks)
		count += strcmp(remark->state, "denied") == 0;
	return count;
}
