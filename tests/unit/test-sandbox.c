// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the process that reads a capture can still do: read it, and nothing else. Each attempt
 * is made in a process of its own, inside the sandbox, by sr_sysroot_run().
 */
#include <linux/audit.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <time.h>

#include "sandbox/privileges.h"
#include "sysroot/run.h"
#include "test-sysroot.h"

static const char iomem[] = "00000000-00000fff : Reserved\n";

/* What an attempt made of it: 0 it was possible, else its errno. */
typedef int (*attempt_function)(void);

static int outcome(long result)
{
	return result < 0 ? errno : 0;
}

static int try_exec(void)
{
	return outcome(execl("/bin/true", "true", (char *)NULL));
}

static int try_socket(void)
{
	return outcome(socket(AF_INET, SOCK_STREAM, 0));
}

static int try_kill(void)
{
	return outcome(kill(1, 0));
}

static int try_mount(void)
{
	return outcome(mount("none", "/proc", "tmpfs", 0, NULL));
}

static int try_namespace(void)
{
	return outcome(unshare(CLONE_NEWUSER));
}

static int try_ptrace(void)
{
	return outcome(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static int try_module(void)
{
	return outcome(syscall(SYS_init_module, "", 0, ""));
}

static int try_bpf(void)
{
	return outcome(syscall(SYS_bpf, 0, NULL, 0));
}

static int try_uring(void)
{
	return outcome(syscall(SYS_io_uring_setup, 1, NULL));
}

static int try_outside(void)
{
	return outcome(open("/etc/passwd", O_RDONLY));
}

/* The classic way out of a chroot(2). */
static int try_way_up(void)
{
	struct stat inside, above;

	if (stat("/", &inside) < 0 || stat("/../..", &above) < 0)
		return errno;
	return same_file(&inside, &above) ? ENOENT : 0;
}

static int try_chroot(void)
{
	return outcome(chroot("/proc"));
}

static int try_writing(void)
{
	return outcome(open("/proc/iomem", O_WRONLY));
}

static int try_making(void)
{
	return outcome(open("/new", O_WRONLY | O_CREAT, 0644));
}

static int try_folder(void)
{
	return outcome(mkdir("/new", 0755));
}

static int try_removing(void)
{
	return outcome(unlink("/proc/iomem"));
}

static int try_fork(void)
{
	long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

	if (child == 0)
		syscall(SYS_exit_group, 0);
	return outcome(child);
}

static int try_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
			       MAP_FAILED
		       ? errno
		       : 0;
}

static int try_turning_into_code(void)
{
	static char page[8192];
	uintptr_t start = ((uintptr_t)page + 4095) & ~(uintptr_t)4095;

	return outcome(mprotect((void *)start, 4096, PROT_READ | PROT_EXEC));
}

static int try_rights(void)
{
	struct sr_capabilities own;

	if (sr_capabilities_read(&own) < 0)
		return 0;
	for (unsigned int word = 0; word < _LINUX_CAPABILITY_U32S_3; word++)
		if (own.words[word].effective || own.words[word].permitted ||
		    own.words[word].inheritable)
			return 0;
	return EPERM;
}

/* No file is open but the pipe, and thrice /dev/null. */
static int try_open_files(void)
{
	struct stat status;
	unsigned int pipes = 0, nulls = 0, other = 0;

	for (int fd = 0; fd < 1024; fd++) {
		if (fstat(fd, &status) < 0)
			continue;
		if (fd <= STDERR_FILENO)
			nulls += S_ISCHR(status.st_mode) && status.st_rdev == makedev(1, 3);
		else if (S_ISFIFO(status.st_mode))
			pipes++;
		else
			other++;
	}
	return pipes == 1 && nulls == 3 && !other ? EBADF : 0;
}

static int try_reading(void)
{
	return reads("/proc/iomem", iomem) ? ECANCELED : 0;
}

#define DEATH (-1)

struct attempt {
	const char *what;
	attempt_function function;
	int expected, alone; /* errno, DEATH; @alone: where there is no filter */
};

static const struct attempt attempts[] = {
	{ "reads", try_reading, ECANCELED, ECANCELED },
	{ "has no capability", try_rights, EPERM, EPERM },
	{ "has no file open", try_open_files, EBADF, EBADF },
	{ "opens nothing outside", try_outside, ENOENT, ENOENT },
	{ "finds no way up", try_way_up, ENOENT, ENOENT },
	{ "starts no program", try_exec, DEATH, ENOENT },
	{ "opens no socket", try_socket, DEATH, 0 },
	{ "sends no signal", try_kill, DEATH, EPERM },
	{ "mounts nothing", try_mount, DEATH, EPERM },
	{ "enters no namespace", try_namespace, DEATH, 0 },
	{ "traces nobody", try_ptrace, DEATH, 0 },
	{ "loads no module", try_module, DEATH, 0 },
	{ "loads no BPF", try_bpf, DEATH, 0 },
	{ "has no io_uring", try_uring, DEATH, 0 },
	{ "changes no root", try_chroot, EPERM, EPERM },
	{ "writes nothing", try_writing, EACCES, EACCES },
	{ "makes no file", try_making, EACCES, EACCES },
	{ "makes no folder", try_folder, EPERM, EACCES },
	{ "removes nothing", try_removing, EPERM, EACCES },
	{ "makes no process", try_fork, ENOSYS, 0 },
	{ "maps no code", try_code, ENOSYS, 0 },
	{ "makes no code", try_turning_into_code, ENOSYS, 0 },
};

static int run_attempt(void *data, FILE *out, struct sr_reason *reason)
{
	const struct attempt *attempt = data;
	int got;

	(void)reason;
	errno = 0;
	got = attempt->function();
	fwrite(&got, sizeof(got), 1, out);
	return 0;
}

/* 0, or SKIP_ENTER; *@ret_got is an errno, 0 or DEATH. */
static int run(const char *name, const struct attempt *attempt, int *ret_got,
	       struct sr_reason *reason)
{
	struct sr_found found;
	int error = sr_sysroot_run(path_of(name), run_attempt, (void *)attempt, &found, reason);

	*ret_got = DEATH;
	if (error == -EPERM)
		return SKIP_ENTER;
	if (error == -ECHILD) {
		expect(strstr(reason->text, strsignal(SIGSYS)));
		return 0;
	}
	expect(error == 0 && found.length == sizeof(*ret_got));
	memcpy(ret_got, found.bytes, sizeof(*ret_got));
	free(found.bytes);
	return 0;
}

struct case_of {
	const char *name;
	const struct attempt *attempt;
};

static int check_attempt(const void *argument)
{
	const struct case_of *one = argument;
	struct sr_reason reason = { "" };
	int got, error = run(one->name, one->attempt, &got, &reason);

	if (error)
		return error;
	if (got != one->attempt->expected)
		printf("# got %d, want %d: %s\n", got, one->attempt->expected, reason.text);
	expect(got == one->attempt->expected);
	expect(got == DEATH || reason.text[0] == '\0');
	return 0;
}

static int check_attempt_as_nobody(const void *argument)
{
	int error = become_nobody();

	return error ? error : check_attempt(argument);
}

/* As under a container manager that allows no filters of one's own. */
static int refuse_filters(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_SECCOMP, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = 6, .filter = filter };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		return SKIP_FILTER;
	return 0;
}

