// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sandbox/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/cleanup.h"

/* include/uapi/linux/landlock.h, whose numbers are the same for all architectures. */
#define CREATE_RULESET_VERSION 1U
#define RULE_PATH_BENEATH      1
#define READ_RIGHTS	       (1ULL << 2 | 1ULL << 3) /* READ_FILE, READ_DIR */
/* WRITE_FILE; REMOVE_FILE; MAKE_DIR, MAKE_REG; MAKE_FIFO; MAKE_SYM; TRUNCATE */
#define MAKE_RIGHTS \
	(1ULL << 1 | 1ULL << 5 | 1ULL << 7 | 1ULL << 8 | 1ULL << 10 | 1ULL << 12 | 1ULL << 14)
#define NET_RIGHTS 3ULL /* BIND_TCP, CONNECT_TCP */
#define SCOPES	   3ULL /* ABSTRACT_UNIX_SOCKET, SIGNAL */

/* Longer than what older kernels know: they take zeros behind it. */
struct ruleset {
	uint64_t files, net, scopes;
};

struct path_beneath {
	uint64_t rights;
	int32_t folder;
} __attribute__((packed));

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule	    445
#define SYS_landlock_restrict_self  446
#endif

/* Documentation/userspace-api/landlock.rst: what came with each version of the interface. */
static struct ruleset known_to(long version)
{
	struct ruleset known = { .files = (1ULL << 13) - 1 };

	if (version >= 2)
		known.files |= 1ULL << 13; /* REFER */
	if (version >= 3)
		known.files |= 1ULL << 14; /* TRUNCATE */
	if (version >= 5)
		known.files |= 1ULL << 15; /* IOCTL_DEV */
	if (version >= 4)
		known.net = NET_RIGHTS;
	if (version >= 6)
		known.scopes = SCOPES;
	return known;
}

static int allow_root(int rules, uint64_t rights)
{
	sr_auto_close int root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	const struct path_beneath beneath = { .rights = rights, .folder = root };

	if (root < 0)
		return -errno;
	return syscall(SYS_landlock_add_rule, rules, RULE_PATH_BENEATH, &beneath, 0) < 0 ? -errno
											 : 0;
}

int sr_landlock_stay(enum sr_landlock_rights rights)
{
	const uint64_t wanted = READ_RIGHTS | (rights == SR_LANDLOCK_MAKE ? MAKE_RIGHTS : 0);
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
	sr_auto_close int rules = -1;
	struct ruleset known;
	int error;

	if (version < 0)
		return -errno;
	known = known_to(version);
	rules = (int)syscall(SYS_landlock_create_ruleset, &known, sizeof(known), 0);
	if (rules < 0)
		return -errno;
	error = allow_root(rules, wanted & known.files);
	if (error)
		return error;
	return syscall(SYS_landlock_restrict_self, rules, 0) < 0 ? -errno : 0;
}
