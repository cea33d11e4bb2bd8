// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/module-files.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "sources/sysfs.h"

#define FILE_LIMIT (16U << 20)

static int read_file(const char *folder, const char *name, char **ret_text)
{
	char path[PATH_MAX];
	int error;

	if (!sr_device_path(path, sizeof(path), folder, name))
		return 0;
	error = sr_file_read(path, FILE_LIMIT, ret_text, NULL);
	return error == -ENOMEM ? error : 0;
}

int sr_module_files_read(const char *folder, struct sr_module_files *ret_files)
{
	int error = read_file(folder, "modules.dep", &ret_files->dependencies);

	return error ? error : read_file(folder, "modules.builtin", &ret_files->built_in);
}

void sr_module_files_free(struct sr_module_files *files)
{
	free(files->dependencies);
	free(files->built_in);
	*files = (struct sr_module_files){ 0 };
}

/* The module's name in "kernel/drivers/dax/dax-cxl.ko.zst", of @length bytes. */
static size_t name_of_path(const char *path, size_t length, char name[static 64])
{
	size_t start = length, size = 0;

	while (start > 0 && path[start - 1] != '/')
		start--;
	for (size_t i = start; i < length && size < 63; i++) {
		if (length - i >= 3 && strncmp(path + i, ".ko", 3) == 0)
			break;
		name[size++] = path[i] == '-' ? '_' : path[i];
	}
	name[size] = '\0';
	return size;
}

/* The line whose first path names @name; NULL where there is none. */
static const char *find_line(const char *text, const char *name)
{
	while (text && *text) {
		char found[64];

		name_of_path(text, strcspn(text, ":\n"), found);
		if (strcmp(found, name) == 0)
			return text;
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return NULL;
}

int sr_module_depends(const struct sr_module_files *files, struct sr_pool *pool, const char *name,
		      struct sr_text *ret_depends)
{
	const char *line = find_line(files->dependencies, name);
	sr_auto_free char *joined = NULL;
	size_t used = 0;

	if (!line)
		return 0;
	line += strcspn(line, ":\n");
	/* No longer than the line: each name is shorter than what it is read from. */
	joined = malloc(strcspn(line, "\n") + 1);
	if (!joined)
		return -ENOMEM;
	while (*line == ':' || *line == ' ') {
		size_t length = strcspn(++line, " \n");
		char dependency[64];
		size_t size = name_of_path(line, length, dependency);

		if (size && used)
			joined[used++] = ',';
		memcpy(joined + used, dependency, size);
		used += size;
		line += length;
	}
	*ret_depends = sr_text_of(used ? sr_pool_text_n(pool, joined, used) : NULL);
	return used && !ret_depends->value ? -ENOMEM : 1;
}

bool sr_module_is_built_in(const struct sr_module_files *files, const char *name)
{
	return find_line(files->built_in, name);
}
