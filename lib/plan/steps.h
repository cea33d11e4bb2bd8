/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One function for each action: it adds the step, with all that is said of it, and lets
 * the model react. 0, -ENOMEM, or -EINVAL where the model refuses.
 */
#pragma once

#include "plan/planning.h"

/* Takes a dax device off its driver, offline first where that is kmem. */
int sr_step_release(struct sr_planning *planning, const char *device);

int sr_step_resize(struct sr_planning *planning, const char *device, uint64_t size,
		   struct sr_range range);
int sr_step_create(struct sr_planning *planning, const char *device, const char *dax_region,
		   struct sr_range range);
int sr_step_bind(struct sr_planning *planning, const char *device, struct sr_range range);
int sr_step_unbind_hmem(struct sr_planning *planning, const char *hmem, struct sr_range range);
int sr_step_probe(struct sr_planning *planning, const struct sr_dax_region *dax_region);
int sr_step_disable(struct sr_planning *planning, const struct sr_region *region);
int sr_step_enable(struct sr_planning *planning, const struct sr_region *region);
int sr_step_load(struct sr_planning *planning, const char *module);
int sr_step_unload(struct sr_planning *planning, const char *module);
int sr_step_unbind_platform(struct sr_planning *planning, const char *platform);
int sr_step_bind_platform(struct sr_planning *planning, const char *platform);
