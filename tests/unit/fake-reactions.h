/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the kernel of fake-kernel.h reacts to what is written, as drivers/dax, drivers/cxl/core and
 * drivers/base do; with the harm that it does where it is asked to.
 */
#pragma once

#include "fake-kernel.h"

/* The blocks that lie in a range wholly: kmem's. */
static inline void fake_blocks(uint64_t start, uint64_t size, unsigned int *ret_first,
			       unsigned int *ret_end)
{
	*ret_first = (unsigned int)((start - FAKE_BASE + FAKE_BLOCK - 1) / FAKE_BLOCK);
	*ret_end = (unsigned int)((start + size - FAKE_BASE) / FAKE_BLOCK);
}

static inline void add_memory(struct fake *fake, const struct fake_dax *dax, const char *policy)
{
	unsigned int first, end;

	fake_blocks(dax->start, dax->size, &first, &end);
	for (unsigned int i = first; i < end; i++)
		fake->blocks[i] = (struct fake_block){
			.there = true,
			.online = strcmp(policy, "offline") != 0,
			.movable = strcmp(policy, "online_kernel") != 0,
		};
}

static inline void remove_memory(struct fake *fake, const struct fake_dax *dax)
{
	unsigned int first, end;

	fake_blocks(dax->start, dax->size, &first, &end);
	for (unsigned int i = first; i < end; i++) {
		fake->leaked |= fake->blocks[i].online;
		fake->blocks[i].there = fake->blocks[i].online;
	}
}

static inline struct fake_dax *find_dax(struct fake *fake, int x, int y)
{
	for (int i = 0; i < FAKE_DAXES; i++) {
		struct fake_dax *dax = &fake->daxes[i];

		if (dax->there && dax->x == x && dax->y == y)
			return dax;
	}
	return NULL;
}

static inline struct fake_dax *dax_named(struct fake *fake, const char *name)
{
	int x, y;

	return sscanf(name, "dax%d.%d", &x, &y) == 2 ? find_dax(fake, x, y) : NULL;
}

/* Whether kmem can reserve it: a resource that cuts it is in the way. */
static inline bool kmem_takes(const struct fake *fake, const struct fake_dax *dax)
{
	uint64_t end = dax->start + dax->size;

	if (dax->of_hmem && fake->cxl_acpi)
		return false;
	return !fake->kmem_limit || end <= fake->kmem_limit || dax->start >= fake->kmem_limit;
}

static inline int bind_dax(struct fake *fake, struct fake_dax *dax, const char *driver)
{
	if (dax->driver[0])
		return -EBUSY;
	if (!dax->size)
		return -ENXIO;
	if (strcmp(driver, "kmem") == 0 && !kmem_takes(fake, dax))
		return -EBUSY;
	snprintf(dax->driver, sizeof(dax->driver), "%s", driver);
	dax->unplugged = false;
	if (strcmp(driver, "kmem") == 0)
		add_memory(fake, dax, fake->auto_online);
	return 0;
}

static inline int unbind_dax(struct fake *fake, struct fake_dax *dax)
{
	if (!dax->driver[0])
		return -ENODEV;
	if (strcmp(dax->driver, "kmem") == 0)
		remove_memory(fake, dax);
	dax->driver[0] = '\0';
	return 0;
}

static inline struct fake_dax *make_dax(struct fake *fake, bool of_hmem, int x, int y)
{
	for (int i = 0; i < FAKE_DAXES; i++) {
		if (!fake->daxes[i].there) {
			fake->daxes[i] = (struct fake_dax){
				.there = true, .of_hmem = of_hmem, .x = x, .y = y
			};
			fake_region_range(fake, of_hmem, x, &fake->daxes[i].start,
					  &(uint64_t){ 0 });
			return &fake->daxes[i];
		}
	}
	abort();
}

/* A region of dax comes with a device over all of it, and the driver that takes it. */
static inline void make_whole_dax(struct fake *fake, bool of_hmem, int x)
{
	struct fake_dax *dax = make_dax(fake, of_hmem, x, 0);

	fake_region_range(fake, of_hmem, x, &dax->start, &dax->size);
	if (fake->kmem_module)
		bind_dax(fake, dax, "kmem");
}

static inline void remove_daxes(struct fake *fake, bool of_hmem, int x)
{
	for (int i = 0; i < FAKE_DAXES; i++) {
		struct fake_dax *dax = &fake->daxes[i];

		if (!dax->there || dax->of_hmem != of_hmem || dax->x != x)
			continue;
		if (dax->driver[0])
			unbind_dax(fake, dax);
		dax->there = false;
	}
}

static inline bool hmem_has(const struct fake *fake, const struct fake_region *region)
{
	for (int i = 0; i < 8; i++) {
		const struct fake_hmem *hmem = &fake->hmems[i];

		if (hmem->bound && hmem->start < region->start + region->size &&
		    region->start < hmem->start + hmem->size)
			return true;
	}
	return false;
}

