// SPDX-License-Identifier: LGPL-2.1-or-later
/* The capabilities of this process: read, written, reduced for a capture. */
#include "sandbox/capabilities.h"

#include <errno.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct __user_cap_header_struct header_of_this_process(void)
{
	return (struct __user_cap_header_struct){ .version = _LINUX_CAPABILITY_VERSION_3 };
}

int sr_capabilities_read(struct sr_capabilities *ret_capabilities)
{
	struct __user_cap_header_struct header = header_of_this_process();

	/* For valgrind, which believes that the kernel writes the first word only. */
	*ret_capabilities = (struct sr_capabilities){ 0 };
	return syscall(SYS_capget, &header, ret_capabilities->words) < 0 ? -errno : 0;
}

int sr_capabilities_write(const struct sr_capabilities *capabilities)
{
	struct __user_cap_header_struct header = header_of_this_process();

	return syscall(SYS_capset, &header, capabilities->words) < 0 ? -errno : 0;
}

bool sr_capabilities_have(const struct sr_capabilities *capabilities, unsigned int capability)
{
	unsigned int word = CAP_TO_INDEX(capability);

	return capabilities->words[word].effective & CAP_TO_MASK(capability);
}

/*
 * CAP_SYS_CHROOT stays for an archive with one leading folder, whose real root is
 * known only when it is unpacked. The permitted set stays whole: leaving takes the
 * effective one back from it.
 */
static unsigned int kept(unsigned int word)
{
	static const unsigned int capabilities[] = { CAP_DAC_READ_SEARCH, CAP_SYS_CHROOT };
	unsigned int mask = 0;

	for (size_t i = 0; i < sizeof(capabilities) / sizeof(capabilities[0]); i++)
		if (CAP_TO_INDEX(capabilities[i]) == word)
			mask |= CAP_TO_MASK(capabilities[i]);
	return mask;
}

/* The bounding set bounds what a program that this process starts would get. */
static void bound(const struct sr_capabilities *kept)
{
	for (unsigned int capability = 0; capability <= 63; capability++)
		if (!sr_capabilities_have(kept, capability) &&
		    prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0 && errno == EINVAL)
			return;
}

int sr_capabilities_keep(const unsigned int *capabilities, size_t count)
{
	struct sr_capabilities before, left = { 0 };
	int error = sr_capabilities_read(&before);

	if (error)
		return error;
	for (size_t i = 0; i < count; i++) {
		unsigned int word = CAP_TO_INDEX(capabilities[i]);

		left.words[word].effective |= CAP_TO_MASK(capabilities[i]) &
					      before.words[word].effective;
	}
	for (unsigned int word = 0; word < _LINUX_CAPABILITY_U32S_3; word++)
		left.words[word].permitted = left.words[word].effective;
	if (sr_capabilities_have(&before, CAP_SETPCAP))
		bound(&left);
	return sr_capabilities_write(&left);
}

int sr_capabilities_reduce(struct sr_capabilities *ret_before)
{
	struct sr_capabilities before, reduced;
	int error = sr_capabilities_read(&before);

	if (error)
		return error;
	reduced = before;
	for (unsigned int word = 0; word < _LINUX_CAPABILITY_U32S_3; word++)
		reduced.words[word].effective &= kept(word);
	error = sr_capabilities_write(&reduced);
	if (error)
		return error;
	*ret_before = before;
	return 0;
}
