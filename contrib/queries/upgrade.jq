# SPDX-License-Identifier: GPL-2.0-only
def owners: [.units[].owner] | unique | join(",");

[inputs
  | (input_filename | split("/")[-1]) as $host
  | (.rules | map(select(.of_this_kernel))[0]) as $now
  | (.rules | map(select(.rule == "per-range"))[0]) as $later
  | {
      host: $host,
      kernel: .kernel.release,
      owner: (if $now then $now | owners else null end),
      becomes: ($later | owners),
      change: (if $now.usable_bytes == null or $later.usable_bytes == null
               then null else $later.usable_bytes - $now.usable_bytes end)
    }
  | select(.change != 0 or .owner != .becomes)]
| sort_by(.change, .host)[]
