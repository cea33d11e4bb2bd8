# SPDX-License-Identifier: GPL-2.0-only
def cell: if . == null then "-" elif type == "object" then map_values(cell)
  | [.[]] | join(" ") else tostring end;

(.[0] // {} | keys_unsorted), (.[] | map(cell)) | @tsv
