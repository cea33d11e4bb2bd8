/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model of the kernel behind the operations of apply/machine.h: what it shows is made here,
 * how it reacts to writes is in fake-reactions.h. It holds no pointer and lies in memory that is
 * shared with children, so that a test can kill a process and go on with the machine.
 */
#pragma once

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "apply-root.h"
#include "apply/machine.h"

#define FAKE_BLOCK  UINT64_C(0x8000000)
#define FAKE_BASE   UINT64_C(0x1290000000)
#define FAKE_WINDOW UINT64_C(0x100000000)
#define FAKE_ACPI   "../../../devices/platform/ACPI0017:00/root0"

#define FAKE_REGIONS 2
#define FAKE_DAXES   6
#define FAKE_BLOCKS  16
#define FAKE_NODES   400

struct fake_region {
	bool there, bound, dax_bound;
	bool committed; /* in hardware: it comes back with the driver */
	bool locked;
	bool accelerator;
	uint64_t start, size;
};

struct fake_hmem {
	bool there, bound;
	uint64_t start, size;
};

struct fake_dax {
	bool there;
	bool of_hmem;
	int x, y; /* daxX.Y; X is the number of its region or hmem.X */
	uint64_t start, size;
	char driver[32];
	bool unplugged;
};

struct fake_block {
	bool there, online, movable, stuck;
};

struct fake_node {
	char path[160], text[128];
	bool is_link;
};

struct fake {
	struct fake_region regions[FAKE_REGIONS];
	struct fake_hmem hmems[8]; /* by number */
	struct fake_dax daxes[FAKE_DAXES];
	struct fake_block blocks[FAKE_BLOCKS]; /* from FAKE_BASE */
	char auto_online[24];
	bool cxl_acpi, cxl_mem, dax_cxl, kmem_module;
	bool no_dax_hmem;
	bool acpi_used; /* its count of references */
	bool pmem;
	bool platform_bound;
	bool has_state;	     /* v7.3 */
	bool is_mute;	     /* decoders do not say whether they are locked */
	bool is_old;	     /* before v7.1: locked decoders are reset as well */
	uint64_t kmem_limit; /* above 0: kmem binds what ends below it or starts at it */
	uint64_t clock;
	char holder[32]; /* the device that process 42 has open */
	/* The nevers, as they would come true. */
	bool leaked, lost;
	/* Faults: each counts the operations from 1. */
	unsigned int writes, fail_write, die_before, die_after;
	unsigned int reads, fail_read;
	unsigned int events, die_event;
	int error;	   /* that failing ones return; 0: they do nothing, and say nothing */
	bool takes_effect; /* a failing write has done its work */
	/* What is shown. */
	bool dirty;
	size_t count;
	struct fake_node nodes[FAKE_NODES];
};

