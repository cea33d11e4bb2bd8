# SPDX-License-Identifier: GPL-2.0-only
# From what strace -y writes, the files, folders and links that were read, each once, as floor
# takes them. Libraries are not what a machine tells of itself.
# usage: awk -v root=ROOT -f files-of.awk TRACE

function entry(kind, path)
{
	if (root != "" && index(path, root) == 1)
		path = substr(path, length(root) + 1)
	if (path !~ /^\// || path ~ /\.so[.0-9]*$|^\/etc\/ld\.so|^\/dev\/null|locale/ || seen[path]++)
		return
	print kind, path
}

/open(at)?\(.* = [0-9]+<.*>$/ {
	path = $0
	sub(/^.* = [0-9]+</, "", path)
	sub(/>$/, "", path)
	if ($0 !~ /O_PATH|O_WRONLY|O_RDWR/)
		entry($0 ~ /O_DIRECTORY/ ? "d" : "f", path)
}

/readlink\(.* = [0-9]+$/ {
	split($0, parts, "\"")
	entry("l", parts[2])
}
