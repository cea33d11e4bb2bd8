// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Run by the build: writes the filters of system calls as C (see filter.h). What the two lists
 * do not have fails with ENOSYS, as with an old kernel, so that a newer C library falls back on
 * calls that it knows. What only an attacker would try ends the process.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* Names, as not each architecture has each call. */
static const char *const allowed[] = {
	/* memory, time and the process itself */
	"brk",
	"munmap",
	"mremap",
	"madvise",
	"futex",
	"futex_time64",
	"getrandom",
	"rseq",
	"set_robust_list",
	"rt_sigaction",
	"rt_sigprocmask",
	"rt_sigreturn",
	"sigaltstack",
	"restart_syscall",
	"exit",
	"exit_group",
	"clock_gettime",
	"clock_gettime64",
	"clock_getres",
	"gettimeofday",
	"time",
	"clock_nanosleep",
	"clock_nanosleep_time64",
	"nanosleep",
	"getpid",
	"gettid",
	"getppid",
	"getuid",
	"geteuid",
	"getgid",
	"getegid",
	"getuid32",
	"geteuid32",
	"getgid32",
	"getegid32",
	"uname",
	"sched_getaffinity",
	"sched_yield",
	"sysinfo",
	"getrlimit",
	"ugetrlimit",
	"getrusage",
	"umask",
	/* open files */
	"read",
	"pread64",
	"readv",
	"write",
	"pwrite64",
	"writev",
	"lseek",
	"_llseek",
	"close",
	"close_range",
	"fstat",
	"fstat64",
	"fstatfs",
	"fstatfs64",
	"getdents",
	"getdents64",
	"poll",
	"ppoll",
	"ppoll_time64",
	"fcntl",
	"fcntl64",
	"fadvise64",
	"fadvise64_64",
	"readahead",
	"dup",
	"dup3",
	"_newselect",
	"select",
	"pselect6",
	/* looking up files */
	"open",
	"openat",
	"stat",
	"stat64",
	"lstat",
	"lstat64",
	"fstatat64",
	"newfstatat",
	"statx",
	"access",
	"faccessat",
	"faccessat2",
	"readlink",
	"readlinkat",
	"statfs",
	"statfs64",
	"getcwd",
	/* what rights there are */
	"capget",
};

/* No reading of a capture comes near these, nor does a library in a mood. */
static const char *const deadly[] = {
	"execve",
	"execveat",
	"ptrace",
	"process_vm_readv",
	"process_vm_writev",
	"kcmp",
	"pidfd_getfd",
	"mount",
	"umount",
	"umount2",
	"pivot_root",
	"move_mount",
	"open_tree",
	"fsopen",
	"fsmount",
	"fsconfig",
	"fspick",
	"mount_setattr",
	"unshare",
	"setns",
	"socket",
	"socketpair",
	"socketcall",
	"connect",
	"bind",
	"sendto",
	"sendmsg",
	"bpf",
	"perf_event_open",
	"userfaultfd",
	"io_uring_setup",
	"keyctl",
	"add_key",
	"request_key",
	"init_module",
	"finit_module",
	"delete_module",
	"create_module",
	"kexec_load",
	"kexec_file_load",
	"open_by_handle_at",
	"reboot",
	"swapon",
	"swapoff",
	"iopl",
	"ioperm",
	"modify_ldt",
	"setuid",
	"setreuid",
	"setresuid",
	"setfsuid",
	"setgid",
	"setgroups",
	"kill",
	"tkill",
	"process_madvise",
	"quotactl",
	"acct",
	"settimeofday",
	"clock_settime",
};

/* Of the first stage alone: making files, and the way to the second, which refuses them. */
static const char *const unpacking[] = {
	"mkdir",
	"mkdirat",
	"symlink",
	"symlinkat",
	"unlink",
	"unlinkat",
	"mknod",
	"mknodat",
	"ftruncate",
	"ftruncate64",
	"fchmod",
	"chroot",
	"chdir",
	"fchdir",
	"capset",
	"prctl",
	"seccomp",
	"landlock_create_ruleset",
	"landlock_add_rule",
	"landlock_restrict_self",
};

static void check(int result, const char *what)
{
	if (result >= 0)
		return;
	fprintf(stderr, "make-filters: %s: error %d\n", what, -result);
	exit(EXIT_FAILURE);
}

