// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox/capabilities.h"
#include "sandbox/filter.h"
#include "sandbox/landlock.h"

static int keep(const struct sr_sandbox *sandbox, bool chroot_too, struct sr_reason *reason)
{
	unsigned int kept[2];
	size_t count = 0;
	int error;

	if (sandbox->reads_others)
		kept[count++] = CAP_DAC_READ_SEARCH;
	if (chroot_too)
		kept[count++] = CAP_SYS_CHROOT;
	error = sr_capabilities_keep(kept, count);
	return error ? sr_fail(reason, error, "cannot drop capabilities: %s", strerror(-error)) : 0;
}

int sr_sandbox_begin(struct sr_sandbox *sandbox, struct sr_reason *reason)
{
	int error;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return sr_fail(reason, -errno, "cannot give up new privileges: %s",
			       strerror(errno));
	error = keep(sandbox, true, reason);
	if (error)
		return error;
	sandbox->filter = sr_filter_load(SR_FILTER_UNPACK);
	/*
	 * Landlock looks at each file that is made, all the way up, which takes a tenth of an
	 * unpacking. Where there is nowhere else to make one, that would be for nothing.
	 */
	if (!sandbox->alone || sandbox->filter)
		sandbox->landlock = sr_landlock_stay(SR_LANDLOCK_MAKE);
	return 0;
}

/* No file of the machine outside stays open. Before Linux 5.9 there is no close_range(2). */
static void close_others(int fd)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, STDERR_FILENO + 1, fd - 1, 0) == 0 &&
	    syscall(SYS_close_range, fd + 1, ~0U, 0) == 0)
		return;
#endif
	for (int other = STDERR_FILENO + 1, end = (int)sysconf(_SC_OPEN_MAX);
	     other < end && other < 65536; other++)
		if (other != fd)
			close(other);
}

int sr_sandbox_end(struct sr_sandbox *sandbox, int fd, struct sr_reason *reason)
{
	int error = keep(sandbox, false, reason);

	if (error)
		return error;
	close_others(fd);
	if (!sandbox->landlock)
		sandbox->landlock = sr_landlock_stay(SR_LANDLOCK_READ);
	if (!sandbox->filter)
		sandbox->filter = sr_filter_load(SR_FILTER_READ);
	return 0;
}

/*
 * Without Landlock files are out of reach all the same, behind a root that cannot be left
 * without capabilities. Without the filter the whole kernel is open.
 */
bool sr_sandbox_lacks(const struct sr_sandbox *sandbox, struct sr_reason *ret_words)
{
	if (!sandbox->filter)
		return false;
	sr_fail(ret_words, 0, "no filter of system calls%s, the kernel refuses it: %s",
		sandbox->landlock ? " and no Landlock" : "", strerror(-sandbox->filter));
	return true;
}
