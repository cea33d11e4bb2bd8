/* SPDX-License-Identifier: GPL-2.0-only */
/* JSON that this program wrote, or anybody else. */
#pragma once

#include <json.h>

#include "base/reason.h"

/* 16 MiB, some thousand ranges; json-c takes many times that in memory. */
#define REPORT_FILE_LIMIT ((size_t)16 << 20)

/*
 * One JSON document of @length bytes, with blanks around it; nothing is said of what is in it.
 * -EINVAL, -ENOMEM, with the reason.
 */
int json_text_parse(const char *text, size_t length, struct json_object **ret_document,
		    struct sr_reason *reason);

/* The document in an open file or pipe. -EFBIG above REPORT_FILE_LIMIT; -errno. */
int report_file_read(int fd, struct json_object **ret_document, struct sr_reason *reason);
