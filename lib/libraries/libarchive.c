// SPDX-License-Identifier: LGPL-2.1-or-later
#include "libraries/libarchive.h"

static const char *const names[] = {
#define ROW(name) "archive_" #name,
	SR_LIBARCHIVE_FUNCTIONS(ROW)
#undef ROW
};

static const struct sr_library library = {
	.soname = "libarchive.so.13",
	.install = "libarchive13 (Fedora: libarchive), or, to read an archive, unpack it and name "
		   "the folder",
	.names = names,
	.count = sizeof(names) / sizeof(*names),
};

SR_LIBRARY_NOTE("[{\"feature\":\"libarchive\",\"description\":\"Reads and writes archives\","
		"\"priority\":\"recommended\",\"soname\":[\"libarchive.so.13\"]}]");

int sr_libarchive_load(struct sr_libarchive *ret_library, struct sr_reason *reason)
{
	return sr_library_load(&library, ret_library, reason);
}

/*
 * Not all that libarchive knows: every parser is one more that hostile bytes reach,
 * mtree opens files of this machine by name, and some filters start programs.
 */
struct archive *sr_libarchive_reader(const struct sr_libarchive *functions)
{
	struct archive *archive = functions->read_new();

	if (!archive)
		return NULL;
	functions->read_support_filter_bzip2(archive);
	functions->read_support_filter_compress(archive);
	functions->read_support_filter_gzip(archive);
	functions->read_support_filter_lz4(archive);
	functions->read_support_filter_lzip(archive);
	functions->read_support_filter_lzma(archive);
	functions->read_support_filter_xz(archive);
	functions->read_support_filter_zstd(archive);
	functions->read_support_format_7zip(archive);
	functions->read_support_format_cpio(archive);
	functions->read_support_format_tar(archive);
	functions->read_support_format_zip(archive);
	return archive;
}
