-- SPDX-License-Identifier: GPL-2.0-only
SELECT parse_filename(filename) AS host,
       dmi.bios_version AS bios_version,
       summary.lost_bytes AS lost,
       summary.unusable_bytes AS unusable
FROM read_ndjson('today/report/*', filename = true, columns = {
       dmi: 'STRUCT(bios_version VARCHAR)',
       summary: 'STRUCT(lost_bytes HUGEINT, unusable_bytes HUGEINT)'})
WHERE lost + unusable > 0
ORDER BY lost + unusable DESC, host;
