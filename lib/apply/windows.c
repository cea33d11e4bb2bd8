// SPDX-License-Identifier: LGPL-2.1-or-later
/* Where CXL memory decodes, and whether it goes on to where its driver does not. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "apply/run.h"
#include "base/cleanup.h"
#include "base/number.h"

#define CXL_PATH    "/sys/bus/cxl/devices"
#define IOMEM_LIMIT ((size_t)64 << 20)

int sr_cxl_has_roots(const struct sr_machine *machine)
{
	sr_auto_names struct sr_names roots = { 0 };
	int error = machine->ops->list(machine->data, CXL_PATH, "root#", SR_DEVICE_LIMIT, &roots);

	if (error)
		return error == -ENOENT ? 0 : error;
	return roots.list.count > 0;
}

/* The window of a root decoder is in `start` and `size`: drivers/cxl/core/port.c. */
static int add_root_decoder(const struct sr_machine *machine, const char *name,
			    sr_range_list *windows)
{
	char folder[PATH_MAX];
	struct sr_range range;
	uint64_t start = 0, size = 0;
	int error;

	snprintf(folder, sizeof(folder), CXL_PATH "/%s", name);
	error = sr_machine_u64(machine, folder, "start", &start);
	if (!error)
		error = sr_machine_u64(machine, folder, "size", &size);
	if (error || size == 0)
		return error;
	if (sr_range_make_sized(start, size, &range))
		return -EBADMSG;
	return sr_range_list_add(windows, range);
}

/* 1: below a root alone; 0: of a port, switch or endpoint. */
static int is_root_decoder(const struct sr_machine *machine, const char *name)
{
	char path[PATH_MAX], part[SR_DEVICE_NAME_SIZE];
	int error = sr_device_real_path(machine, "cxl", name, path, sizeof(path));

	if (error)
		return error;
	return !sr_path_part(path, "port#", part) && !sr_path_part(path, "endpoint#", part);
}

typedef int decoder_visitor(void *data, const char *name, bool is_root);

static int visit_decoders(const struct sr_machine *machine, decoder_visitor *visit, void *data)
{
	sr_auto_names struct sr_names decoders = { 0 };
	int error = machine->ops->list(machine->data, CXL_PATH, "decoder#.#", SR_DEVICE_LIMIT,
				       &decoders);
	char **name;

	if (error)
		return error == -ENOENT ? 0 : error;
	sr_for_each (name, &decoders.list) {
		int root = is_root_decoder(machine, *name);

		error = root < 0 ? root : visit(data, *name, root);
		if (error)
			return error;
	}
	return 0;
}

struct windows {
	const struct sr_machine *machine;
	sr_range_list *list;
};

static int visit_window(void *data, const char *name, bool is_root)
{
	struct windows *windows = data;

	return is_root ? add_root_decoder(windows->machine, name, windows->list) : 0;
}

/* "  1290000000-138fffffff : CXL Window 0"; wider than the root decoder at times. */
static int add_iomem_line(const char *line, sr_range_list *windows)
{
	struct sr_range range;
	uint64_t start, end;

	line += strspn(line, " ");
	if (!strstr(line, " : CXL Window"))
		return 0;
	if (sr_number_scan(&line, 16, &start) || *line++ != '-' ||
	    sr_number_scan(&line, 16, &end) || sr_range_make(start, end, &range))
		return -EBADMSG;
	if (end == 0)
		return -EPERM; /* zeroes are shown to who may not see addresses */
	return sr_range_list_add(windows, range);
}

static int add_iomem(const struct sr_machine *machine, sr_range_list *windows)
{
	sr_auto_free char *text = NULL;
	int error = machine->ops->file(machine->data, "/proc/iomem", IOMEM_LIMIT, &text);
	char *at = text, *line;

	while (!error && (line = strsep(&at, "\n")))
		error = add_iomem_line(line, windows);
	return error;
}

int sr_cxl_windows(const struct sr_machine *machine, sr_range_list *ret_windows)
{
	sr_auto_range_list sr_range_list list = { 0 };
	struct windows windows = { .machine = machine, .list = &list };
	int error = visit_decoders(machine, visit_window, &windows);

	if (!error)
		error = add_iomem(machine, &list);
	if (error)
		return error;
	if (list.count)
		sr_range_list_join(&list);
	*ret_windows = list;
	list = (sr_range_list){ 0 };
	return 0;
}

struct memory {
	struct sr_run *run;
	const sr_range_list *ranges;
};

