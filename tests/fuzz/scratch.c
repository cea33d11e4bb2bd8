// SPDX-License-Identifier: GPL-2.0-only
#include "scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MOST 4

static char made[MOST][64];
static size_t count;

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	remove(path);
	return 0;
}

void scratch_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void remove_all(void)
{
	while (count)
		scratch_remove(made[--count]);
}

bool scratch_make(char *path, size_t size)
{
	const char *folder = getenv("CXL_SR_FUZZ_SCRATCH");

	if (!folder)
		folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	if (count == MOST)
		return false;
	snprintf(made[count], sizeof(made[count]), "%s/cxl-sr-fuzz-XXXXXX", folder);
	if (!mkdtemp(made[count]))
		return false;
	snprintf(path, size, "%s", made[count]);
	if (count++ == 0)
		atexit(remove_all);
	return true;
}
