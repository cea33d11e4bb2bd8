-- SPDX-License-Identifier: GPL-2.0-only
WITH reports AS (
  SELECT parse_filename(filename) AS host,
         parse_path(filename)[-3] AS week,
         [{fact: 'bios_version', value: dmi.bios_version},
          {fact: 'kernel', value: kernel.release},
          {fact: 'lost', value: CAST(summary.lost_bytes AS VARCHAR)},
          {fact: 'owner', value: array_to_string(list_sort(list_distinct(
             list_transform(ranges, lambda r: r.owner))), ',')},
          {fact: 'unusable', value: CAST(summary.unusable_bytes AS VARCHAR)}]
           AS facts
  FROM read_ndjson(['last-week/report/*', 'today/report/*'],
         filename = true, columns = {
         dmi: 'STRUCT(bios_version VARCHAR)',
         kernel: 'STRUCT("release" VARCHAR)',
         ranges: 'STRUCT("owner" VARCHAR)[]',
         summary: 'STRUCT(lost_bytes HUGEINT, unusable_bytes HUGEINT)'})),
hosts AS (
  SELECT host, b.facts AS b, a.facts AS a
  FROM (FROM reports WHERE week = 'last-week') AS b
       FULL JOIN (FROM reports WHERE week = 'today') AS a USING (host)),
changes AS (
  SELECT host, unnest(list_transform(b, lambda x, i:
           {fact: x.fact, before: x.value, after: a[i].value})) AS change
  FROM hosts WHERE b IS NOT NULL AND a IS NOT NULL
  UNION ALL
  SELECT host, {fact: 'report', before: if(b IS NULL, NULL, 'there'),
                after: if(a IS NULL, NULL, 'there')}
  FROM hosts WHERE b IS NULL OR a IS NULL)
SELECT host, change.fact AS fact, change.before AS before,
       change.after AS after
FROM changes
WHERE change.before IS DISTINCT FROM change.after
ORDER BY host, fact;
