/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Inside steps*.c: what all of them end in, and the files that they write. */
#pragma once

#include "plan/planning.h"

#define DAX_DEVICES   "/sys/bus/dax/devices/"
#define DAX_DRIVERS   "/sys/bus/dax/drivers/"
#define CXL_REGIONS   "/sys/bus/cxl/drivers/cxl_region/"
#define HMEM_DRIVER   "/sys/bus/platform/drivers/hmem/"
#define HMEM_PLATFORM "/sys/bus/platform/drivers/hmem_platform/"

/* A text of the plan's own: what it names may leave the model. */
#define plan_text(planning, ...) sr_pool_format((planning)->plan->pool, __VA_ARGS__)

/* 0, -ENOMEM also where a text is NULL, or -EINVAL where the model refuses. */
int sr_step_add(struct sr_planning *planning, struct sr_step step);

/* The same for one that writes a file. */
int sr_step_add_write(struct sr_planning *planning, struct sr_step step);
