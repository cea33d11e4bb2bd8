// SPDX-License-Identifier: GPL-2.0-only
#include "list-codes.h"

#include <errno.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "json-values.h"
#include "judgement/codes.h"
#include "text.h"

#define SCHEMA "cxl-sr.codes/1"
#define INDENT 4

/*
 * The code begins its line, and all that is said of it is indented, so grep -A and a
 * pager's search find it. The same in a pipe, where a line has 80 columns.
 */
static int print_code(enum sr_code code, size_t width)
{
	const struct sr_code_text *text = &sr_codes[code];
	sr_auto_free char *action = NULL;

	if (text_format(&action, "Next: %s", text->action) < 0) {
		action = NULL;
		return -ENOMEM;
	}
	printf("\n%s (%s)\n", text->name, sr_problem_owner_name(text->owner));
	print_wrapped(stdout, text->sentence, width, INDENT, INDENT);
	print_wrapped(stdout, action, width, INDENT, INDENT);
	return 0;
}

int list_codes(void)
{
	size_t width = terminal_width(stdout);
	const char *before = NULL;

	for (enum sr_code code = 0; code < SR_CODE_COUNT; code++) {
		const char *group = sr_code_group(code);

		if (group != before)
			printf("%s%s:\n", before ? "\n" : "", group);
		before = group;
		if (print_code(code, width))
			return -ENOMEM;
	}
	return ferror(stdout) ? -EIO : 0;
}

int list_codes_json(enum json_form form)
{
	struct json json = { .form = form };
	json_auto struct json_object *object = json_new_object(&json);
	struct json_object *codes = json_new_array(&json);

	for (enum sr_code code = 0; code < SR_CODE_COUNT; code++) {
		struct json_object *item = json_new_object(&json);

		json_put_text(&json, item, "code", sr_codes[code].name);
		json_put_text(&json, item, "owner", sr_problem_owner_name(sr_codes[code].owner));
		json_put_text(&json, item, "sentence", sr_codes[code].sentence);
		json_put_text(&json, item, "action", sr_codes[code].action);
		json_add(&json, codes, item);
	}
	json_put_text(&json, object, "schema", SCHEMA);
	json_put(&json, object, "codes", codes);
	return json_print(&json, object);
}
