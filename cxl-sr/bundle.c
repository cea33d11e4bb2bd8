// SPDX-License-Identifier: GPL-2.0-only
#include "bundle.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "predictions.h"
#include "reading.h"
#include "render-lint.h"
#include "render-page.h"
#include "render.h"
#include "rendered-text.h"
#include "text.h"

struct subject {
	struct reading reading;
	struct sr_lint *lint;
	struct predictions predictions;
	size_t barred;
};

static void subject_done(struct subject *subject)
{
	predictions_done(&subject->predictions);
	sr_lint_free(subject->lint);
	reading_done(&subject->reading);
}

static int print_page(const void *data)
{
	const struct subject *subject = data;
	const struct page page = {
		.report = subject->reading.report,
		.lint = subject->lint,
		.barred = subject->barred,
	};

	return render_page(stdout, &page);
}

static int print_report(const void *data)
{
	const struct subject *subject = data;
	struct table_style style = { .headings = true, .color = COLOR_NEVER };

	if (!columns_choose(NULL, &style.columns, (char[80]){ "" }, 80))
		return -EINVAL;
	return render_table(subject->reading.report, &style);
}

static int print_report_json(const void *data)
{
	const struct subject *subject = data;

	return render_json(subject->reading.report, JSON_PRETTY);
}

static int print_lint(const void *data)
{
	const struct subject *subject = data;

	return render_lint_text(subject->lint);
}

static int print_lint_json(const void *data)
{
	const struct subject *subject = data;

	return render_lint_json(subject->lint, JSON_PRETTY);
}

static int print_predictions(const void *data)
{
	const struct subject *subject = data;

	return render_predictions(&subject->predictions);
}

/* In the order of the archive: first what is to be read first. */
static const struct {
	const char *name;
	int (*print)(const void *subject);
} pages[BUNDLE_PAGES] = {
	{ "README.md", print_page },	      { "report.txt", print_report },
	{ "report.json", print_report_json }, { "lint.txt", print_lint },
	{ "lint.json", print_lint_json },     { "predict.txt", print_predictions },
};

static int render_pages(const struct subject *subject, struct bundle *bundle)
{
	for (size_t i = 0; i < BUNDLE_PAGES; i++) {
		struct sr_capture_page *page = &bundle->pages[i];
		int error =
			rendered_text(pages[i].print, subject, &bundle->texts[i], &page->length);

		if (error)
			return error;
		page->name = pages[i].name;
		page->text = bundle->texts[i];
	}
	return 0;
}

static int judge(struct subject *subject)
{
	const struct sr_report *report = subject->reading.report;
	int error = sr_lint(report, &subject->lint);

	return error ? error : predictions_make(report, NULL, &subject->predictions);
}

/* In memory: what is not given away yet is on no disk. */
static int keep(const struct sr_capture *capture, int *ret_fd, struct sr_reason *reason)
{
	sr_auto_close int fd = memfd_create("cxl-sr", MFD_CLOEXEC);
	int error;

	if (fd < 0)
		return sr_fail(reason, -errno, "cannot keep it in memory: %s", strerror(errno));
	error = sr_capture_write(capture, fd, SR_PACK_TAR, reason);
	if (error)
		return error;
	*ret_fd = fd;
	fd = -1;
	return 0;
}

static int read_again(int fd, struct reading *reading, struct sr_reason *reason)
{
	int error;

	if (text_format(&reading->sysroot, "/proc/self/fd/%d", fd) < 0) {
		reading->sysroot = NULL;
		return -ENOMEM;
	}
	error = reading_make(reading);
	if (reading->report && reading->report->nothing_read)
		return sr_fail(reason, -ENODATA,
			       "neither /proc/iomem nor anything else of a machine's memory");
	if (error && reading->failure)
		return sr_fail(reason, error, "what was packed cannot be read again: %s",
			       reading->failure);
	return error;
}

int bundle_make(const struct sr_capture *capture, struct bundle *bundle, struct sr_reason *reason)
{
	__attribute__((cleanup(subject_done))) struct subject subject = {
		.barred = sr_capture_barred_count(capture),
	};
	sr_auto_close int fd = -1;
	int error = keep(capture, &fd, reason);

	*bundle = (struct bundle){ .capture = capture };
	if (!error)
		error = read_again(fd, &subject.reading, reason);
	if (!error)
		error = judge(&subject);
	if (!error)
		error = render_pages(&subject, bundle);
	if (error && !*reason->text)
		return sr_fail(reason, error, error == -ENOMEM ? "out of memory" : "%s",
			       strerror(-error));
	return error;
}

void bundle_done(struct bundle *bundle)
{
	for (size_t i = 0; i < BUNDLE_PAGES; i++)
		free(bundle->texts[i]);
}

int bundle_write(const void *what, int fd, enum sr_pack_format format, struct sr_reason *reason)
{
	const struct bundle *bundle = what;

	return sr_capture_write_bundle(bundle->capture, bundle->pages, BUNDLE_PAGES, fd, format,
				       reason);
}
