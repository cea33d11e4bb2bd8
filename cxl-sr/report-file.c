// SPDX-License-Identifier: GPL-2.0-only
#include "report-file.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/json-piece.h"
#include "json-values.h"

static void tokener_guard(struct json_tokener **tokener)
{
	if (*tokener)
		json_tokener_free(*tokener);
}

static size_t without_blanks(const char *text, size_t length)
{
	while (length && strchr(" \t\r\n", text[length - 1]) && text[length - 1])
		length--;
	return length;
}

/* Piece by piece, up to the first document, and *@ret_end behind it, or to what is wrong. */
static int feed(struct json_tokener *tokener, const char *text, size_t length,
		struct json_object **ret_document, size_t *ret_end)
{
	struct json_object *document;
	size_t end = 0;

	do {
		size_t piece = sr_json_piece(text + end, length - end);

		errno = 0;
		document = json_tokener_parse_ex(tokener, text + end, (int)piece);
		if (errno == ENOMEM) {
			json_object_put(document);
			return -ENOMEM;
		}
		end += json_tokener_get_parse_end(tokener);
	} while (json_tokener_get_error(tokener) == json_tokener_continue && end < length);
	*ret_document = document;
	*ret_end = end;
	return 0;
}

static int parse(const char *text, size_t length, struct json_object **ret_document,
		 struct sr_reason *reason)
{
	__attribute__((cleanup(tokener_guard))) struct json_tokener *tokener = json_tokener_new();
	json_auto struct json_object *document = NULL;
	enum json_tokener_error error;
	size_t end;

	if (!tokener)
		return -ENOMEM;
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	if (feed(tokener, text, length, &document, &end))
		return -ENOMEM;
	error = json_tokener_get_error(tokener);
	if (error == json_tokener_success && document && end == length) {
		*ret_document = document;
		document = NULL;
		return 0;
	}
	return sr_fail(reason, -EINVAL, "no JSON document: %s at byte %zu",
		       error == json_tokener_continue  ? "it ends too early"
		       : error == json_tokener_success ? "more follows"
						       : json_tokener_error_desc(error),
		       end);
}

int json_text_parse(const char *text, size_t length, struct json_object **ret_document,
		    struct sr_reason *reason)
{
	int error = -ENOMEM;

	length = without_blanks(text, length);
	if (length > INT_MAX)
		return sr_fail(reason, -EINVAL, "too long");
	/* malloc(3) may set errno and find memory, but not twice: then it is there already. */
	for (int i = 0; i < 2 && error == -ENOMEM; i++)
		error = parse(text, length, ret_document, reason);
	return error == -ENOMEM ? sr_fail(reason, error, "out of memory") : error;
}

int report_file_read(int fd, struct json_object **ret_document, struct sr_reason *reason)
{
	sr_auto_free char *text = malloc(REPORT_FILE_LIMIT + 1);
	size_t length = 0;

	if (!text)
		return sr_fail(reason, -ENOMEM, "out of memory");
	while (length <= REPORT_FILE_LIMIT) {
		ssize_t got = read(fd, text + length, REPORT_FILE_LIMIT + 1 - length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return sr_fail(reason, -errno, "%s", strerror(errno));
		if (got == 0)
			return json_text_parse(text, length, ret_document, reason);
		length += (size_t)got;
	}
	return sr_fail(reason, -EFBIG, "larger than a report that is compared (16MiB)");
}
