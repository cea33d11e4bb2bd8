/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The system calls that are left to this process. The filters are made with libseccomp when
 * this is built (make-filters.c): no library is loaded, and no filter computed, at each start.
 */
#pragma once

enum sr_filter {
	SR_FILTER_UNPACK, /* what unpacking takes, and reading */
	SR_FILTER_READ,	  /* on top of the other: no file is made or opened for writing */
};

/*
 * For good, and for all that this process may start. no_new_privs must be set. -errno where
 * the kernel refuses it.
 */
int sr_filter_load(enum sr_filter filter);
