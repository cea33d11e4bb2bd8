/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a kernel makes of the steps of a plan, on a copy of a snapshot: the reactions of
 * drivers/dax, drivers/cxl and dax_hmem, as far as they decide who owns and can use what.
 * Stricter than a kernel: what one would do and lose memory by is refused.
 */
#pragma once

#include "plan/plan.h"

/* A copy whose texts are those of @snapshot, which must outlive it; NULL: no memory. */
struct sr_snapshot *sr_model_new(const struct sr_snapshot *snapshot);

/* 0; -ENOMEM; or -EINVAL where the kernel refuses, or must never be asked. */
int sr_model_step(struct sr_snapshot *model, const struct sr_step *step);
