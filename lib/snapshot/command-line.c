// SPDX-License-Identifier: LGPL-2.1-or-later
#include "snapshot/command-line.h"

#include <string.h>

#include "base/comma-list.h"

/* next_arg() of lib/cmdline.c: blanks end an option, except between double quotes. */
bool sr_kernel_option_next(const char **at, struct sr_kernel_option *ret_option)
{
	const char *text = *at;
	bool quoted = false;
	size_t length = 0;

	if (!text)
		return false;
	text += strspn(text, " \t\n");
	for (; text[length]; length++) {
		if (text[length] == '"')
			quoted = !quoted;
		if (!quoted && strchr(" \t\n", text[length]))
			break;
	}
	*at = text + length;
	*ret_option = (struct sr_kernel_option){ .text = text, .length = length };
	return length > 0;
}

/* next_arg() takes the quotes off an option as a whole ... */
static struct sr_kernel_option unquoted(struct sr_kernel_option option)
{
	if (option.length && *option.text == '"') {
		option.text++;
		option.length--;
	}
	return option;
}

bool sr_kernel_option_is(struct sr_kernel_option option, const char *prefix)
{
	size_t length = strlen(prefix);

	option = unquoted(option);
	return option.length >= length && strncmp(option.text, prefix, length) == 0;
}

/* ... and off a value. */
static bool has_word(const char *list, size_t length, const char *word)
{
	size_t quote = length && *list == '"';

	if (length > quote && list[length - 1] == '"')
		length--;
	return sr_comma_list_has(list + quote, length - quote, word);
}

bool sr_kernel_has_word(const struct sr_kernel *kernel, const char *prefix, const char *word)
{
	const char *at = kernel->command_line.value;
	struct sr_kernel_option option;
	size_t length = strlen(prefix);

	while (sr_kernel_option_next(&at, &option)) {
		if (!sr_kernel_option_is(option, prefix))
			continue;
		option = unquoted(option);
		if (has_word(option.text + length, option.length - length, word))
			return true;
	}
	return false;
}
