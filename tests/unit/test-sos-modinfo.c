// SPDX-License-Identifier: GPL-2.0-only
/* sources/sos-modinfo.h: what modinfo and lsmod print, good and broken. */
#include "sources/sos-modinfo.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "build.h"
#include "mutation.h"
#include "sos-texts.h"
#include "tap.h"

#define ROUNDS 4000

/* All softdeps of the module, "|" behind each; NULL where the text does not have it. */
static const char *softdeps_of(const char *text, const char *name)
{
	static char joined[512];
	const char *at = NULL;
	size_t used = 0, length;
	bool has = false;

	*joined = '\0';
	while ((at = sr_modinfo_softdep(text, name, at, &length, &has)))
		used += (size_t)snprintf(joined + used, sizeof(joined) - used, "%.*s|", (int)length,
					 at);
	return has ? joined : NULL;
}

static void test_modinfo(void)
{
	is_text(softdeps_of(sos_modinfo, "dax_hmem"), "pre: cxl_acpi|post: kmem|", "of its block");
	is_text(softdeps_of(sos_modinfo, "dax_cxl"), "", "it has none");
	is_text(softdeps_of(sos_modinfo, "cxl_acpi"), NULL, "it is not there");
	is_text(softdeps_of("", "cxl_acpi"), NULL, "nothing is");
	is_text(softdeps_of("softdep: pre: a\n", "a"), NULL, "of no module");
	is_text(softdeps_of("filename: kmem.ko\nsoftdep: pre: a", "kmem"), "pre: a|", "no end");
	is_text(softdeps_of("filename:\nsoftdep: pre: a\n", "kmem"), NULL, "no name");
}

static void test_lsmod(void)
{
	static const char lsmod[] = "Module                  Size  Used by\n"
				    "dax_hmem               16384  0\nkmem  16384  0\n";

	ok(sr_lsmod_is_whole(lsmod), "what lsmod prints");
	ok(sr_lsmod_has(lsmod, "kmem") && sr_lsmod_has(lsmod, "dax_hmem"), "those that it has");
	ok(!sr_lsmod_has(lsmod, "dax") && !sr_lsmod_has(lsmod, "Module"), "and none else");
	ok(!sr_lsmod_is_whole("") && !sr_lsmod_is_whole("kmem 1 0\n"), "without its head");
	ok(!sr_lsmod_is_whole("Module Size Used by\nkmem  163"), "cut off");
}

static void test_damaged(void)
{
	uint64_t state = 20260301;
	size_t insane = 0, found = 0;

	for (int round = 0; round < ROUNDS; round++) {
		sr_auto_free char *copy = build_need(malloc(sizeof(sos_modinfo)));
		const char *at = NULL;
		size_t length;

		mutate(sos_modinfo, sizeof(sos_modinfo) - 1, copy, &state);
		while ((at = sr_modinfo_softdep(copy, "dax_hmem", at, &length, NULL))) {
			insane += length > strlen(at);
			found++;
		}
		sr_lsmod_has(copy, "kmem");
	}
	is_number(insane, 0, "damaged texts");
	ok(found > 100, "of which some can be read");
}

int main(void)
{
	test_modinfo();
	test_lsmod();
	test_damaged();
	return tap_done();
}
