# SPDX-License-Identifier: GPL-2.0-only
[inputs | {
  product_name: .dmi.product_name,
  bios_version: .dmi.bios_version,
  bytes: (.summary.lost_bytes + .summary.unusable_bytes),
  not_sure: (.summary.partial or .summary.unknown_bytes > 0)
}]
| group_by([.product_name, .bios_version])
| map({
    product_name: .[0].product_name,
    bios_version: .[0].bios_version,
    hosts: length,
    losing: map(select(.bytes > 0)) | length,
    not_sure: map(select(.not_sure)) | length,
    bytes: map(.bytes) | add
  })
| sort_by(-.bytes, .product_name, .bios_version)[]
