/* SPDX-License-Identifier: GPL-2.0-only */
/* The parts of the page, and what they share. Each part: 0 or -ENOMEM. */
#pragma once

#include "markdown.h"
#include "render-page.h"

/* render-page-tables.c: what firmware and devices describe */
int page_memory_map(FILE *stream, const struct page *page);
int page_srat(FILE *stream, const struct page *page);
int page_windows(FILE *stream, const struct page *page);
int page_decoders(FILE *stream, const struct page *page);
int page_regions(FILE *stream, const struct page *page);

/* render-page-faults.c: what firmware has to mend */
int page_faults(FILE *stream, const struct page *page);

/* Whether a part of page_faults() is about @code. */
bool page_is_fault(const struct page *page, enum sr_code code);

/* render-page-outcome.c: what the system made of it, and what is not for firmware */
int page_outcome(FILE *stream, const struct page *page);
int page_others(FILE *stream, const struct page *page);

/* More rows than a table of the page has; JSON has them all. */
#define PAGE_ROWS 256

/* The headings of @table, and so its columns; ends with NULL. */
void page_headings(struct markdown_table *table, const char *const headings[]);

/* The table, or instead of one without rows @nothing; and how many of @count are left out. */
int page_table(FILE *stream, const struct markdown_table *table, size_t count, const char *nothing);

/* Cells. What is unknown is a "?", what there is not a "-". */
char *page_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *page_range(struct sr_range range);
char *page_extent(struct sr_u64 start, struct sr_u64 size); /* as a range */
char *page_size(struct sr_u64 bytes);
char *page_number(struct sr_u64 number);
char *page_offset(struct sr_u64 offset);
char *page_name(struct sr_text name);
char *page_truth(enum sr_truth truth);

/* The sentence of a code, which is Markdown already: names of commands are code spans in it. */
void page_sentence(FILE *stream, const char *begin, const char *text, enum sr_code code);
