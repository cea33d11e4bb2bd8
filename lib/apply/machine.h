/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The machine that apply acts on, behind the few operations that it needs: the running
 * kernel, or in tests a folder that is laid out like / or a model of a kernel.
 *
 * Nothing here interprets: what an operation may be used for is decided by actions.h.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/directory.h"
#include "base/reason.h"

/* Above any name of a device, driver or module, with its NUL. */
#define SR_DEVICE_NAME_SIZE 64

struct sr_machine_ops {
	/* As sr_attribute_read(), of an absolute path. */
	int (*read)(void *data, const char *path, char *buffer, size_t size);
	/* As sr_file_read(). */
	int (*file)(void *data, const char *path, size_t limit, char **ret_text);
	/* As sr_link_read(): 0, 1 where there is no such link, -errno. */
	int (*link)(void *data, const char *path, char *buffer, size_t size);
	/* As sr_names_read(). */
	int (*list)(void *data, const char *path, const char *pattern, size_t limit,
		    struct sr_names *ret_names);
	/* Writes all of @value in one write(2), never again: 0 or -errno. */
	int (*write)(void *data, const char *path, const char *value);
	/* Loads a module with what it depends on, or removes this one alone, unforced. */
	int (*load)(void *data, const char *module, struct sr_reason *reason);
	int (*unload)(void *data, const char *module, struct sr_reason *reason);
	/* Lets the kernel work. */
	void (*pause)(void *data, unsigned int milliseconds);
	/* Milliseconds of a clock that is never set. */
	uint64_t (*now)(void *data);
};

struct sr_machine {
	const struct sr_machine_ops *ops;
	void *data;	  /* of the operations */
	const char *root; /* stands before the paths of the lock, the journal and /dev; "" is / */
};

/*
 * The running kernel; @root is "" but in tests. All writes go to sysfs, which is checked.
 * The machine points to @root, which must outlive it; it needs no freeing.
 */
struct sr_machine sr_machine_live(const char *root);

/* "DIRECTORY/NAME" of the machine, in @buffer. Errors as the operations, -ENAMETOOLONG. */
int sr_machine_read(const struct sr_machine *machine, const char *directory, const char *name,
		    char *buffer, size_t size);

/* A number, in any base that sr_number_parse() reads. -EBADMSG where it is none. */
int sr_machine_u64(const struct sr_machine *machine, const char *directory, const char *name,
		   uint64_t *ret_value);

/* 1 and the last component of a link, 0 and "" where there is no such link, -errno. */
int sr_machine_link_base(const struct sr_machine *machine, const char *directory, const char *name,
			 char *buffer, size_t size);

/* ROOT and @path in @buffer. -ENAMETOOLONG. */
int sr_machine_path(const struct sr_machine *machine, const char *path, char *buffer, size_t size);
