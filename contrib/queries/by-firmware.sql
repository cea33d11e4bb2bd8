-- SPDX-License-Identifier: GPL-2.0-only
SELECT dmi.product_name AS product_name,
       dmi.bios_version AS bios_version,
       count(*) AS hosts,
       count(*) FILTER (summary.lost_bytes + summary.unusable_bytes > 0)
         AS losing,
       count(*) FILTER (summary.partial OR summary.unknown_bytes > 0)
         AS not_sure,
       sum(summary.lost_bytes + summary.unusable_bytes) AS bytes
FROM read_ndjson('today/report/*', columns = {
       dmi: 'STRUCT(product_name VARCHAR, bios_version VARCHAR)',
       summary: 'STRUCT(partial BOOLEAN, lost_bytes HUGEINT,
                        unusable_bytes HUGEINT, unknown_bytes HUGEINT)'})
GROUP BY ALL
ORDER BY bytes DESC, product_name NULLS FIRST, bios_version NULLS FIRST;
