// SPDX-License-Identifier: GPL-2.0-only
/*
 * What check-settled compares: a capture's enumeration and the signs that it has settled,
 * one a line, fields separated by tabs.
 * Usage: show-settled SYSROOT
 */
#include <stdio.h>

#include "judgement/settled.h"
#include "sources/sources.h"

static const char *const truths[] = { "unknown", "no", "yes" };

static const char *const states[] = {
	"unread", "ok", "partial", "incomplete", "absent", "hidden", "unreadable", "not used",
};

static const char *text_of(struct sr_text text)
{
	if (!text.known)
		return "?";
	return text.value ? text.value : "-";
}

static void show_enumeration(const struct sr_snapshot *snapshot)
{
	const struct sr_enumeration *enumeration = &snapshot->enumeration;
	const struct sr_source_note *note = &snapshot->notes[SR_SOURCE_ENUMERATION];
	const struct sr_port *port;
	const struct sr_pci_function *function;
	const struct sr_deferred_probe *probe;
	const struct sr_memdev *memdev;

	printf("source\t%s\t%s\n", states[note->state], note->detail ? note->detail : "");
	sr_for_each (port, &enumeration->ports)
		printf("%s\t%s\t%s\t%s\n", port->endpoint ? "endpoint" : "port", port->name,
		       text_of(port->driver), text_of(port->uport));
	printf("functions\t%zu\t%d\n", enumeration->functions.count, enumeration->functions_known);
	sr_for_each (function, &enumeration->functions)
		printf("function\t%s\t%06x\t%s\n", function->name, function->class_code,
		       text_of(function->driver));
	sr_for_each (memdev, &snapshot->memdevs)
		printf("host\t%s\t%s\t%#jx\t%s\n", memdev->name, text_of(memdev->host),
		       memdev->host_class.known ? (uintmax_t)memdev->host_class.value : 0,
		       text_of(memdev->host_driver));
	printf("deferred\t%s\t%zu\n", truths[enumeration->deferred_known],
	       enumeration->deferred.count);
	sr_for_each (probe, &enumeration->deferred)
		printf("probe\t%s\t%s\n", probe->device, probe->reason ? probe->reason : "-");
	printf("driver\t%s\n", truths[enumeration->dax_region_driver]);
	printf("udev\t%s\n", truths[enumeration->udev_busy]);
}

int main(int count, char **arguments)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = NULL;
	sr_auto_settle_signs struct sr_settle_signs *signs = NULL;
	struct sr_reason reason = { 0 };
	const struct sr_settle_sign *sign;

	if (count != 2)
		return 1;
	if (sr_snapshot_read(arguments[1], &snapshot, &reason)) {
		fprintf(stderr, "%s\n", reason.text);
		return 2;
	}
	show_enumeration(snapshot);
	if (sr_settle_judge(snapshot, &signs))
		return 2;
	printf("settled\t%s\n", truths[signs->settled]);
	sr_for_each (sign, &signs->signs)
		printf("sign\t%s\t%s\t%s\n", sign->name,
		       sign->pending ? "pending" : truths[sign->settled], sign->text);
	return 0;
}
