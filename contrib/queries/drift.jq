# SPDX-License-Identifier: GPL-2.0-only
def text: if . == null then . else tostring end;

[inputs
  | (input_filename | split("/")) as $path
  | {
      host: $path[-1],
      week: $path[-3],
      facts: {
        bios_version: .dmi.bios_version,
        kernel: .kernel.release,
        lost: .summary.lost_bytes | text,
        owner: [.ranges[].owner] | unique | join(","),
        unusable: .summary.unusable_bytes | text
      }
    }]
| group_by(.host)[]
| .[0].host as $host
| (map({(.week): .facts}) | add) as {"last-week": $before, today: $after}
| if $before and $after then
    $before | keys[]
    | {host: $host, fact: ., before: $before[.], after: $after[.]}
  else
    {
      host: $host, fact: "report",
      before: (if $before then "there" else null end),
      after: (if $after then "there" else null end)
    }
  end
| select(.before != .after)
