// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/reason.h"

#include <stdarg.h>
#include <stdio.h>

int sr_fail(struct sr_reason *reason, int error, const char *format, ...)
{
	va_list arguments;

	if (!reason)
		return error;
	va_start(arguments, format);
	vsnprintf(reason->text, sizeof(reason->text), format, arguments);
	va_end(arguments);
	return error;
}