/* -12 where somebody has the range, which nobody is told (bus_rescan_devices_helper()). */
static inline void probe_dax_region(struct fake *fake, int index)
{
	struct fake_region *region = &fake->regions[index];

	if (!region->bound || region->dax_bound || !fake->dax_cxl || hmem_has(fake, region))
		return;
	region->dax_bound = true;
	make_whole_dax(fake, false, index);
}

static inline void unprobe_dax_region(struct fake *fake, int index)
{
	remove_daxes(fake, false, index);
	fake->regions[index].dax_bound = false;
}

static inline int set_region(struct fake *fake, int index, bool bound)
{
	struct fake_region *region = &fake->regions[index];

	if (!region->there || region->bound == bound)
		return -ENODEV;
	if (bound && !region->committed)
		return -ENXIO;
	if (!bound)
		unprobe_dax_region(fake, index);
	region->bound = bound;
	probe_dax_region(fake, index);
	return 0;
}

static inline int set_hmem(struct fake *fake, int index, bool bound)
{
	struct fake_hmem *hmem = &fake->hmems[index];

	if (!hmem->there || hmem->bound == bound)
		return -ENODEV;
	hmem->bound = bound;
	if (bound)
		make_whole_dax(fake, true, index);
	else
		remove_daxes(fake, true, index);
	return 0;
}

/* v7.1: a walk behind the first one passes over what touches a window. */
static inline int set_platform(struct fake *fake, bool bound)
{
	if (fake->platform_bound == bound)
		return -ENODEV;
	fake->platform_bound = bound;
	for (int i = 0; i < 8; i++) {
		if (!bound && fake->hmems[i].bound)
			set_hmem(fake, i, false);
		if (!bound)
			fake->hmems[i].there = false;
	}
	for (int i = 0; bound && !fake->cxl_acpi && i < FAKE_REGIONS; i++) {
		if (!fake->regions[i].size)
			continue;
		fake->lost |= !fake->regions[i].committed;
		fake->hmems[4 + i] = (struct fake_hmem){ .there = true,
							 .start = fake->regions[i].start,
							 .size = fake->regions[i].size };
		set_hmem(fake, 4 + i, true);
	}
	return 0;
}

static inline void remove_cxl(struct fake *fake)
{
	for (int i = 0; i < FAKE_REGIONS; i++) {
		struct fake_region *region = &fake->regions[i];

		if (!region->there)
			continue;
		if (region->bound)
			unprobe_dax_region(fake, i);
		region->there = region->bound = false;
		if (!region->locked || fake->is_old) {
			region->committed = false;
			fake->lost = true;
		}
	}
}

static inline void add_cxl(struct fake *fake)
{
	for (int i = 0; i < FAKE_REGIONS; i++) {
		struct fake_region *region = &fake->regions[i];

		if (!region->size || !region->committed || region->there)
			continue;
		region->there = region->bound = true;
		probe_dax_region(fake, i);
	}
}

static inline int set_module(struct fake *fake, const char *name, bool loaded)
{
	if (strcmp(name, "dax_hmem") == 0 || (loaded && fake->no_dax_hmem && name[0] == 'd')) {
		fake->no_dax_hmem = !loaded;
		set_platform(fake, loaded);
	}
	if (strcmp(name, "dax_hmem") == 0)
		return 0;
	if (strcmp(name, "dax_cxl") == 0) {
		fake->dax_cxl = loaded;
		for (int i = 0; i < FAKE_REGIONS; i++) {
			if (loaded)
				probe_dax_region(fake, i);
			else
				unprobe_dax_region(fake, i);
		}
	} else if (strcmp(name, "cxl_acpi") == 0 || strcmp(name, "cxl_mem") == 0) {
		*(name[4] == 'a' ? &fake->cxl_acpi : &fake->cxl_mem) = loaded;
		if (loaded && fake->cxl_acpi && fake->cxl_mem)
			add_cxl(fake);
		if (!loaded)
			remove_cxl(fake);
	} else if (strcmp(name, "kmem") == 0) {
		fake->kmem_module = loaded;
	} else {
		return -ENOENT;
	}
	return 0;
}

static inline int set_size(struct fake *fake, struct fake_dax *dax, uint64_t size)
{
	uint64_t available, end;

	if (dax->driver[0])
		return -EBUSY;
	if (size % 0x200000)
		return -EINVAL;
	available = fake_available(fake, dax->of_hmem, dax->x) + dax->size;
	if (size > available)
		return -ENOSPC;
	if (dax->size == 0) {
		/* The first room that there is: behind the devices before it. */
		fake_region_range(fake, dax->of_hmem, dax->x, &dax->start, &end);
		for (int i = 0; i < FAKE_DAXES; i++) {
			const struct fake_dax *other = &fake->daxes[i];

			if (other->there && other != dax && other->x == dax->x && other->size &&
			    other->start == dax->start)
				dax->start += other->size;
		}
	}
	dax->size = size;
	return 0;
}

