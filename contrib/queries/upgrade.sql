-- SPDX-License-Identifier: GPL-2.0-only
WITH hosts AS (
  SELECT parse_filename(filename) AS host,
         kernel.release AS kernel,
         list_filter(rules, lambda r: r.of_this_kernel)[1] AS now,
         list_filter(rules, lambda r: r.rule = 'per-range')[1] AS later
  FROM read_ndjson('today/predict/*', filename = true, columns = {
         kernel: 'STRUCT("release" VARCHAR)',
         rules: 'STRUCT("rule" VARCHAR, of_this_kernel BOOLEAN,
                        usable_bytes HUGEINT,
                        units STRUCT("owner" VARCHAR)[])[]'})),
answers AS (
  SELECT host, kernel,
         array_to_string(list_sort(list_distinct(
           list_transform(now.units, lambda u: u.owner))), ',') AS owner,
         array_to_string(list_sort(list_distinct(
           list_transform(later.units, lambda u: u.owner))), ',') AS becomes,
         later.usable_bytes - now.usable_bytes AS change
  FROM hosts)
SELECT * FROM answers
WHERE change IS DISTINCT FROM 0 OR owner IS DISTINCT FROM becomes
ORDER BY change NULLS FIRST, host;