static scmp_filter_ctx begin(uint32_t otherwise, const char *architecture)
{
	scmp_filter_ctx filter = seccomp_init(otherwise);
	uint32_t wanted = seccomp_arch_resolve_name(architecture);

	if (!filter || !wanted) {
		fprintf(stderr, "make-filters: no filter for %s\n", architecture);
		exit(EXIT_FAILURE);
	}
	if (wanted != seccomp_arch_native()) {
		check(seccomp_arch_add(filter, wanted), architecture);
		check(seccomp_arch_remove(filter, SCMP_ARCH_NATIVE), "native");
	}
	check(seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS), "badarch");
	/* A binary tree; a library before 2.5 makes a longer program. */
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	return filter;
}

/* A negative number is that of a call which this architecture lacks. */
static int number_of(const char *name)
{
	int number = seccomp_syscall_resolve_name(name);

	if (number == __NR_SCMP_ERROR)
		fprintf(stderr, "make-filters: libseccomp does not know %s yet\n", name);
	return number;
}

static void add_all(scmp_filter_ctx filter, uint32_t action, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int number = number_of(names[i]);

		if (number != __NR_SCMP_ERROR)
			check(seccomp_rule_add(filter, action, number, 0), names[i]);
	}
}

static void add_where(scmp_filter_ctx filter, uint32_t action, const char *name,
		      struct scmp_arg_cmp argument)
{
	int number = number_of(name);

	if (number != __NR_SCMP_ERROR)
		check(seccomp_rule_add_array(filter, action, number, 1, &argument), name);
}

/* Nothing that was written becomes code: no library of the capture can be loaded. */
static void add_memory(scmp_filter_ctx filter)
{
	static const char *const names[] = { "mmap", "mmap2", "mprotect" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		add_where(filter, SCMP_ACT_ALLOW, names[i],
			  SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
}

/* Of a limit only how it is: prlimit64() of this process, with none to set. */
static void add_limits(scmp_filter_ctx filter)
{
	add_where(filter, SCMP_ACT_ALLOW, "prlimit64", SCMP_A2(SCMP_CMP_EQ, 0));
}

static void refuse_writing(scmp_filter_ctx filter)
{
	static const uint64_t flags[] = { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC };

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		add_where(filter, SCMP_ACT_ERRNO(EACCES), "open",
			  SCMP_A1(SCMP_CMP_MASKED_EQ, flags[i], flags[i]));
		add_where(filter, SCMP_ACT_ERRNO(EACCES), "openat",
			  SCMP_A2(SCMP_CMP_MASKED_EQ, flags[i], flags[i]));
	}
}

/* As libseccomp gives it out, into a file. */
static void print(scmp_filter_ctx filter, const char *name)
{
	FILE *file = tmpfile();
	struct sock_filter line;

	if (!file) {
		perror("make-filters: tmpfile");
		exit(EXIT_FAILURE);
	}
	check(seccomp_export_bpf(filter, fileno(file)), "export");
	rewind(file);
	printf("#define %s", name);
	while (fread(&line, sizeof(line), 1, file) == 1)
		printf(" \\\n\t{ 0x%x, %u, %u, 0x%x },", line.code, line.jt, line.jf, line.k);
	printf("\n\n");
	fclose(file);
	seccomp_release(filter);
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

int main(int count, char **arguments)
{
	const char *architecture = count > 1 ? arguments[1] : "";
	scmp_filter_ctx filter = begin(SCMP_ACT_ERRNO(ENOSYS), architecture);

	add_all(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed));
	add_all(filter, SCMP_ACT_ALLOW, unpacking, COUNT(unpacking));
	add_all(filter, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly));
	add_memory(filter);
	add_limits(filter);
	printf("/* Made by make-filters. */\n");
	print(filter, "SR_FILTER_UNPACK_PROGRAM");
	filter = begin(SCMP_ACT_ALLOW, architecture);
	add_all(filter, SCMP_ACT_ERRNO(EPERM), unpacking, COUNT(unpacking));
	refuse_writing(filter);
	print(filter, "SR_FILTER_READ_PROGRAM");
	return EXIT_SUCCESS;
}
