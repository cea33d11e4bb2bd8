/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A mount namespace of our own and the stage in it: a tmpfs that no one else sees. */
#pragma once

/*
 * Moves this process into a mount namespace, by its own right where it has
 * CAP_SYS_ADMIN, else through a user namespace in which its ids stay as they are.
 * -errno where that is refused; the process may then be in a namespace, but sees
 * the same tree, and has its ids and rights where those allow chroot(2).
 */
int sr_namespace_enter(void);

/*
 * Mounts the stage over a folder that exists; it hides that folder only in this
 * namespace. *@ret_cover is the folder, a constant, to be given to
 * sr_stage_unmount(). -errno.
 */
int sr_stage_mount(const char **ret_cover);
int sr_stage_unmount(const char *cover);
