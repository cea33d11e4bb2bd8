// SPDX-License-Identifier: GPL-2.0-only
/* base/program.h: programs that every system has, with bounds. */
#include "base/program.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "tap.h"

#define AMPLE 20000

static void test_output(void)
{
	static const char *const arguments[] = { "sh", "-c", "echo $LC_ALL; cat; exit 3", NULL };
	struct sr_output output = { 0 };
	int status = -1;

	ok(sr_program_read(arguments, 100, AMPLE, &output, &status) == 0, "it runs");
	is_text(output.text, "C\n", "what it says, in the locale C and with nothing to read");
	is_number(output.length, 2, "as long as it is");
	is_number((uint64_t)status, 3, "its exit status");
	free(output.text);
}

static void test_failures(void)
{
	static const char *const missing[] = { "no-such-program-of-cxl-sr", NULL };
	static const char *const endless[] = { "sh", "-c", "while :; do :; done", NULL };
	static const char *const talker[] = { "sh", "-c", "while :; do echo x; done", NULL };
	static const char *const killed[] = { "sh", "-c", "kill -9 $$", NULL };
	struct sr_output output = { 0 };
	int status = -1;

	is_number((uint64_t)-sr_program_read(missing, 100, AMPLE, &output, &status), ENOENT,
		  "not there");
	is_number((uint64_t)-sr_program_read(endless, 100, 100, &output, &status), ETIME,
		  "it does not end");
	is_number((uint64_t)-sr_program_read(talker, 100, AMPLE, &output, &status), EFBIG,
		  "it says too much");
	ok(!output.text && status == -1, "nothing is returned then");
	ok(sr_program_read(killed, 100, AMPLE, &output, &status) == 0, "killed");
	is_number((uint64_t)status, 128 + 9, "its signal");
	free(output.text);
}

/* What is first in PATH may be anybody's. */
static void test_path(void)
{
	static const char *const arguments[] = { "sh", "-c", "echo $PATH", NULL };
	struct sr_output output = { 0 };
	int status;

	setenv("PATH", "/nonexistent", 1);
	ok(sr_program_read(arguments, 100, AMPLE, &output, &status) == 0, "PATH is not used");
	is_text(output.text, "/usr/sbin:/usr/bin:/sbin:/bin\n", "nor handed on");
	free(output.text);
}

int main(void)
{
	test_output();
	test_failures();
	test_path();
	return tap_done();
}