static inline int create_dax(struct fake *fake, int x, const char *value)
{
	int y = 0;

	if (strcmp(value, "1") != 0)
		return -EINVAL;
	if (!fake_available(fake, false, x))
		return -ENOSPC;
	while (find_dax(fake, x, y))
		y++;
	make_dax(fake, false, x, y);
	return 0;
}

static inline int delete_dax(struct fake_dax *dax)
{
	if (!dax)
		return -ENXIO;
	if (dax->driver[0] || dax->size || dax->y == 0)
		return -EBUSY;
	dax->there = false;
	return 0;
}

static inline int set_block(struct fake *fake, uint64_t id, const char *value)
{
	struct fake_block *block = &fake->blocks[id - FAKE_BASE / FAKE_BLOCK];

	if (!block->there)
		return -ENOENT;
	if (strcmp(value, "offline") == 0) {
		if (block->stuck)
			return -EBUSY;
		block->online = false;
		return 0;
	}
	if (block->online)
		return -EINVAL;
	block->online = true;
	block->movable = strcmp(value, "online_movable") == 0;
	return 0;
}

static inline int set_state(struct fake *fake, struct fake_dax *dax, const char *value)
{
	unsigned int first, end;

	if (!dax || strcmp(dax->driver, "kmem") != 0)
		return -ENXIO;
	if (strcmp(value, "unplugged") != 0) {
		if (!dax->unplugged)
			return -EBUSY;
		dax->unplugged = false;
		add_memory(fake, dax, value);
		return 0;
	}
	fake_blocks(dax->start, dax->size, &first, &end);
	for (unsigned int i = first; i < end; i++) {
		if (fake->blocks[i].stuck)
			return -EBUSY;
	}
	for (unsigned int i = first; i < end; i++)
		fake->blocks[i].there = fake->blocks[i].online = false;
	dax->unplugged = true;
	return 0;
}

/* "/sys/bus/BUS/drivers/DRIVER/bind", "unbind". */
static inline int write_driver(struct fake *fake, const char *driver, bool bound, const char *name)
{
	struct fake_dax *dax = dax_named(fake, name);
	int index;

	if (dax && bound)
		return bind_dax(fake, dax, driver);
	if (dax)
		return strcmp(dax->driver, driver) == 0 ? unbind_dax(fake, dax) : -ENODEV;
	if (sscanf(name, "region%d", &index) == 1 && strcmp(driver, "cxl_region") == 0)
		return set_region(fake, index, bound);
	if (sscanf(name, "hmem.%d", &index) == 1 && strcmp(driver, "hmem") == 0)
		return set_hmem(fake, index, bound);
	if (strcmp(name, "hmem_platform.0") == 0 && strcmp(driver, "hmem_platform") == 0)
		return set_platform(fake, bound);
	return -ENODEV;
}

static inline int fake_react(struct fake *fake, const char *path, const char *value)
{
	char bus[16], driver[32], file[16];
	uint64_t id;
	int x, y;

	if (strcmp(path, "/sys/devices/system/memory/auto_online_blocks") == 0) {
		snprintf(fake->auto_online, sizeof(fake->auto_online), "%s", value);
		return 0;
	}
	if (sscanf(path, "/sys/devices/system/memory/memory%" SCNu64 "/state", &id) == 1)
		return set_block(fake, id, value);
	if (sscanf(path, "/sys/bus/dax/devices/dax%d.%d/%15s", &x, &y, file) == 3) {
		if (strcmp(file, "state") == 0)
			return set_state(fake, find_dax(fake, x, y), value);
		return find_dax(fake, x, y)
			       ? set_size(fake, find_dax(fake, x, y), strtoull(value, NULL, 0))
			       : -ENOENT;
	}
	if (strcmp(path, "/sys/bus/cxl/drivers_probe") == 0 &&
	    sscanf(value, "dax_region%d", &x) == 1) {
		probe_dax_region(fake, x);
		return 0;
	}
	if (sscanf(path, "/sys/bus/%15[a-z]/drivers/%31[a-z_]/%15[a-z]", bus, driver, file) == 3)
		return write_driver(fake, driver, strcmp(file, "bind") == 0, value);
	if (strstr(path, "/dax_region/create") &&
	    sscanf(strstr(path, "dax_region"), "dax_region%d", &x) == 1)
		return create_dax(fake, x, value);
	if (strstr(path, "/dax_region/delete"))
		return delete_dax(dax_named(fake, value));
	return -ENOENT;
}
