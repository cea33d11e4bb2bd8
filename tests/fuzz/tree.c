// SPDX-License-Identifier: GPL-2.0-only
/*
 * A whole captured machine, changed here and there: an input names files of it and what is in
 * them instead. All sources read it as the program does, behind chroot(2), and everything is
 * made of the report. The reading is a thread of its own, as only that can have another root
 * while the fuzzer keeps its own.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../unit/judged.h"
#include "everything.h"
#include "base/cleanup.h"
#include "base/directory.h"
#include "sandbox/capabilities.h"
#include "scratch.h"
#include "sources/sources.h"
#include "sysroot/archive.h"
#include "sysroot/name.h"
#include "sysroot/folder.h"
#include "sysroot/supply.h"
#include "targets.h"

#define FILE_LIMIT    4096
#define CHANGE_LIMIT  8
#define CONTENT_LIMIT 0x20000

struct file {
	char *path; /* below the root */
	bool link;
	char *content; /* or target */
	size_t length;
};

struct base {
	int root;
	size_t count;
	struct file files[FILE_LIMIT];
};

static const char *const captures[] = {
	"larger@7.3.tgz",
	"exact@6.12.tgz",
	"srat-split@7.3.tgz",
	"sosreport-larger@7.3.tar.xz",
};

#define BASE_COUNT (sizeof(captures) / sizeof(*captures))

static struct base bases[BASE_COUNT];

/* Nobody reads these, and they are most of all files. */
static bool is_dull(const char *name)
{
	return strcmp(name, "power") == 0 || strcmp(name, "wakeup") == 0 ||
	       strcmp(name, "config") == 0 || strcmp(name, "memory_tiering") == 0;
}

