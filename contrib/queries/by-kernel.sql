-- SPDX-License-Identifier: GPL-2.0-only
SELECT kernel.release AS kernel,
       rule.name AS rule,
       count(*) AS hosts,
       count(*) FILTER (summary.lost_bytes + summary.unusable_bytes > 0)
         AS losing,
       count(*) FILTER (summary.partial OR summary.unknown_bytes > 0)
         AS not_sure,
       sum(summary.lost_bytes + summary.unusable_bytes) AS bytes
FROM read_ndjson('today/report/*', columns = {
       kernel: 'STRUCT("release" VARCHAR)',
       rule: 'STRUCT("name" VARCHAR)',
       summary: 'STRUCT(partial BOOLEAN, lost_bytes HUGEINT,
                        unusable_bytes HUGEINT, unknown_bytes HUGEINT)'})
GROUP BY ALL
ORDER BY bytes DESC, kernel NULLS FIRST, rule NULLS FIRST;
