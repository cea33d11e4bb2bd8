/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A folder's tree shown on the stage, without a copy and without a way to write it. */
#pragma once

#include "base/reason.h"

/*
 * Binds the wanted names of @root, an O_PATH descriptor opened in this mount
 * namespace, into the current folder, the empty stage. -errno and the reason.
 */
int sr_bind_machine(int root, struct sr_reason *reason);
