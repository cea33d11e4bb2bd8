// SPDX-License-Identifier: GPL-2.0-only
#include "archive-file.h"

#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "options.h"
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

/* False where the suffix is none that is known. */
static bool find_format(const char *path, enum sr_pack_format *ret_format)
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

int archive_check(const char *command, const char *path, enum sr_pack_format *ret_format)
{
	if (!*path)
		return usage_error(command, "--output has no name");
	if (!find_format(path, ret_format))
		return usage_error(command, "no suffix of an archive: '%s'", path);
	if (strcmp(path, "-") == 0 && isatty(STDOUT_FILENO))
		return usage_error(command, "an archive is not for a terminal");
	return STATUS_OK;
}

struct writing {
	archive_writer write;
	const void *what;
	const char *path;
	enum sr_pack_format format;
};

static int write_stream(const struct writing *writing, int fd, struct sr_reason *reason)
{
	struct sr_reason detail = { "" };
	int error = writing->write(writing->what, fd, writing->format, &detail);

	return error ? sr_fail(reason, error, "cannot write %s: %s", writing->path, detail.text)
		     : 0;
}

static int write_archive(int fd, void *data, struct sr_reason *reason)
{
	return write_stream(data, fd, reason);
}

int archive_write(archive_writer write, const void *what, const char *path, bool replace,
		  enum sr_pack_format format, struct sr_reason *reason)
{
	struct writing writing = { write, what, path, format };

	if (strcmp(path, "-") == 0) {
		writing.path = "stdout";
		return write_stream(&writing, STDOUT_FILENO, reason);
	}
	return write_whole_file(path, replace, write_archive, &writing, reason);
}
