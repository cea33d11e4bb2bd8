// SPDX-License-Identifier: GPL-2.0-only
/* sources/module-files.h: what depmod(8) wrote, as text. */
#include "sources/module-files.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "tap.h"

#define auto_files sr_cleanup(sr_module_files_free) struct sr_module_files

static char folder[] = "/tmp/cxl-sr-test-XXXXXX";

static const char dependencies[] =
	"kernel/drivers/dax/dax_cxl.ko.zst: kernel/drivers/dax/hmem/dax_hmem.ko.zst "
	"kernel/drivers/cxl/core/cxl_core.ko.zst\n"
	"kernel/drivers/dax/hmem/dax_hmem.ko.xz:\n"
	"kernel/drivers/dax/device-dax.ko: kernel/a/b-c.ko\n"
	"kmem.ko:\n"
	"\n"
	"kernel/drivers/cxl/cxl_acpi.ko: kernel/drivers/cxl/core/cxl_core.ko";

static const char built_in[] = "kernel/drivers/cxl/cxl_port.ko\nkernel/mm/kmem-x.ko\n";

static void write_file(const char *name, const char *text)
{
	sr_auto_file FILE *file = fopen(name, "we");

	if (!file || fputs(text, file) < 0)
		abort();
}

/* What @name depends on: "(none)" where it is listed without any. */
static const char *depends(const struct sr_module_files *files, struct sr_pool *pool,
			   const char *name)
{
	struct sr_text found = { 0 };
	int listed = sr_module_depends(files, pool, name, &found);

	if (listed == 0)
		return found.known ? "set though not listed" : NULL;
	if (listed < 0 || !found.known)
		return "error";
	return found.value ? found.value : "(none)";
}

static void test_depends(void)
{
	auto_files files = { 0 };
	struct sr_pool *pool = sr_pool_new();

	write_file("modules.dep", dependencies);
	is_number((uint64_t)sr_module_files_read(folder, &files), 0, "read");
	is_text(depends(&files, pool, "dax_cxl"), "dax_hmem,cxl_core", "two, in their order");
	is_text(depends(&files, pool, "dax_hmem"), "(none)", "none, and compressed otherwise");
	is_text(depends(&files, pool, "device_dax"), "b_c", "dashes are underscores");
	is_text(depends(&files, pool, "kmem"), "(none)", "a path without a folder");
	is_text(depends(&files, pool, "cxl_acpi"), "cxl_core", "a last line without its end");
	is_text(depends(&files, pool, "cxl_core"), NULL, "what others depend on is not listed");
	is_text(depends(&files, pool, "dax"), NULL, "a part of a name is not listed");
	is_text(depends(&files, pool, "drivers"), NULL, "nor is a folder");
	sr_pool_free(pool);
}

static void test_built_in(void)
{
	auto_files files = { 0 };

	write_file("modules.builtin", built_in);
	is_number((uint64_t)sr_module_files_read(folder, &files), 0, "read");
	ok(sr_module_is_built_in(&files, "cxl_port"), "built in");
	ok(sr_module_is_built_in(&files, "kmem_x"), "built in, with a dash");
	ok(!sr_module_is_built_in(&files, "kmem"), "a longer name");
	ok(!sr_module_is_built_in(&files, "cxl"), "a folder");
}

static void test_missing(void)
{
	auto_files files = { 0 };
	struct sr_pool *pool = sr_pool_new();

	is_number((uint64_t)sr_module_files_read("/nowhere", &files), 0, "no folder, no error");
	ok(!files.dependencies && !files.built_in, "and no text");
	is_text(depends(&files, pool, "kmem"), NULL, "nothing is listed");
	ok(!sr_module_is_built_in(&files, "kmem"), "nor built in");
	sr_pool_free(pool);
}

static void test_odd_text(void)
{
	static const char *const texts[] = {
		"",
		"\n",
		":",
		"::::",
		":\n:\n",
		" ",
		"kmem",
		"kmem.ko",
		"kmem:",
		"kmem.ko: ",
		"kmem.ko:  \n",
		"/:/ /\n",
		"kmem.ko: / // /",
		".ko: .ko .ko\n",
		"\n\n\nkmem.ko:",
	};
	struct sr_pool *pool = sr_pool_new();

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		auto_files files = { 0 };
		const char *wanted = strstr(texts[i], "kmem") ? "(none)" : NULL;

		write_file("modules.dep", texts[i]);
		is_number((uint64_t)sr_module_files_read(folder, &files), 0, "read");
		is_text(depends(&files, pool, "kmem"), wanted, "an odd text");
		printf("# text %zu\n", i);
	}
	sr_pool_free(pool);
}

/* A name has at most 55 bytes (MODULE_NAME_LEN); a longer one must do no harm. */
static void test_long_name(void)
{
	auto_files files = { 0 };
	struct sr_pool *pool = sr_pool_new();
	char text[400] = "a/", *at = text + 2;

	memset(at, 'n', 300);
	strcpy(at + 300, ".ko: kmem.ko\n");
	write_file("modules.dep", text);
	is_number((uint64_t)sr_module_files_read(folder, &files), 0, "read");
	at[300] = '\0';
	is_text(depends(&files, pool, at), NULL, "a name beyond all bounds");
	sr_pool_free(pool);
}

/* A made capture can list a hundred thousand dependencies: 2 MB, not 40 GB of work. */
static void test_many(void)
{
	enum {
		COUNT = 100000
	};
	auto_files files = { 0 };
	struct sr_pool *pool = sr_pool_new();
	char *text = malloc(COUNT * 8 + 16), *at = text;
	clock_t begin = clock();
	const char *found;

	if (!text)
		abort();
	at = stpcpy(at, "kmem.ko:");
	for (int i = 0; i < COUNT; i++)
		at = stpcpy(at, " dep.ko");
	write_file("modules.dep", text);
	free(text);
	is_number((uint64_t)sr_module_files_read(folder, &files), 0, "read");
	found = depends(&files, pool, "kmem");
	ok(found && strncmp(found, "dep,dep,", 8) == 0, "many dependencies");
	is_number(found ? strlen(found) : 0, COUNT * 4 - 1, "all of them");
	ok(clock() - begin < 20 * CLOCKS_PER_SEC, "in a time in proportion");
	sr_pool_free(pool);
}

int main(void)
{
	if (!mkdtemp(folder) || chdir(folder) != 0)
		return 1;
	test_depends();
	test_built_in();
	test_missing();
	test_odd_text();
	test_long_name();
	test_many();
	unlink("modules.dep");
	unlink("modules.builtin");
	rmdir(folder);
	return tap_done();
}
