/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A sosreport: a folder in which sos (version 4) copied files of a machine to where they
 * were, and put the output of commands below sos_commands. It has neither the CXL nor the
 * dax bus nor platform devices nor memory blocks; what `cxl list`, `daxctl list`, `lsmem`
 * and udevadm printed tells of them.
 */
#pragma once

#include "sources/source.h"

#define SR_SOS_COMMANDS "/sos_commands"

/* Whether what is below / is a sosreport: it has their outputs, and no bus of CXL or dax. */
bool sr_sos_is(void);

int sr_sos_read_cxl(struct sr_source_context *context);
int sr_sos_read_hmem(struct sr_source_context *context);
int sr_sos_read_dax(struct sr_source_context *context);
int sr_sos_read_memory_blocks(struct sr_source_context *context);
int sr_sos_read_enumeration(struct sr_source_context *context);
