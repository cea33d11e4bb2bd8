/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Inside the model. Reactions return 0, -ENOMEM or -EINVAL as sr_model_step() does. A
 * pointer into a list is good until something is added to or taken from that list.
 */
#pragma once

#include "plan/model.h"

/* model-find.c */
struct sr_dax_device *sr_model_device(struct sr_snapshot *model, const char *name);
struct sr_dax_region *sr_model_dax_region(struct sr_snapshot *model, const char *name);
struct sr_region *sr_model_region(struct sr_snapshot *model, const char *name);
struct sr_module *sr_model_module(struct sr_snapshot *model, const char *name);

/* Whether it is loaded or built in. */
bool sr_model_has_module(const struct sr_snapshot *model, const char *name);

/* Whether its place is known; of hmem's, that of its device that is as large too. */
bool sr_dax_region_place(const struct sr_snapshot *snapshot, const struct sr_dax_region *dax_region,
			 struct sr_range *ret_range);

bool sr_model_is_in(const struct sr_dax_device *device, const char *dax_region);

/* Known to have none. */
bool sr_model_is_driverless(const struct sr_dax_device *device);

/* model-dax.c: drivers of dax devices */
int sr_model_offline(struct sr_snapshot *model, const char *device);
int sr_model_unbind_device(struct sr_snapshot *model, const char *device);
int sr_model_bind_device(struct sr_snapshot *model, const char *device);

/* The devices of a dax region go; -EINVAL where one has a driver. */
int sr_model_drop_devices(struct sr_snapshot *model, const char *dax_region);

/* model-size.c: devices that come, and their sizes */
int sr_model_resize(struct sr_snapshot *model, const char *device, const char *size);
int sr_model_create(struct sr_snapshot *model, const struct sr_step *step);

/* A device over the whole of a new dax region; kmem takes it where it can. */
int sr_model_add_whole_device(struct sr_snapshot *model, const char *dax_region);

/* model-region.c: regions and their dax regions */
int sr_model_disable_region(struct sr_snapshot *model, const char *region);
int sr_model_enable_region(struct sr_snapshot *model, const char *region);
int sr_model_probe(struct sr_snapshot *model, const char *dax_region);

/* Whether another dax region has, or may have, memory of @range, which is that of @dax_region. */
bool sr_model_is_held(const struct sr_snapshot *model, const char *dax_region,
		      struct sr_range range);

/* model-hmem.c: dax_hmem's devices */
int sr_model_unbind_hmem(struct sr_snapshot *model, const char *hmem);
int sr_model_unbind_platform(struct sr_snapshot *model, const char *platform);
int sr_model_bind_platform(struct sr_snapshot *model, const char *platform);

/* model-modules.c */
int sr_model_load(struct sr_snapshot *model, const char *module);
int sr_model_unload(struct sr_snapshot *model, const char *module);
