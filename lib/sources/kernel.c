// SPDX-License-Identifier: LGPL-2.1-or-later
/* The kernel's release and command line. */
#include <string.h>
#include <sys/utsname.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "sources/source.h"

#define RELEASE_PATH	  "/proc/sys/kernel/osrelease"
#define VERSION_PATH	  "/proc/version"
#define MACHINE_PATH	  "/proc/sys/kernel/arch" /* since v6.1 */
#define COMMAND_LINE_PATH "/proc/cmdline"
#define LOADER_PATH	  "/proc/sys/kernel" /* x86 only */
#define UNAME_PATH	  "/sos_commands/kernel/uname_-a"
#define TEXT_LIMIT	  65536

/* A file of one line, without its newline. 0, or -errno; -EILSEQ: a NUL inside. */
static int read_line(struct sr_source_context *context, const char *path, struct sr_text *ret_text)
{
	sr_auto_free char *text = NULL;
	size_t length;
	int error = sr_file_read(path, TEXT_LIMIT, &text, &length);
	const char *copy;

	if (error)
		return error;
	/* The least that the kernel shows is a newline. */
	if (length == 0)
		return -ENODATA;
	if (strlen(text) != length)
		return -EILSEQ;
	copy = sr_pool_text_n(context->snapshot->pool, text, strcspn(text, "\n"));
	if (!copy)
		return -ENOMEM;
	*ret_text = sr_text_of(copy);
	return 0;
}

/* "Linux version 6.12.117+deb12-amd64 (...": captures may lack osrelease. */
static int release_of_version(struct sr_source_context *context)
{
	static const char prefix[] = "Linux version ";
	struct sr_text version = { 0 };
	const char *release;
	int error = read_line(context, VERSION_PATH, &version);

	if (error)
		return error;
	if (strncmp(version.value, prefix, strlen(prefix)) != 0)
		return -EINVAL;
	release = version.value + strlen(prefix);
	release = sr_pool_text_n(context->snapshot->pool, release, strcspn(release, " "));
	if (!release)
		return -ENOMEM;
	context->snapshot->kernel.release = sr_text_of(release);
	return 0;
}

/* "Linux HOST 6.12.117+deb12-amd64 #1 SMP ... x86_64 GNU/Linux": a sosreport has no other. */
static int read_uname(struct sr_source_context *context)
{
	struct sr_kernel *kernel = &context->snapshot->kernel;
	struct sr_pool *pool = context->snapshot->pool;
	struct sr_text text = { 0 };
	const char *release, *machine, *end;
	int error = read_line(context, UNAME_PATH, &text);

	if (error)
		return error;
	release = strncmp(text.value, "Linux ", 6) == 0 ? strchr(text.value + 6, ' ') : NULL;
	if (!release || !strcspn(release + 1, " "))
		return -EINVAL;
	kernel->release = sr_text_of(sr_pool_text_n(pool, release + 1, strcspn(release + 1, " ")));
	end = strrchr(text.value, ' ');
	machine = memrchr(release, ' ', (size_t)(end - release));
	if (machine && machine > release && strcmp(end, " GNU/Linux") == 0)
		kernel->machine =
			sr_text_of(sr_pool_text_n(pool, machine + 1, (size_t)(end - machine - 1)));
	return !kernel->release.value || (kernel->machine.known && !kernel->machine.value) ? -ENOMEM
											   : 0;
}

/* Not needed often enough to make the source partial where it is unknown. */
static int read_machine(struct sr_source_context *context, struct sr_text *ret_machine)
{
	struct utsname name;
	int error = read_line(context, MACHINE_PATH, ret_machine);

	if (error == 0 || error == -ENOMEM)
		return error;
	if (!context->live || context->recorded || uname(&name) < 0)
		return 0;
	*ret_machine = sr_text_of(sr_pool_text(context->snapshot->pool, name.machine));
	return ret_machine->value ? 0 : -ENOMEM;
}

/*
 * Boot loader 0xd (Documentation/arch/x86/boot.rst) without a version: kexec-tools, and
 * kexec_file_load(2) (bzImage64_load(), arch/x86/kernel/kexec-bzimage64.c).
 */
static enum sr_truth read_kexec(void)
{
	struct sr_u64 loader = sr_attribute_u64(LOADER_PATH, "bootloader_type");

	if (!loader.known)
		return SR_UNKNOWN;
	return loader.value >> 4 == 0xd ? SR_YES : SR_NO;
}

int sr_read_kernel(struct sr_source_context *context)
{
	struct sr_kernel *kernel = &context->snapshot->kernel;
	const char *path = RELEASE_PATH;
	int release = read_line(context, RELEASE_PATH, &kernel->release);
	int command_line = read_line(context, COMMAND_LINE_PATH, &kernel->command_line);

	if (release && release != -ENOMEM)
		release = release_of_version(context);
	if (release && release != -ENOMEM && context->sos_devices) {
		path = UNAME_PATH;
		release = read_uname(context);
	}
	if (release == -ENOMEM || command_line == -ENOMEM ||
	    read_machine(context, &kernel->machine) == -ENOMEM)
		return -ENOMEM;
	kernel->kexec = read_kexec();
	if (release && command_line)
		return sr_note(context, SR_SOURCE_KERNEL, sr_state_of_error(release), path,
			       "neither release nor command line could be read");
	if (release)
		return sr_note(context, SR_SOURCE_KERNEL, SR_SOURCE_PARTIAL, COMMAND_LINE_PATH,
			       "%s could not be read: %s", path, strerror(-release));
	if (command_line)
		return sr_note(context, SR_SOURCE_KERNEL, SR_SOURCE_PARTIAL, path,
			       "%s could not be read: %s", COMMAND_LINE_PATH,
			       strerror(-command_line));
	return sr_note(context, SR_SOURCE_KERNEL, SR_SOURCE_OK, path, NULL);
}
