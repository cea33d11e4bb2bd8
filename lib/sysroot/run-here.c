// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * In the place of run.c where this process itself has to do the work, so that what watches it
 * sees all: builds with sanitizers, with coverage or for fuzzing, and the program that valgrind
 * runs. There is no sandbox then, but a root and reduced capabilities (sysroot.c). What is
 * installed never has this: no option, no file and no variable chooses it.
 */
#include "sysroot/run.h"

#include <errno.h>
#include <stdlib.h>

#include "base/text-stream.h"
#include "sysroot/sysroot.h"

int sr_sysroot_run(const char *path, int (*work)(void *data, FILE *out, struct sr_reason *reason),
		   void *data, struct sr_found *ret_found, struct sr_reason *reason)
{
	struct sr_sysroot *sysroot;
	struct sr_found found = { 0 };
	int error = sr_sysroot_enter(path, &sysroot, reason), leaving;
	FILE *out;

	if (error)
		return error;
	out = sr_text_open(&found.bytes, &found.length);
	error = out ? work(data, out, reason) : sr_fail(reason, -ENOMEM, "out of memory");
	if (out && sr_text_close(out) && !error)
		error = sr_fail(reason, -ENOMEM, "out of memory");
	leaving = sr_sysroot_leave(sysroot, error ? NULL : reason);
	error = error ? error : leaving;
	if (error) {
		free(found.bytes);
		return error;
	}
	reason->text[0] = '\0';
	*ret_found = found;
	return 0;
}
