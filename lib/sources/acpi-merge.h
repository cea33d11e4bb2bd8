/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the SRAT and the kernel log tell of the same memory, made one list. */
#pragma once

#include "snapshot/snapshot.h"

/*
 * The first @logged entries of acpi->memory are the kernel log's, those behind them the
 * table's; @log_whole and @table_whole tell whether either has all there are. The table's
 * stay, with the nodes that the log has for the same range and domain, unless the log is
 * all there is or the only one that is whole. A range that one of the two has and the
 * other should have is a fault. Sets acpi->memory_known. 0 or -ENOMEM.
 */
int sr_acpi_merge_memory(struct sr_acpi *acpi, struct sr_pool *pool, size_t logged, bool log_whole,
			 bool table_whole);