/* A decoder that does not say whose memory it is, or where, may be of this. */
static int check_is_no_accelerators(void *data, const char *name, bool is_root)
{
	const struct memory *memory = data;
	const struct sr_machine *machine = memory->run->machine;
	char folder[PATH_MAX], type[64];
	struct sr_range range;
	uint64_t start, size;
	int error;

	if (is_root)
		return 0;
	snprintf(folder, sizeof(folder), CXL_PATH "/%s", name);
	error = sr_machine_u64(machine, folder, "size", &size);
	if (!error && size == 0)
		return 0;
	if (!error)
		error = sr_machine_u64(machine, folder, "start", &start);
	if (!error && sr_range_make_sized(start, size, &range))
		error = -EBADMSG;
	if (!error && !sr_range_list_overlaps(memory->ranges, range))
		return 0;
	if (!error)
		error = sr_machine_read(machine, folder, "target_type", type, sizeof(type));
	if (error)
		return sr_fail(memory->run->reason, error, "whose memory %s decodes is unknown: %s",
			       name, strerror(-error));
	return strcmp(type, "accelerator") != 0
		       ? 0
		       : sr_fail(memory->run->reason, -EPERM,
				 "%s decodes memory of an accelerator there", name);
}

int sr_run_check_no_accelerators(struct sr_run *run, const char *device)
{
	sr_auto_range_list sr_range_list ranges = { 0 };
	struct memory memory = { .run = run, .ranges = &ranges };
	int error = sr_dax_ranges(run->machine, device, &ranges);

	if (!error && ranges.count) {
		sr_range_list_join(&ranges);
		error = visit_decoders(run->machine, check_is_no_accelerators, &memory);
	}
	if (error && !run->reason->text[0])
		return sr_fail(run->reason, error, "the memory of %s: %s", device,
			       strerror(-error));
	return error;
}

/*
 * Unregistering a region resets its decoders where they are not locked
 * (cxl_region_decode_reset(), drivers/cxl/core/region.c): the memory no longer decodes, and
 * firmware's setting does not come back. What cannot be read counts as not locked.
 */
static int check_decoder(void *data, const char *name, bool is_root)
{
	struct sr_run *run = data;
	char folder[PATH_MAX], type[64];
	uint64_t size, locked;
	int error;

	if (is_root)
		return 0;
	snprintf(folder, sizeof(folder), CXL_PATH "/%s", name);
	error = sr_machine_u64(run->machine, folder, "size", &size);
	if (!error && size == 0)
		return 0;
	if (!error)
		error = sr_machine_u64(run->machine, folder, "locked", &locked);
	if (error)
		return sr_fail(run->reason, error, "whether %s is locked is unknown: %s", name,
			       strerror(-error));
	/* Without CXL hmem would take its memory, and kmem that. */
	if (sr_machine_read(run->machine, folder, "target_type", type, sizeof(type)) == 0 &&
	    strcmp(type, "accelerator") == 0)
		return sr_fail(run->reason, -EPERM, "%s decodes memory of an accelerator", name);
	return locked == 1 ? 0
			   : sr_fail(run->reason, -EPERM,
				     "%s is committed and not locked: the kernel would reset it, "
				     "and the memory would decode no longer",
				     name);
}

/*
 * Before v7.1 the kernel resets locked decoders as any others (CXL_REGION_F_LOCK came with the
 * attribute `locked` of regions), and only hardware that holds to the lock is in its way; on
 * v6.12 a region was seen not to come back, and hmem to take memory that decoded no longer.
 */
static int check_region_lock(struct sr_run *run, const char *name)
{
	char folder[PATH_MAX];
	uint64_t commit, locked = 0;
	int error;

	snprintf(folder, sizeof(folder), CXL_PATH "/%s", name);
	error = sr_machine_u64(run->machine, folder, "commit", &commit);
	if (!error && commit == 0)
		return 0;
	if (!error)
		error = sr_machine_u64(run->machine, folder, "locked", &locked);
	if (error && error != -ENOENT)
		return sr_fail(run->reason, error, "whether %s is locked is unknown: %s", name,
			       strerror(-error));
	return locked == 1 ? 0
			   : sr_fail(run->reason, -EPERM,
				     "%s is committed and not locked, or this kernel resets "
				     "decoders that are: the memory would decode no longer",
				     name);
}

static int check_region_locks(struct sr_run *run)
{
	sr_auto_names struct sr_names regions = { 0 };
	int error = run->machine->ops->list(run->machine->data, CXL_PATH, "region#",
					    SR_DEVICE_LIMIT, &regions);
	char **name;

	if (error == -ENOENT)
		return 0; /* no CXL bus */
	sr_for_each (name, &regions.list) {
		if (!error)
			error = check_region_lock(run, *name);
	}
	return error;
}

int sr_run_check_locked(struct sr_run *run)
{
	int error = visit_decoders(run->machine, check_decoder, run);

	if (!error)
		error = check_region_locks(run);
	if (error && !run->reason->text[0])
		return sr_fail(run->reason, error, "the decoders of CXL: %s", strerror(-error));
	return error;
}
