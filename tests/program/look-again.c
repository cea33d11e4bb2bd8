// SPDX-License-Identifier: GPL-2.0-only
/*
 * What `cxl-sr watch` holds of memory and descriptors, in a process that looks as often as one
 * that has followed a machine for days.
 * Usage: look-again COUNT; prints bytes and descriptors after a tenth of the looks, and after all.
 */
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "watch.h"

static void look(struct watch *watch, bool json, bool anew)
{
	bool ended;

	watch->json = json;
	if (anew)
		watch->state = watch_state_free(watch->state);
	if (watch_look(watch, &ended) || ended)
		exit(1);
}

static void show(void)
{
	struct mallinfo2 now = mallinfo2();
	int fd = open("/", O_RDONLY | O_CLOEXEC);

	fprintf(stderr, "%zu %d\n", now.uordblks + now.hblkhd, fd);
	close(fd);
}

int main(int count, char **arguments)
{
	struct watch watch = { 0 };
	long looks = count == 2 ? strtol(arguments[1], NULL, 10) : 0;

	for (long i = 0; i < looks; i++) {
		/* Half of them have something to tell. */
		look(&watch, i % 4 < 2, i % 2);
		if (i + 1 == looks / 10 || i + 1 == looks)
			show();
	}
	watch_state_free(watch.state);
	return looks < 10;
}