static bool has_landlock(void)
{
	return syscall(444, NULL, 0, 1U) > 0; /* landlock_create_ruleset: the version */
}

/* Then it is told, and what Landlock and the lack of rights forbid is still forbidden. */
static int check_without_filter(const void *argument)
{
	const struct case_of *one = argument;
	struct sr_reason reason = { "" };
	int got, error = refuse_filters();

	if (!error && !has_landlock())
		return SKIP_FILTER;
	if (!error)
		error = run(one->name, one->attempt, &got, &reason);
	if (error)
		return error;
	if (one->attempt->alone)
		expect(got == one->attempt->alone);
	expect(strstr(reason.text, "no filter of system calls, the kernel refuses it"));
	return 0;
}

/* Then the filter forbids the same, and nothing is told. */
static int check_without_landlock(const void *argument)
{
	const struct case_of *one = argument;
	int error = refuse_call(444, ENOSYS);

	return error ? error : check_attempt(one);
}

static int check_case_copied(const void *argument)
{
	return check_copied(&(struct check){ check_attempt, argument });
}

static void check_all(const char *name, const char *how, int (*function)(const void *argument))
{
	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++) {
		const struct case_of one = { name, &attempts[i] };
		char what[128];

		snprintf(what, sizeof(what), "%s%s: %s", name, how, attempts[i].what);
		check(what, function, &one);
	}
}

/* Reads on and on, until it is ended. */
static int read_on(void *data, FILE *out, struct sr_reason *reason)
{
	const struct timespec pause = { .tv_nsec = 1000000 };

	(void)data;
	(void)out;
	(void)reason;
	for (int i = 0; i < 20000 && reads("/proc/iomem", iomem); i++)
		nanosleep(&pause, NULL);
	return -ENODATA;
}

static int run_reader(const void *argument)
{
	struct sr_found found;
	struct sr_reason reason = { "" };

	return sr_sysroot_run(path_of(argument), read_on, NULL, &found, &reason) == -ECHILD ? 0 : 1;
}

/* The child of @parent; 0 as long as there is none. */
static pid_t child_of(pid_t parent)
{
	char path[64];
	sr_auto_file FILE *file = NULL;
	int child = 0;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", parent, parent);
	file = fopen(path, "re");
	return file && fscanf(file, "%d", &child) == 1 ? child : 0;
}

