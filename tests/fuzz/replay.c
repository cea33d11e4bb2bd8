// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs targets once over their inputs, without an engine. Usage: fuzz-replay SOURCE/ [TARGET
 * [FILE...]]: by default, all targets but the one that needs another root, over what is in
 * corpus/ and found/. "fuzz-replay SOURCE/ --list" prints the table.
 */
#include <dirent.h>
#include <stdlib.h>

#include "../unit/tap.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "fuzz.h"

static void run_file(const struct fuzz_target *target, const char *path)
{
	sr_auto_free char *bytes = NULL;
	size_t length;
	int error = sr_file_read(path, 16 << 20, &bytes, &length);

	must(!error, "%s: %s", path, strerror(-error));
	/* The last one that is named is the one that fails. */
	printf("# %s\n", path);
	fflush(stdout);
	target->run((uint8_t *)bytes, length);
}

static size_t run_folder(const struct fuzz_target *target, const char *kind)
{
	char folder[512], path[1024];
	struct dirent **entries;
	size_t run = 0;
	int count;

	snprintf(folder, sizeof(folder), "%stests/fuzz/%s/%s", fuzz_source, kind, target->name);
	count = scandir(folder, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
		if (*entries[i]->d_name != '.') {
			run_file(target, path);
			run++;
		}
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return run;
}

static void run_target(const struct fuzz_target *target, char **files)
{
	const char *why = NULL;
	char name[64];
	size_t count;

	if (target->begin && !target->begin(&why)) {
		tap_skip(target->name, why);
		return;
	}
	target->run((const uint8_t *)"", 0);
	for (count = 0; files[count]; count++)
		run_file(target, files[count]);
	if (!count)
		count = run_folder(target, "corpus") + run_folder(target, "found");
	snprintf(name, sizeof(name), "%s: %zu inputs", target->name, count);
	ok(count > 0, name);
}

static int list(void)
{
	for (size_t i = 0; i < fuzz_target_count; i++)
		printf("%s|%zu|%s\n", fuzz_targets[i].name, fuzz_targets[i].limit,
		       fuzz_targets[i].parsers);
	return 0;
}

int main(int count, char **arguments)
{
	const char *wanted = count > 2 ? arguments[2] : NULL;

	if (count < 2)
		return 1;
	fuzz_source = arguments[1];
	if (wanted && strcmp(wanted, "--list") == 0)
		return list();
	for (size_t i = 0; i < fuzz_target_count; i++) {
		bool meant = wanted ? strcmp(fuzz_targets[i].name, wanted) == 0
				    : strcmp(fuzz_targets[i].name, "tree") != 0;

		if (meant)
			run_target(&fuzz_targets[i], arguments + (count > 3 ? 3 : count));
	}
	return tap_done();
}
