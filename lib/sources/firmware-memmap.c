// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The source firmware-memmap: /sys/firmware/memmap, the map as the firmware gave
 * it, before memmap= changed it (drivers/firmware/memmap.c).
 */
#include "sources/source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/number.h"
#include "sources/log-line.h"

#define MEMMAP_PATH  "/sys/firmware/memmap"
#define MOST_ENTRIES 65536
#define TYPE_SIZE    256

struct numbers {
	SR_LIST(uint64_t) list;
	bool too_many;
};

/* What could not be read. */
struct damage {
	size_t count;
	uint64_t first;
	int error;
	size_t hidden_count;
};

static void numbers_free(struct numbers *numbers)
{
	sr_list_free(&numbers->list);
}

static int compare_numbers(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

	return one < other ? -1 : one > other;
}

/* "0", "1", ... as firmware_map_add_entry() counts them; no sign, no leading zero. */
static bool is_entry_name(const char *name, uint64_t *ret_number)
{
	if (name[0] == '0' && name[1] != '\0')
		return false;
	return sr_number_parse(name, ret_number) == 0;
}

static int list_numbers(DIR *directory, struct numbers *numbers)
{
	const struct dirent *item;
	uint64_t *number, value;

	for (;;) {
		errno = 0;
		item = readdir(directory);
		if (!item)
			break;
		if (!is_entry_name(item->d_name, &value))
			continue;
		if (numbers->list.count >= MOST_ENTRIES) {
			numbers->too_many = true;
			break;
		}
		number = sr_list_add(&numbers->list);
		if (!number)
			return -ENOMEM;
		*number = value;
	}
	if (errno)
		return -errno;
	if (numbers->list.count)
		qsort(numbers->list.items, numbers->list.count, sizeof(*numbers->list.items),
		      compare_numbers);
	return 0;
}

static int read_address(const char *directory, const char *name, uint64_t *ret_address)
{
	char text[64];
	int error = sr_attribute_read(directory, name, text, sizeof(text));

	return error ? error : sr_number_parse(text, ret_address);
}

static int read_range(const char *directory, struct sr_range *ret_range)
{
	uint64_t start, end;
	int error = read_address(directory, "start", &start);

	if (!error)
		error = read_address(directory, "end", &end);
	return error ? error : sr_range_make(start, end, ret_range);
}

static int read_type(const char *directory, char *type)
{
	int error = sr_attribute_read(directory, "type", type, TYPE_SIZE);

	if (error)
		return error;
	return sr_piece_is_printable((struct sr_piece){ type, strlen(type) }) ? 0 : -EILSEQ;
}

static void note_damage(struct damage *damage, uint64_t number, int error)
{
	if (damage->count++ == 0) {
		damage->first = number;
		damage->error = error;
	}
	damage->hidden_count += error == -EACCES || error == -EPERM;
}

/* Only -ENOMEM; what else goes wrong is in @damage. */
static int read_entry(struct sr_snapshot *snapshot, uint64_t number, struct damage *damage)
{
	struct sr_memory_map_entry *entry;
	char directory[64], type[TYPE_SIZE];
	struct sr_range range;
	int error;

	snprintf(directory, sizeof(directory), MEMMAP_PATH "/%" PRIu64, number);
	error = read_range(directory, &range);
	if (!error)
		error = read_type(directory, type);
	if (error) {
		note_damage(damage, number, error);
		return 0;
	}
	entry = sr_list_add(&snapshot->memory_map);
	if (!entry)
		return -ENOMEM;
	/* e820_type_to_string() of arch/x86/kernel/e820.c */
	*entry = (struct sr_memory_map_entry){
		.range = range,
		.type = sr_pool_text(snapshot->pool, type),
		.soft_reserved = strcmp(type, "Soft Reserved") == 0,
		.source = SR_SOURCE_FIRMWARE_MEMMAP,
		.number = sr_u64_of(number),
	};
	return entry->type ? 0 : -ENOMEM;
}

static const char *describe_error(int error)
{
	switch (-error) {
	case ENOENT:
		return "a file is missing";
	case EINVAL:
	case ERANGE:
	case EILSEQ:
	case EFBIG:
		return "not a range or a type";
	default:
		return strerror(-error);
	}
}

static int note(struct sr_source_context *context, enum sr_source_state state, const char *detail)
{
	return sr_note(context, SR_SOURCE_FIRMWARE_MEMMAP, state, MEMMAP_PATH, detail ? "%s" : NULL,
		       detail);
}

static int note_entries(struct sr_source_context *context, const struct numbers *numbers,
			const struct damage *damage)
{
	if (!numbers->list.count)
		return note(context, SR_SOURCE_ABSENT, "the folder is empty");
	if (damage->hidden_count == numbers->list.count)
		return note(context, SR_SOURCE_HIDDEN,
			    context->live ? "hidden from ordinary users, run as root"
					  : "its files cannot be read by this user");
	if (damage->count)
		return sr_note(context, SR_SOURCE_FIRMWARE_MEMMAP, SR_SOURCE_PARTIAL, MEMMAP_PATH,
			       "entries that cannot be read: %zu, the first is %" PRIu64 " (%s)",
			       damage->count, damage->first, describe_error(damage->error));
	if (numbers->too_many)
		return note(context, SR_SOURCE_PARTIAL,
			    "too many entries, only the first are used");
	return note(context, SR_SOURCE_OK, NULL);
}

static int note_no_folder(struct sr_source_context *context, int error)
{
	enum sr_source_state state = sr_state_of_error(error);

	if (state == SR_SOURCE_ABSENT && context->sos_devices)
		return note(context, SR_SOURCE_UNREADABLE,
			    "sos does not copy it: whether firmware or the command line made a "
			    "range is not known");
	if (state == SR_SOURCE_ABSENT)
		return note(context, state,
			    "normal on other architectures than x86 and without "
			    "CONFIG_FIRMWARE_MEMMAP");
	return note(context, state, strerror(-error));
}

int sr_read_firmware_memmap(struct sr_source_context *context)
{
	sr_auto_dir DIR *directory = opendir(MEMMAP_PATH);
	sr_cleanup(numbers_free) struct numbers numbers = { 0 };
	struct damage damage = { 0 };
	const uint64_t *number;
	int error;

	if (!directory)
		return errno == ENOMEM ? -ENOMEM : note_no_folder(context, -errno);
	error = list_numbers(directory, &numbers);
	if (error == -ENOMEM)
		return error;
	if (error)
		return note(context, SR_SOURCE_UNREADABLE, strerror(-error));
	sr_for_each (number, &numbers.list) {
		error = read_entry(context->snapshot, *number, &damage);
		if (error)
			return error;
	}
	return note_entries(context, &numbers, &damage);
}