static bool status_has(pid_t process, const char *line)
{
	char path[64], text[8192] = "";
	sr_auto_file FILE *file = NULL;

	snprintf(path, sizeof(path), "/proc/%d/status", process);
	file = fopen(path, "re");
	if (!file || fread(text, 1, sizeof(text) - 1, file) == 0)
		return false;
	return strstr(text, line);
}

/* As the kernel shows the process while it reads. */
static int check_status(const void *argument)
{
	static const char *const lines[] = {
		"\nNoNewPrivs:\t1\n",
		"\nSeccomp:\t2\n",
		"\nCapPrm:\t0000000000000000\n",
		"\nCapEff:\t0000000000000000\n",
		"\nCapInh:\t0000000000000000\n",
	};
	const struct timespec pause = { .tv_nsec = 1000000 };
	pid_t runner, reader = 0;
	bool ready = false;
	int status;

	fflush(NULL);
	runner = fork();
	expect(runner >= 0);
	if (runner == 0)
		exit(run_reader(argument));
	for (int i = 0; i < 10000 && !ready; i++) {
		if (!reader)
			reader = child_of(runner);
		ready = reader && status_has(reader, "\nSeccomp_filters:\t2\n");
		nanosleep(&pause, NULL);
	}
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines) && ready; i++)
		expect(status_has(reader, lines[i]));
	if (reader)
		kill(reader, SIGKILL);
	expect(waitpid(runner, &status, 0) == runner && status == 0);
	expect(ready);
	return 0;
}

/* This process is as it was, and can read another, and this machine. */
static int check_reader_alone(const void *argument)
{
	const struct attempt reading = { "", try_reading, ECANCELED, 0 };
	struct place before = place_now();

	(void)argument;
	for (int i = 0; i < 3; i++) {
		struct case_of one = { i == 1 ? "devices.tgz" : "live", &reading };
		int error = check_attempt(&one);

		if (error)
			return error;
		expect(is_same_place(&before));
		expect(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0);
	}
	return 0;
}

static int fail(void *data, FILE *out, struct sr_reason *reason)
{
	(void)data;
	fputs("half of it", out);
	return sr_fail(reason, -ENODATA, "no\033[31m luck");
}

static int check_failure(const void *argument)
{
	struct sr_reason reason = { "" };
	struct sr_found found;
	int error = sr_sysroot_run(path_of("live"), fail, NULL, &found, &reason);

	(void)argument;
	if (error == -EPERM)
		return SKIP_ENTER;
	expect(error == -ENODATA);
	expect(strcmp(reason.text, "no?[31m luck") == 0);
	return 0;
}

/* What root keeps while it reads this machine, and what a program gets that it starts. */
static int check_privileges(const void *argument)
{
	struct sr_reason reason = { "" };
	char status[64];

	(void)argument;
	if (geteuid() != 0)
		return SKIP_ROOT;
	expect(sr_privileges_keep(SR_PRIVILEGE_READ, &reason) == 0);
	snprintf(status, sizeof(status), "\nCapEff:\t%016llx\n",
		 1ULL << CAP_DAC_READ_SEARCH | 1ULL << CAP_SYS_ADMIN | 1ULL << CAP_SETPCAP |
			 1ULL << 34 /* CAP_SYSLOG */);
	if (!status_has(getpid(), status))
		return SKIP_RIGHTS;
	expect(status_has(getpid(), "\nNoNewPrivs:\t1\n"));
	expect(open("/dev/null", O_RDONLY) >= 0 && chroot("/") < 0);
	expect(sr_privileges_keep(0, &reason) == 0);
	expect(status_has(getpid(), "\nCapEff:\t0000000000000000\n"));
	expect(status_has(getpid(), "\nCapBnd:\t0000000000000000\n"));
	execl("/bin/sh", "sh", "-c", "grep -q '^CapEff:.0*$' /proc/self/status", (char *)NULL);
	return SKIP_PROC;
}

int main(int argc, char **argv)
{
	test_begin(argc, argv, (struct making){ .kinds = { "forms", "attacks", "folders" } });
	check_all("devices.tgz", "", check_attempt);
	check_all("live", " as an ordinary user", check_attempt_as_nobody);
	check_all("live", ", without namespaces", check_case_copied);
	check_all("devices.tgz", ", without a filter", check_without_filter);
	check_all("devices.tgz", ", without Landlock", check_without_landlock);
	check("as the kernel shows it", check_status, "devices.tgz");
	check("who has it read stays as it is", check_reader_alone, NULL);
	check("a failure inside, and its reason", check_failure, NULL);
	check("rights for reading this machine", check_privileges, NULL);
	return test_done();
}