static inline struct fake *fake_new(void)
{
	struct fake *fake = mmap(NULL, sizeof(*fake), PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return fake == MAP_FAILED ? NULL : fake;
}

__attribute__((format(printf, 4, 5))) static inline void fake_put(struct fake *fake, bool is_link,
								  const char *path,
								  const char *format, ...)
{
	struct fake_node *node;
	va_list arguments;

	if (fake->count == FAKE_NODES)
		abort();
	node = &fake->nodes[fake->count++];
	snprintf(node->path, sizeof(node->path), "%s", path);
	va_start(arguments, format);
	vsnprintf(node->text, sizeof(node->text), format, arguments);
	va_end(arguments);
	node->is_link = is_link;
}

/* "FOLDER/NAME"; good until the next call. */
static inline const char *fake_join(const char *folder, const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static inline void show_block(struct fake *fake, unsigned int index)
{
	const struct fake_block *block = &fake->blocks[index];
	char folder[96];

	snprintf(folder, sizeof(folder), "/sys/devices/system/memory/memory%" PRIu64,
		 FAKE_BASE / FAKE_BLOCK + index);
	fake_put(fake, false, fake_join(folder, "state"), block->online ? "online" : "offline");
	fake_put(fake, false, fake_join(folder, "valid_zones"), "%s",
		 !block->online	  ? "Normal Movable"
		 : block->movable ? "Movable"
				  : "Normal");
	fake_put(fake, false, fake_join(folder, "removable"), "1");
}

static inline void fake_parent(const struct fake_dax *dax, char *buffer, size_t size)
{
	if (dax->of_hmem)
		snprintf(buffer, size, "../../../devices/platform/hmem_platform.0/hmem.%d", dax->x);
	else
		snprintf(buffer, size, FAKE_ACPI "/decoder0.0/region%d/dax_region%d", dax->x,
			 dax->x);
}

static inline void show_dax(struct fake *fake, const struct fake_dax *dax)
{
	char folder[64], parent[128];

	snprintf(folder, sizeof(folder), "/sys/bus/dax/devices/dax%d.%d", dax->x, dax->y);
	fake_parent(dax, parent, sizeof(parent));
	fake_put(fake, true, folder, "%s/dax%d.%d", parent, dax->x, dax->y);
	if (dax->driver[0])
		fake_put(fake, true, fake_join(folder, "driver"), "../../../../bus/dax/drivers/%s",
			 dax->driver);
	fake_put(fake, false, fake_join(folder, "size"), "%" PRIu64, dax->size);
	fake_put(fake, false, fake_join(folder, "target_node"), "1");
	fake_put(fake, false, fake_join(folder, "resource"), "%#" PRIx64, dax->start);
	if (fake->has_state && strcmp(dax->driver, "kmem") == 0)
		fake_put(fake, false, fake_join(folder, "state"), "%s",
			 dax->unplugged ? "unplugged" : "online");
	if (dax->size) {
		fake_put(fake, false, fake_join(folder, "mapping0/start"), "%#" PRIx64, dax->start);
		fake_put(fake, false, fake_join(folder, "mapping0/end"), "%#" PRIx64,
			 dax->start + dax->size - 1);
	}
}

static inline void fake_region_range(const struct fake *fake, bool of_hmem, int x,
				     uint64_t *ret_start, uint64_t *ret_size)
{
	*ret_start = of_hmem ? fake->hmems[x].start : fake->regions[x].start;
	*ret_size = of_hmem ? fake->hmems[x].size : fake->regions[x].size;
}

static inline uint64_t fake_available(const struct fake *fake, bool of_hmem, int x)
{
	uint64_t start, available;

	fake_region_range(fake, of_hmem, x, &start, &available);
	for (int i = 0; i < FAKE_DAXES; i++) {
		const struct fake_dax *dax = &fake->daxes[i];

		if (dax->there && dax->of_hmem == of_hmem && dax->x == x)
			available -= dax->size;
	}
	return available;
}

static inline void show_region(struct fake *fake, int index)
{
	const struct fake_region *region = &fake->regions[index];
	char folder[64];

	snprintf(folder, sizeof(folder), "/sys/bus/cxl/devices/region%d", index);
	fake_put(fake, true, folder, FAKE_ACPI "/decoder0.0/region%d", index);
	if (region->bound)
		fake_put(fake, true, fake_join(folder, "driver"),
			 "../../../../bus/cxl/drivers/cxl_region");
	fake_put(fake, false, fake_join(folder, "commit"), "%d", region->committed);
	if (!fake->is_old)
		fake_put(fake, false, fake_join(folder, "locked"), "%d", region->locked);
	fake_put(fake, false, fake_join(folder, "target0"), "decoder3.%d", index);
	if (!region->bound)
		return;
	snprintf(folder, sizeof(folder), "/sys/bus/cxl/devices/dax_region%d", index);
	fake_put(fake, true, folder, FAKE_ACPI "/decoder0.0/region%d/dax_region%d", index, index);
	if (!region->dax_bound)
		return;
	fake_put(fake, true, fake_join(folder, "driver"),
		 "../../../../bus/cxl/drivers/cxl_dax_region");
	snprintf(folder, sizeof(folder), "region%d/dax_region%d/dax_region/available_size", index,
		 index);
	fake_put(fake, false,
		 fake_join("/sys/devices/platform/ACPI0017:00/root0/decoder0.0", folder),
		 "%" PRIu64, fake_available(fake, false, index));
}

static inline void show_decoder(struct fake *fake, int index)
{
	const struct fake_region *region = &fake->regions[index];
	char folder[64];

	snprintf(folder, sizeof(folder), "/sys/bus/cxl/devices/decoder3.%d", index);
	fake_put(fake, true, folder, FAKE_ACPI "/port1/endpoint3/decoder3.%d", index);
	fake_put(fake, false, fake_join(folder, "start"), "%#" PRIx64, region->start);
	fake_put(fake, false, fake_join(folder, "size"), "%#" PRIx64,
		 region->committed ? region->size : 0);
	if (!fake->is_mute)
		fake_put(fake, false, fake_join(folder, "locked"), "%d", region->locked);
	fake_put(fake, false, fake_join(folder, "target_type"), "%s",
		 region->accelerator ? "accelerator" : "expander");
}

static inline void show_cxl(struct fake *fake)
{
	fake_put(fake, true, "/sys/bus/cxl/devices/root0", FAKE_ACPI);
	fake_put(fake, true, "/sys/bus/cxl/devices/decoder0.0", FAKE_ACPI "/decoder0.0");
	fake_put(fake, false, "/sys/bus/cxl/devices/decoder0.0/start", "%#" PRIx64, FAKE_BASE);
	fake_put(fake, false, "/sys/bus/cxl/devices/decoder0.0/size", "%#" PRIx64, FAKE_WINDOW);
	for (int i = 0; i < FAKE_REGIONS; i++) {
		if (fake->regions[i].size)
			show_decoder(fake, i);
		if (fake->regions[i].there)
			show_region(fake, i);
	}
	if (fake->pmem)
		fake_put(fake, true, "/sys/bus/cxl/devices/pmem_region7",
			 FAKE_ACPI "/pmem_region7");
	fake_put(fake, false, "/proc/iomem", "%" PRIx64 "-%" PRIx64 " : CXL Window 0\n", FAKE_BASE,
		 FAKE_BASE + FAKE_WINDOW - 1);
}

static inline void show_module(struct fake *fake, const char *name, bool loaded, int references)
{
	char folder[64];

	if (!loaded)
		return;
	snprintf(folder, sizeof(folder), "/sys/module/%s", name);
	fake_put(fake, false, fake_join(folder, "initstate"), "live");
	fake_put(fake, false, fake_join(folder, "refcnt"), "%d", references);
}

static inline void show_platform(struct fake *fake)
{
	char folder[64];

	fake_put(fake, true, "/sys/bus/platform/devices/hmem_platform.0",
		 "../../../devices/platform/hmem_platform.0");
	if (fake->platform_bound)
		fake_put(fake, true, "/sys/bus/platform/devices/hmem_platform.0/driver",
			 "../../../bus/platform/drivers/hmem_platform");
	for (int i = 0; i < 8; i++) {
		if (!fake->hmems[i].there)
			continue;
		snprintf(folder, sizeof(folder), "/sys/bus/platform/devices/hmem.%d", i);
		fake_put(fake, true, folder, "../../../devices/platform/hmem_platform.0/hmem.%d",
			 i);
		if (fake->hmems[i].bound)
			fake_put(fake, true, fake_join(folder, "driver"),
				 "../../../bus/platform/drivers/hmem");
	}
}

static inline void fake_show(struct fake *fake)
{
	fake->count = 0;
	fake->dirty = false;
	fake_put(fake, false, "/proc/sys/kernel/random/boot_id", ROOT_BOOT);
	fake_put(fake, false, "/proc/version", "Linux");
	fake_put(fake, false, "/sys/devices/system/memory/block_size_bytes", "%" PRIx64,
		 FAKE_BLOCK);
	fake_put(fake, false, "/sys/devices/system/memory/auto_online_blocks", "%s",
		 fake->auto_online);
	for (unsigned int i = 0; i < FAKE_BLOCKS; i++) {
		if (fake->blocks[i].there)
			show_block(fake, i);
	}
	for (int i = 0; i < FAKE_DAXES; i++) {
		if (fake->daxes[i].there)
			show_dax(fake, &fake->daxes[i]);
	}
	show_module(fake, "cxl_acpi", fake->cxl_acpi, fake->acpi_used);
	show_module(fake, "cxl_mem", fake->cxl_mem, 0);
	show_module(fake, "dax_cxl", fake->dax_cxl, 0);
	show_module(fake, "dax_hmem", !fake->no_dax_hmem, 0);
	show_module(fake, "kmem", fake->kmem_module, 0);
	show_platform(fake);
	if (fake->cxl_acpi)
		show_cxl(fake);
	if (fake->holder[0]) {
		fake_put(fake, false, "/proc/42/comm", "qemu");
		fake_put(fake, true, "/proc/42/fd/3", "/dev/%s", fake->holder);
	}
}

static inline int compare_nodes(const void *a, const void *b)
{
	return strcmp(((const struct fake_node *)a)->path, ((const struct fake_node *)b)->path);
}

/* All that the machine shows, to be compared; the caller's to free. */
static inline char *fake_text(struct fake *fake)
{
	char *text = NULL;
	size_t length;
	FILE *file = open_memstream(&text, &length);

	fake_show(fake);
	qsort(fake->nodes, fake->count, sizeof(*fake->nodes), compare_nodes);
	for (size_t i = 0; i < fake->count; i++)
		fprintf(file, "%s %s\n", fake->nodes[i].path, fake->nodes[i].text);
	fclose(file);
	return text;
}
