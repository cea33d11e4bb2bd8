/* SPDX-License-Identifier: GPL-2.0-only */
/* What each target's file defines for the table in targets.c. */
#pragma once

#include "fuzz.h"

FUZZ_RUN(fuzz_iomem);
FUZZ_RUN(fuzz_log);
FUZZ_RUN(fuzz_log_line);
FUZZ_RUN(fuzz_kmsg);
FUZZ_RUN(fuzz_cedt);
FUZZ_RUN(fuzz_srat);
FUZZ_RUN(fuzz_hmat);
FUZZ_RUN(fuzz_command_line);
FUZZ_RUN(fuzz_deferred);
FUZZ_RUN(fuzz_modules);
FUZZ_RUN(fuzz_uevent);
FUZZ_RUN(fuzz_mask);
FUZZ_RUN(fuzz_name);
FUZZ_RUN(fuzz_sos_cxl);
FUZZ_RUN(fuzz_sos_dax);
FUZZ_RUN(fuzz_sos_devices);
FUZZ_RUN(fuzz_lsmem);
FUZZ_RUN(fuzz_modinfo);
FUZZ_RUN(fuzz_journal);
FUZZ_RUN(fuzz_plan_file);
FUZZ_RUN(fuzz_diff);
FUZZ_RUN(fuzz_number);
FUZZ_RUN(fuzz_explain);
FUZZ_RUN(fuzz_value);
FUZZ_RUN(fuzz_options);
FUZZ_RUN(fuzz_archive);
FUZZ_RUN(fuzz_machines);
FUZZ_RUN(fuzz_plans);
FUZZ_RUN(fuzz_tree);

bool fuzz_archive_begin(const char **ret_why);
bool fuzz_tree_begin(const char **ret_why);
