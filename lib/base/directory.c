// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/directory.h"

#include <errno.h>
#include <string.h>

#include "base/cleanup.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool sr_name_matches(const char *name, const char *pattern)
{
	for (; *pattern; pattern++) {
		if (*pattern != '#') {
			if (*name++ != *pattern)
				return false;
			continue;
		}
		if (!is_digit(*name))
			return false;
		while (is_digit(*name))
			name++;
	}
	return *name == '\0';
}

static int compare_names(const void *a, const void *b)
{
	return strverscmp(*(char *const *)a, *(char *const *)b);
}

static int add_name(struct sr_names *names, const char *name, size_t limit)
{
	char **item;

	if (names->list.count >= limit)
		return -E2BIG;
	item = sr_list_add(&names->list);
	if (!item)
		return -ENOMEM;
	*item = strdup(name);
	return *item ? 0 : -ENOMEM;
}

static bool is_wanted(const char *name, const char *pattern)
{
	return pattern ? sr_name_matches(name, pattern) : name[0] != '.';
}

int sr_names_read(const char *path, const char *pattern, size_t limit, struct sr_names *ret_names)
{
	sr_auto_dir DIR *directory = opendir(path);
	sr_auto_names struct sr_names names = { 0 };
	struct dirent *entry;

	if (!directory)
		return -errno;
	while (errno = 0, (entry = readdir(directory))) {
		int error = 0;

		if (is_wanted(entry->d_name, pattern))
			error = add_name(&names, entry->d_name, limit);
		if (error)
			return error;
	}
	if (errno)
		return -errno;
	if (names.list.count)
		qsort(names.list.items, names.list.count, sizeof(*names.list.items), compare_names);
	*ret_names = names;
	names = (struct sr_names){ 0 };
	return 0;
}

bool sr_names_find(const struct sr_names *names, const char *name, size_t *ret_index)
{
	char **found = NULL;

	if (names->list.count)
		found = bsearch(&name, names->list.items, names->list.count,
				sizeof(*names->list.items), compare_names);
	if (!found)
		return false;
	*ret_index = (size_t)(found - names->list.items);
	return true;
}

void sr_names_free(struct sr_names *names)
{
	char **name;

	sr_for_each (name, &names->list)
		free(*name);
	sr_list_free(&names->list);
}
