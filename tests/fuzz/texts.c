// SPDX-License-Identifier: GPL-2.0-only
/* Small texts of the kernel and of depmod, and those that a capture has masked. */
#include <string.h>

#include "base/cleanup.h"
#include "capture/mask.h"
#include "snapshot/command-line.h"
#include "sources/deferred-text.h"
#include "sources/module-files.h"
#include "sysroot/name.h"
#include "targets.h"
#include "uevent.h"

/* Options are in order, not empty, begin and end with something, and are all there are. */
FUZZ_RUN(fuzz_command_line)
{
	sr_auto_free char *text = fuzz_text(data, size);
	const struct sr_kernel kernel = { .command_line = sr_text_of(text) };
	struct sr_kernel_option option;
	const char *at = text, *before = text;

	while (sr_kernel_option_next(&at, &option)) {
		must(option.length && option.text >= before, "no option");
		must(option.text + option.length <= at && at <= text + size, "not of the text");
		before = at;
	}
	sr_kernel_has_word(&kernel, "module_blacklist=", "cxl_acpi");
	sr_kernel_has_word(&kernel, "modprobe.blacklist=", "dax_hmem");
}

FUZZ_RUN(fuzz_deferred)
{
	sr_auto_free char *text = fuzz_text(data, size);
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	const struct sr_deferred_probe *probe;

	must(!sr_deferred_parse(snapshot, text, size), "no memory");
	must(snapshot->enumeration.deferred_known != SR_UNKNOWN, "read, and not known");
	sr_for_each (probe, &snapshot->enumeration.deferred) {
		fuzz_must_be_printable(probe->device, strlen(probe->device), false);
		if (probe->reason)
			fuzz_must_be_printable(probe->reason, strlen(probe->reason), false);
	}
}

/* Text of modules.dep, and the names in it, no longer than a line of it. */
FUZZ_RUN(fuzz_modules)
{
	static const char *const names[] = { "dax_hmem", "cxl_acpi", "kmem", "" };
	sr_auto_free char *text = fuzz_text(data, size);
	const struct sr_module_files files = { .dependencies = text, .built_in = text };
	struct sr_pool *pool = sr_pool_new();

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct sr_text depends = { 0 };
		int found = sr_module_depends(&files, pool, names[i], &depends);

		must(found >= 0 && found == depends.known, "found %d", found);
		must(!depends.value || strlen(depends.value) <= size, "longer than its line");
		must(sr_module_is_built_in(&files, names[i]) == (found == 1), "found one way only");
	}
	sr_pool_free(pool);
}

FUZZ_RUN(fuzz_uevent)
{
	sr_auto_free char *text = fuzz_text(data, size);

	uevent_concerns_us(text, size);
}

/* What is masked stays as long as it is, and masking it again finds nothing more. */
FUZZ_RUN(fuzz_mask)
{
	bool (*mask)(char *, size_t) = size & 1 ? sr_mask_text : sr_mask_json;
	sr_auto_free char *text = fuzz_text(data, size);
	sr_auto_free char *again = NULL;

	mask(text, size);
	must(text[size] == '\0', "written behind the end");
	again = fuzz_text((const uint8_t *)text, size);
	must(!mask(again, size) && memcmp(text, again, size) == 0, "not wholly masked at once");
	sr_mask_host(text, size, "host-7");
}

/* Names in archives: what is clean is relative, leads nowhere else, and is clean. */
FUZZ_RUN(fuzz_name)
{
	sr_auto_free char *text = fuzz_text(data, size);
	char clean[SR_NAME_LENGTH], again[SR_NAME_LENGTH];

	if (sr_name_clean(text, clean, sizeof(clean)))
		return;
	must(*clean != '/' && strlen(clean) <= size, "not relative");
	must(!strstr(clean, "//") && strncmp(clean, "../", 3) != 0 && !strstr(clean, "/../"),
	     "leads out of it: %s", clean);
	must(!sr_name_clean(clean, again, sizeof(again)) && strcmp(clean, again) == 0,
	     "not clean: %s", clean);
	sr_name_is_wanted(clean);
	sr_name_printable(clean);
	fuzz_must_be_printable(clean, strlen(clean), false);
}
