# SPDX-License-Identifier: GPL-2.0-only
[inputs | {
  kernel: .kernel.release,
  rule: .rule.name,
  bytes: (.summary.lost_bytes + .summary.unusable_bytes),
  not_sure: (.summary.partial or .summary.unknown_bytes > 0)
}]
| group_by([.kernel, .rule])
| map({
    kernel: .[0].kernel,
    rule: .[0].rule,
    hosts: length,
    losing: map(select(.bytes > 0)) | length,
    not_sure: map(select(.not_sure)) | length,
    bytes: map(.bytes) | add
  })
| sort_by(-.bytes, .kernel, .rule)[]
