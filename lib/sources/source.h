/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Inside the sources: each reads one thing into the snapshot and says in its note
 * how that went. A source returns 0 also where it found nothing or was refused;
 * only -ENOMEM ends the reading.
 */
#pragma once

#include <errno.h>

#include "snapshot/snapshot.h"

struct sr_source_context {
	struct sr_snapshot *snapshot;
	bool live;     /* a machine as it runs, or ran when it was captured with a manifest */
	bool recorded; /* of the latter: device nodes and programs are files of the capture */
	const struct sr_sos_devices *sos_devices; /* a sosreport's; NULL: it is none */
};

int sr_read_kernel(struct sr_source_context *context);
int sr_read_iomem(struct sr_source_context *context);
int sr_read_firmware_memmap(struct sr_source_context *context);
int sr_read_kernel_log(struct sr_source_context *context);
int sr_read_cxl(struct sr_source_context *context);
int sr_read_hmem(struct sr_source_context *context);
int sr_read_dax(struct sr_source_context *context);
int sr_read_memory_blocks(struct sr_source_context *context);
int sr_read_modules(struct sr_source_context *context);
int sr_read_acpi(struct sr_source_context *context);
int sr_read_enumeration(struct sr_source_context *context);
int sr_read_dmi(struct sr_source_context *context);

/* Sets the note of @source; @format may be NULL. 0 or -ENOMEM. */
int sr_note(struct sr_source_context *context, enum sr_source_id source, enum sr_source_state state,
	    const char *path, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Devices of which a value that decides could not be read. */
struct sr_unreadable {
	size_t count;
	const char *first; /* the name of one; the caller's */
};

void sr_unreadable_add(struct sr_unreadable *unreadable, const char *name);

/*
 * The note of a source that reads devices: which could not be read, and which of them
 * @library left out (@left_out of them, @left_out_first one). 0 or -ENOMEM.
 */
int sr_note_devices(struct sr_source_context *context, enum sr_source_id source, const char *path,
		    const struct sr_unreadable *unreadable, const char *library, size_t left_out,
		    const char *left_out_first);

/* The state that an errno of open(2) or read(2) means: absent, hidden or unreadable. */
enum sr_source_state sr_state_of_error(int error);
