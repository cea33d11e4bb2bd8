// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sandbox/privileges.h"

#include <string.h>
#include <sys/prctl.h>

#include "sandbox/capabilities.h"

#ifndef CAP_SYSLOG
#define CAP_SYSLOG 34
#endif

/*
 * kernel/resource.c shows addresses to CAP_SYS_ADMIN, kernel/printk/printk.c the log to
 * CAP_SYSLOG. Root's files need none, but not all that root reads is root's.
 */
static const struct {
	unsigned int capability, privileges;
} rows[] = {
	{ CAP_DAC_READ_SEARCH, SR_PRIVILEGE_READ | SR_PRIVILEGE_SYSROOT },
	{ CAP_SYS_ADMIN, SR_PRIVILEGE_READ | SR_PRIVILEGE_SYSROOT },
	{ CAP_SYSLOG, SR_PRIVILEGE_READ },
	{ CAP_SYS_CHROOT, SR_PRIVILEGE_SYSROOT },
	{ CAP_SETFCAP, SR_PRIVILEGE_SYSROOT }, /* user_namespaces(7): to map root */
	{ CAP_SETPCAP, SR_PRIVILEGE_READ },    /* to give up more of the bounding set later */
	{ CAP_DAC_OVERRIDE, SR_PRIVILEGE_FILE },
	{ CAP_FOWNER, SR_PRIVILEGE_FILE }, /* to replace another's file in a sticky folder */
};

int sr_privileges_keep(unsigned int privileges, struct sr_reason *reason)
{
	unsigned int kept[sizeof(rows) / sizeof(*rows)];
	size_t count = 0;
	int error;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].privileges & privileges)
			kept[count++] = rows[i].capability;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return sr_fail(reason, -errno, "cannot give up new privileges: %s",
			       strerror(errno));
	error = sr_capabilities_keep(kept, count);
	/*
	 * A kernel lets everybody give up capabilities (cap_capset() in security/commoncap.c), so
	 * this is the filter of a container or a unit, which bounds the rights in its own way.
	 */
	if (error == -EPERM)
		return 0;
	return error ? sr_fail(reason, error, "cannot drop capabilities: %s", strerror(-error)) : 0;
}
