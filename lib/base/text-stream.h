/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A stream into memory that tells when there was none: open_memstream(3) of glibc 2.36 leaves out
 * what it has no memory for, and neither the stream nor fclose(3) has an error then.
 */
#pragma once

#include <stdio.h>

/*
 * NULL: no memory. What was flushed so far is in *@text, with a NUL behind it; @text and @length
 * have to last until the end, and the text is to be freed, also where something failed.
 */
FILE *sr_text_open(char **text, size_t *length);

/* 0; -ENOMEM: the text is not whole. */
int sr_text_close(FILE *stream);
