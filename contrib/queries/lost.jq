# SPDX-License-Identifier: GPL-2.0-only
[inputs | {
  host: (input_filename | split("/")[-1]),
  bios_version: .dmi.bios_version,
  lost: .summary.lost_bytes,
  unusable: .summary.unusable_bytes
} | select(.lost + .unusable > 0)]
| sort_by(-(.lost + .unusable), .host)[]
