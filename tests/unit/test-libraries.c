// SPDX-License-Identifier: GPL-2.0-only
/* libraries/: what is loaded where it is needed, and what is said where it cannot be. */
#include <errno.h>
#include <string.h>

#include "libraries/libarchive.h"
#include "libraries/libcxl.h"
#include "libraries/libdaxctl.h"
#include "libraries/libkmod.h"
#include "tap.h"

/* Each has all that is asked of it, in this release. */
static void test_all(void)
{
	struct sr_reason reason = { "" };
	struct sr_libarchive archive;
	struct sr_libdaxctl daxctl;
	struct sr_libkmod kmod;
	struct sr_libcxl cxl;

	is_number((uint64_t)sr_libarchive_load(&archive, &reason), 0, "libarchive is loaded");
	is_number((uint64_t)sr_libcxl_load(&cxl, &reason), 0, "libcxl is loaded");
	is_number((uint64_t)sr_libdaxctl_load(&daxctl, &reason), 0, "libdaxctl is loaded");
	is_number((uint64_t)sr_libkmod_load(&kmod, &reason), 0, "libkmod is loaded");
	is_text(reason.text, "", "and nothing is said");
}

/* The members are those of the names: what was made can be used, and given back. */
static void test_used(void)
{
	struct cxl_ctx *cxl_context = NULL;
	struct daxctl_ctx *dax_context = NULL;
	struct archive *archive;
	struct sr_libarchive libarchive;
	struct sr_libdaxctl libdaxctl;
	struct sr_libcxl libcxl;

	if (sr_libarchive_load(&libarchive, NULL) || sr_libcxl_load(&libcxl, NULL) ||
	    sr_libdaxctl_load(&libdaxctl, NULL))
		return;
	is_number((uint64_t)libcxl.new(&cxl_context), 0, "libcxl's context is made");
	libcxl.unref(cxl_context);
	is_number((uint64_t)libdaxctl.new(&dax_context), 0, "libdaxctl's context is made");
	libdaxctl.unref(dax_context);
	archive = sr_libarchive_reader(&libarchive);
	ok(archive, "libarchive's reader is made");
	libarchive.read_free(archive);
}

static void test_absent(void)
{
	static const char *const names[] = { "anything" };
	struct sr_library library = { "libcxl-sr-is-none.so.0", "cxl-sr-none", names, 1 };
	struct sr_reason reason = { "" };
	void *function = &library;

	is_number((uint64_t)sr_library_load(&library, &function, &reason), (uint64_t)-ENOPKG,
		  "a library that is not there is not loaded");
	ok(strstr(reason.text, "No such file or directory; cxl-sr-none has it"),
	   "the reason says what to install");
	ok(function == &library, "and nothing is set");
}

/* Not one pointer of it is set: a NULL among them would be called. */
static void test_old(void)
{
	static const char *const names[] = { "kmod_new", "kmod_of_next_century", "kmod_unref" };
	struct sr_library library = { "libkmod.so.2", "libkmod2", names, 3 };
	struct sr_reason reason = { "" };
	void *functions[3] = { NULL };

	is_number((uint64_t)sr_library_load(&library, functions, &reason), (uint64_t)-ENOPKG,
		  "a library without a function of the table is not loaded");
	is_text(reason.text, "libkmod.so.2 has no kmod_of_next_century: it is too old",
		"the reason names it");
	ok(!functions[0] && !functions[2], "and no function is set");
}

int main(void)
{
	test_all();
	test_used();
	test_absent();
	test_old();
	return tap_done();
}
