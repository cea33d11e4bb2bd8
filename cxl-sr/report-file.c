// SPDX-License-Identifier: GPL-2.0-only
#include "report-file.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"

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

int json_text_parse(const char *text, size_t length, struct json_object **ret_document,
		    struct sr_reason *reason)
{
	__attribute__((cleanup(tokener_guard))) struct json_tokener *tokener = json_tokener_new();
	struct json_object *document;
	enum json_tokener_error error;

	length = without_blanks(text, length);
	if (!tokener)
		return sr_fail(reason, -ENOMEM, "out of memory");
	if (length > INT_MAX)
		return sr_fail(reason, -EINVAL, "too long");
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	document = json_tokener_parse_ex(tokener, text, (int)length);
	error = json_tokener_get_error(tokener);
	if (error == json_tokener_success && document &&
	    json_tokener_get_parse_end(tokener) == length) {
		*ret_document = document;
		return 0;
	}
	json_object_put(document);
	return sr_fail(reason, -EINVAL, "no JSON document: %s at byte %zu",
		       error == json_tokener_continue ? "it ends too early"
						      : json_tokener_error_desc(error),
		       json_tokener_get_parse_end(tokener));
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
