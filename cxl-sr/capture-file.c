// SPDX-License-Identifier: GPL-2.0-only
#include "capture-file.h"

#include <string.h>
#include <unistd.h>

#include "write-file.h"

static const struct {
	const char *suffix;
	enum sr_pack_format format;
} suffixes[] = {
	{ ".tar", SR_PACK_TAR },       { ".tar.gz", SR_PACK_TAR_GZIP },
	{ ".tgz", SR_PACK_TAR_GZIP },  { ".tar.xz", SR_PACK_TAR_XZ },
	{ ".txz", SR_PACK_TAR_XZ },    { ".tar.zst", SR_PACK_TAR_ZSTD },
	{ ".tzst", SR_PACK_TAR_ZSTD },
};

static bool ends_in(const char *text, const char *end)
{
	size_t length = strlen(text), wanted = strlen(end);

	return length > wanted && strcmp(text + length - wanted, end) == 0;
}

bool capture_format(const char *path, enum sr_pack_format *ret_format)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		if (ends_in(path, suffixes[i].suffix)) {
			*ret_format = suffixes[i].format;
			return true;
		}
	}
	*ret_format = SR_PACK_TAR;
	/* What is no file has no suffix: a serial port, a pipe. */
	return strcmp(path, "-") == 0 || is_no_file(path);
}

static int write_stream(const struct sr_capture *capture, int fd, const char *path,
			enum sr_pack_format format, struct sr_reason *reason)
{
	struct sr_reason detail = { "" };
	int error = sr_capture_write(capture, fd, format, &detail);

	return error ? sr_fail(reason, error, "cannot write %s: %s", path, detail.text) : 0;
}

struct writing {
	const struct sr_capture *capture;
	const char *path;
	enum sr_pack_format format;
};

static int write_archive(int fd, void *data, struct sr_reason *reason)
{
	const struct writing *writing = data;

	return write_stream(writing->capture, fd, writing->path, writing->format, reason);
}

int capture_write(const struct sr_capture *capture, const char *path, bool replace,
		  enum sr_pack_format format, struct sr_reason *reason)
{
	if (strcmp(path, "-") == 0)
		return write_stream(capture, STDOUT_FILENO, "stdout", format, reason);
	return write_whole_file(path, replace, write_archive,
				&(struct writing){ capture, path, format }, reason);
}