static void keep(struct base *base, const char *path, bool link)
{
	static char content[CONTENT_LIMIT];
	sr_auto_close int fd = link ? -1 : openat(base->root, path, O_RDONLY | O_CLOEXEC);
	ssize_t length = link ? readlinkat(base->root, path, content, sizeof(content))
			      : read(fd, content, sizeof(content));

	if (length < 0 || base->count == FILE_LIMIT)
		return;
	base->files[base->count++] = (struct file){
		.path = strdup(path),
		.link = link,
		.content = fuzz_text((uint8_t *)content, (size_t)length),
		.length = (size_t)length,
	};
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void keep_all(struct base *base, const char *folder)
{
	struct dirent **entries;
	int count = scandirat(base->root, *folder ? folder : ".", &entries, NULL, compare_names);

	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		char path[SR_NAME_LENGTH];

		snprintf(path, sizeof(path), "%s%s%s", folder, *folder ? "/" : "", name);
		if (entries[i]->d_type == DT_DIR && *name != '.' && !is_dull(name))
			keep_all(base, path);
		else if (entries[i]->d_type == DT_REG || entries[i]->d_type == DT_LNK)
			if (!is_dull(name))
				keep(base, path, entries[i]->d_type == DT_LNK);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static bool enter(const struct base *base)
{
	struct sr_capabilities before;

	return unshare(CLONE_FS) == 0 && fchdir(base->root) == 0 && chroot(".") == 0 &&
	       chdir("/") == 0 && sr_capabilities_reduce(&before) == 0;
}

static void in_thread(void *(*run)(void *), void *argument)
{
	pthread_t thread;

	must(!pthread_create(&thread, NULL, run, argument) && !pthread_join(thread, NULL),
	     "no thread");
}

/* The base, or NULL where its root cannot be entered. */
static void *supply(void *argument)
{
	struct sr_reason reason = { "" };
	struct base **base = argument;

	if (!enter(*base) || sr_supply_devices(&reason))
		*base = NULL;
	return NULL;
}

static const char *unpack(const struct sr_libarchive *library, struct base *base, const char *name)
{
	static struct sr_reason reason;
	struct base *supplied = base;
	char folder[64], path[4096];
	sr_auto_close int fd = -1, scratch = -1;

	snprintf(path, sizeof(path), "%stests/captures/%s", fuzz_source, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || !scratch_make(folder, sizeof(folder)))
		return "no capture, or no folder for it";
	scratch = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (sr_archive_unpack(library, fd, scratch, &reason) ||
	    sr_folder_find_root(scratch, &base->root, &reason))
		return reason.text;
	keep_all(base, "");
	in_thread(supply, &supplied);
	return supplied ? NULL : "chroot is not permitted";
}

bool fuzz_tree_begin(const char **ret_why)
{
	static struct sr_reason reason;
	struct sr_libarchive library;

	if (geteuid() != 0 && unshare(CLONE_NEWUSER) != 0) {
		*ret_why = "neither root nor user namespaces";
		return false;
	}
	if (sr_libarchive_load(&library, &reason)) {
		*ret_why = reason.text;
		return false;
	}
	for (size_t i = 0; i < BASE_COUNT; i++) {
		*ret_why = unpack(&library, &bases[i], captures[i]);
		if (*ret_why)
			return false;
	}
	return true;
}

static void put(const struct base *base, const struct file *file, const char *content,
		size_t length)
{
	sr_auto_close int fd = -1;

	unlinkat(base->root, file->path, 0);
	if (file->link) {
		sr_auto_free char *target = fuzz_text((const uint8_t *)content, length);

		/* One of no length is none; such a change is a removal. */
		if (symlinkat(target, base->root, file->path) < 0)
			return;
		return;
	}
	fd = openat(base->root, file->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	must(fd >= 0 && write(fd, content, length) == (ssize_t)length, "%s: %s", file->path,
	     strerror(errno));
}

static void change(const struct base *base, const struct file *file, struct fuzz_bytes *bytes)
{
	sr_auto_free char *copy = fuzz_text((uint8_t *)file->content, file->length);
	uint8_t operation = fuzz_byte(bytes);
	size_t at = fuzz_u16(bytes), length;

	switch (operation % 5) {
	case 0:
		unlinkat(base->root, file->path, 0);
		return;
	case 1: /* other content, of any bytes */
		length = at % 512 < fuzz_left(bytes) ? at % 512 : fuzz_left(bytes);
		put(base, file, (const char *)bytes->at, length);
		bytes->at += length;
		return;
	case 2: /* that of another file */
		file = &base->files[at % base->count];
		put(base, &(struct file){ .path = file->path, .link = file->link }, copy,
		    strlen(copy));
		return;
	case 3: /* less of it */
		put(base, file, copy, file->length ? at % file->length : 0);
		return;
	default: /* a few bytes of it */
		for (int i = 0; i < 1 + operation / 64 && file->length; i++)
			copy[(at + (size_t)i) % file->length] = (char)fuzz_byte(bytes);
		put(base, file, copy, file->length);
	}
}

struct reading {
	const struct base *base;
	struct sr_snapshot *snapshot;
};

static void *read_all(void *argument)
{
	struct reading *reading = argument;
	struct sr_reason reason = { "" };
	int error;

	must(enter(reading->base), "its root cannot be entered");
	error = sr_sources_read_captured(reading->snapshot, "it", &reason);
	must(!error == !*reason.text && error != -ENOMEM, "no reason for %d", error);
	return NULL;
}

FUZZ_RUN(fuzz_tree)
{
	struct fuzz_bytes bytes = { data, data + size };
	const struct base *base = &bases[fuzz_byte(&bytes) % BASE_COUNT];
	sr_auto_snapshot struct sr_snapshot *snapshot = sr_snapshot_new();
	sr_auto_report struct sr_report *report = NULL;
	const struct file *changed[2 * CHANGE_LIMIT];
	size_t count = 0;

	while (fuzz_left(&bytes) && count < CHANGE_LIMIT) {
		changed[count] = &base->files[fuzz_u16(&bytes) % base->count];
		change(base, changed[count++], &bytes);
	}
	in_thread(read_all, &(struct reading){ base, snapshot });
	/* From the last: the first change of a file saw it as it was. */
	while (count--)
		put(base, changed[count], changed[count]->content, changed[count]->length);
	report = judge(snapshot);
	fuzz_everything(report);
}
