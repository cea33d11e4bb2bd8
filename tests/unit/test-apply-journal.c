// SPDX-License-Identifier: GPL-2.0-only
/* apply/journal.h: what is written is what is read, and nothing else is. */
#include "apply/journal.h"

#include <signal.h>
#include <sys/resource.h>

#include "apply-root.h"
#include "apply/actions.h"
#include "tap.h"

#define JOURNAL	 SR_JOURNAL_FOLDER "/" SR_JOURNAL_NAME
#define VOLATILE SR_JOURNAL_FOLDER_VOLATILE "/" SR_JOURNAL_NAME

static struct sr_machine machine;

static const struct sr_journal_head head = { .tool = "0.1", .policy = "cxl", .fingerprint = "f0" };

static const struct sr_step steps[] = {
	{ .action = SR_ACTION_OFFLINE,
	  .target = "dax0.0",
	  .has_range = true,
	  .range = { 0x1290000000, 0x12afffffff },
	  .offline_bytes = 536870912,
	  .undo = "echo online_movable > /sys/devices/system/memory/memory594/state" },
	{ .action = SR_ACTION_RESIZE_DEVICE, .target = "dax0.0", .value = "0x10000000" },
	{ .action = SR_ACTION_UNLOAD_MODULE, .target = "cxl_acpi" },
};

#define STEP_COUNT (sizeof(steps) / sizeof(*steps))

static int create(struct sr_journal *journal)
{
	struct sr_reason reason = { 0 };

	*journal = (struct sr_journal){ .folder = -1 };
	return sr_journal_create(&machine, &head, steps, STEP_COUNT, journal, &reason);
}

static int open_it(struct sr_journal *journal)
{
	struct sr_reason reason = { 0 };

	*journal = (struct sr_journal){ .folder = -1 };
	return sr_journal_open(&machine, journal, &reason);
}

static void test_round_trip(void)
{
	struct sr_journal journal, again;
	struct sr_block_run *run;
	struct sr_reason reason;

	ok(create(&journal) == 0, "made");
	is_number(sr_journal_resume_point(&journal), 0, "it starts with the first step");
	journal.auto_online = "online_movable";
	journal.steps.items[0].state = SR_STEP_DONE;
	run = sr_list_add(&journal.steps.items[0].blocks);
	*run = (struct sr_block_run){ .first = 594, .count = 4, .movable = true };
	journal.steps.items[1].state = SR_STEP_FAILED;
	journal.steps.items[1].error = EBUSY;
	journal.steps.items[1].before = "536870912";
	ok(sr_journal_save(&journal, &reason) == 0, "saved");
	ok(open_it(&again) == 0, "read");
	is_text(again.policy, "cxl", "its policy");
	is_text(again.boot, ROOT_BOOT, "its boot");
	is_text(again.auto_online, "online_movable", "what has to be restored");
	is_number(again.steps.count, STEP_COUNT, "its steps");
	is_text(again.steps.items[0].step.undo, steps[0].undo, "an undo");
	is_number(again.steps.items[0].step.range.end, 0x12afffffff, "a range");
	is_number(again.steps.items[0].blocks.items[0].first, 594, "blocks");
	is_number((uint64_t)again.steps.items[1].error, EBUSY, "an errno");
	is_text(again.steps.items[1].before, "536870912", "what was before");
	ok(!again.steps.items[2].step.value && !again.steps.items[2].step.has_range, "nothing");
	is_number(sr_journal_resume_point(&again), 1, "where it goes on");
	is_number((uint64_t)sr_journal_is_of_this_boot(&machine, &again), 1, "of this boot");
	root_write("/proc/sys/kernel/random/boot_id", "00000000-0000-0000-0000-000000000000\n");
	is_number((uint64_t)sr_journal_is_of_this_boot(&machine, &again), 0, "of another");
	root_write("/proc/sys/kernel/random/boot_id", ROOT_BOOT "\n");
	sr_journal_close(&again);
	is_number((uint64_t)-create(&again), EEXIST, "there is only one");
	ok(sr_journal_finish(&journal, &reason) == 0, "finished");
	sr_journal_close(&journal);
	is_number((uint64_t)-open_it(&again), ENOENT, "then there is none");
	ok(root_exists(SR_JOURNAL_FOLDER "/" SR_JOURNAL_LAST_NAME), "but in the archive");
}

static void test_places(void)
{
	struct sr_journal journal;
	struct stat status;

	root_renew();
	ok(create(&journal) == 0, "made");
	ok(stat(root_path(SR_JOURNAL_FOLDER), &status) == 0 && (status.st_mode & 07777) == 0700,
	   "the folder is ours alone");
	ok(stat(root_path(JOURNAL), &status) == 0 && (status.st_mode & 07777) == 0600,
	   "so is the file");
	sr_journal_close(&journal);
	root_renew();
	rmdir(root_path("/var/lib"));
	ok(create(&journal) == 0 && root_exists(VOLATILE), "without /var/lib it is in /run");
	sr_journal_close(&journal);
	root_mkdir("/var/lib");
	is_number((uint64_t)-create(&journal), EEXIST, "it is found there");
	root_renew();
	root_mkdir(SR_JOURNAL_FOLDER);
	is_number((uint64_t)-create(&journal), EPERM, "a folder that others may read is refused");
	ok(!root_exists(VOLATILE), "and not passed over");
	root_renew();
	symlink("/tmp", root_path(SR_JOURNAL_FOLDER));
	ok(create(&journal) < 0 && !root_exists(VOLATILE), "so is a link");
}

/* A disk that is full: the journal of before stays. */
static void test_full(void)
{
	struct rlimit old, limit = { .rlim_cur = 64 };
	struct sr_journal journal, again;
	struct sr_reason reason;

	root_renew();
	ok(create(&journal) == 0, "made");
	journal.steps.items[0].state = SR_STEP_DONE;
	getrlimit(RLIMIT_FSIZE, &old);
	limit.rlim_max = old.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	fflush(stdout);
	setrlimit(RLIMIT_FSIZE, &limit);
	is_number((uint64_t)-sr_journal_save(&journal, &reason), EFBIG, "cannot be written");
	setrlimit(RLIMIT_FSIZE, &old);
	ok(!root_exists(JOURNAL ".new"), "half a file is not left");
	ok(open_it(&again) == 0 && again.steps.items[0].state == SR_STEP_PLANNED,
	   "it is as it was");
	sr_journal_close(&journal);
	sr_journal_close(&again);
}

/* Blocks in more pieces than can be read again are not written either. */
static void test_pieces(void)
{
	struct sr_journal journal;
	struct sr_reason reason;

	root_renew();
	ok(create(&journal) == 0, "made");
	for (uint64_t i = 0; i < SR_JOURNAL_BLOCK_LIMIT; i++)
		*sr_list_add(&journal.steps.items[0].blocks) =
			(struct sr_block_run){ .first = 2 * i, .count = 1 };
	ok(sr_journal_save(&journal, &reason) == 0, "as many as there may be");
	*sr_list_add(&journal.steps.items[0].blocks) = (struct sr_block_run){ .count = 1 };
	is_number((uint64_t)-sr_journal_save(&journal, &reason), EFBIG, "one more");
	sr_journal_close(&journal);
	ok(open_it(&journal) == 0 && journal.steps.items[0].blocks.count == SR_JOURNAL_BLOCK_LIMIT,
	   "it is as it was");
	sr_journal_close(&journal);
}

static void refused(const char *text, int error, const char *what)
{
	struct sr_journal journal;
	sr_auto_file FILE *file = fopen(root_path(JOURNAL), "w");
	int result;

	fputs(text, file);
	fflush(file);
	chmod(root_path(JOURNAL), 0600);
	result = open_it(&journal);
	if (result == 0)
		sr_journal_close(&journal);
	if (error)
		is_number((uint64_t)-result, (uint64_t)error, what);
	else
		ok(result < 0, what);
}

static char *read_journal(size_t *ret_length)
{
	char *text = NULL;
	sr_auto_file FILE *file = fopen(root_path(JOURNAL), "r");
	size_t room = 0;
	ssize_t length = file ? getdelim(&text, &room, EOF, file) : -1;

	*ret_length = length > 0 ? (size_t)length : 0;
	return text;
}

/* Whether every text of a kind is refused; told once. */
static bool is_refused(char *text)
{
	sr_auto_journal struct sr_journal journal = { .folder = -1, .pool = sr_pool_new() };
	sr_auto_free char *copy = strdup(text);
	struct sr_reason reason = { 0 };

	return sr_journal_parse(copy, &journal, &reason) < 0 && reason.text[0];
}

static void test_damaged(void)
{
	struct sr_journal journal;
	sr_auto_free char *text = NULL;
	size_t length, passed = 0;
	char kept;

	root_renew();
	ok(create(&journal) == 0, "made");
	sr_journal_close(&journal);
	text = read_journal(&length);
	ok(length > 100, "there is text");
	for (size_t i = 0; i < length; i++) {
		kept = text[i];
		text[i] = '\0';
		passed += !is_refused(text);
		text[i] = kept;
	}
	is_number(passed, 0, "cut short at each byte, it is refused");
	for (size_t i = 0; i < length; i++) {
		kept = text[i];
		for (int bit = 0; bit < 8; bit++) {
			text[i] = (char)(kept ^ (1 << bit));
			/* A NUL is cut short; the file as such is refused for it. */
			passed += text[i] && !is_refused(text);
		}
		text[i] = kept;
	}
	is_number(passed, 0, "with any bit turned, it is refused");
	ok(!is_refused(text), "as it was, it is not");
}

/* Texts with a checksum that is right: made, not damaged. */
static char *with_end(const char *lines)
{
	char end[SR_JOURNAL_END_SIZE], *text = NULL;

	sr_journal_end(lines, strlen(lines), end);
	return asprintf(&text, "%s%s", lines, end) > 0 ? text : NULL;
}

static void made(const char *lines, const char *what)
{
	sr_auto_free char *text = with_end(lines);

	refused(text, 0, what);
}

#define HEAD_ONLINE(word)                                                                   \
	SR_JOURNAL_MAGIC "\ntool\t0.1\nboot\t" ROOT_BOOT "\npolicy\tcxl\nfingerprint\tf0\n" \
			 "mode\tapply\nauto-online\t" word "\n"
#define HEAD	     HEAD_ONLINE("-")
#define STEP(target) HEAD "steps\t1\nstep\t0\toffline\tplanned\t0\t" target "\t-\t-\t-\t0\t-\t-\n"

static void test_made(void)
{
	struct sr_journal journal;
	sr_auto_free char *text = with_end(STEP("dax0.0"));

	ok(!is_refused(text), "what is as it should be is read");
	made(STEP("../dax0.0"), "a target that leaves its folder");
	made(STEP("dax0.0/../x"), "one with a slash");
	made(STEP("dax0.0 "), "one with a blank");
	made(STEP("-"), "none");
	made(STEP("dax00000000000000000000000000000000000000000000000000000000000000000.0"),
	     "one that is longer than a name");
	made(HEAD "steps\t2\nstep\t0\toffline\tplanned\t0\tdax0.0\t-\t-\t-\t0\t-\t-\n",
	     "fewer steps than it says");
	made(HEAD "steps\t0\nstep\t0\toffline\tplanned\t0\tdax0.0\t-\t-\t-\t0\t-\t-\n",
	     "more steps than it says");
	made(HEAD "steps\t99999999\n", "more than there can be");
	made(HEAD "steps\t18446744073709551616\n", "a number of more than 64 bits");
	made(HEAD "steps\t1\nstep\t0\tdestroy\tplanned\t0\tdax0.0\t-\t-\t-\t0\t-\t-\n",
	     "an action that is none");
	made(HEAD "steps\t1\nstep\t0\toffline\tplanned\t0\tdax0.0\t-\t0x2\t0x1\t0\t-\t-\n",
	     "a range that ends before it starts");
	made(STEP("dax0.0") "blocks\t1\t0\tmovable\n", "no blocks");
	made(STEP("dax0.0") "blocks\t18446744073709551615\t2\tmovable\n", "blocks beyond the end");
	made(STEP("dax0.0") "blocks\t1\t1\telsewhere\n", "a zone that is none");
	made(HEAD "steps\t1\nstep\t0\tunload-module\tplanned\t0\tnfsd\t-\t-\t-\t0\t-\t-\n",
	     "a module that is none of ours");
	made(HEAD "steps\t1\nstep\t0\toffline\tplanned\t4096\tdax0.0\t-\t-\t-\t0\t-\t-\n",
	     "an errno that is none");
	made(HEAD
	     "steps\t1\nstep\t0\tresize-device\tplanned\t0\tdax0.0\t/etc/passwd\t-\t-\t0\t-\t-\n",
	     "a path in the place of a size");
	made(HEAD "steps\t1\nstep\t0\toffline\tplanned\t0\tdax0.0\t-\t-\t-\t0\t-\t\033[31m\n",
	     "a control character");
	made(HEAD_ONLINE("/etc/passwd") "steps\t0\n", "a policy that is none");
	made(HEAD_ONLINE("online\tonline") "steps\t0\n", "two");
	made(SR_JOURNAL_MAGIC "\ntool\t0.1\n", "the beginning alone");
	made("cxl-sr journal 2\n", "another format");
	made("", "nothing");
	refused("", EBADMSG, "an empty file");
	refused("\n\n\n\n", EBADMSG, "empty lines");
	refused("end\t0x0\n", EBADMSG, "an end alone");
	is_number((uint64_t)-create(&journal), EEXIST, "and none is overwritten");
}

static void test_files(void)
{
	sr_auto_free char *text = NULL;
	struct sr_journal journal;
	size_t length;

	root_renew();
	ok(create(&journal) == 0, "made");
	sr_journal_close(&journal);
	text = read_journal(&length);
	chmod(root_path(JOURNAL), 0640);
	is_number((uint64_t)-open_it(&journal), EPERM, "one that others may read");
	chmod(root_path(JOURNAL), 0600);
	if (geteuid() == 0 && chown(root_path(JOURNAL), 12345, 12345) == 0) {
		is_number((uint64_t)-open_it(&journal), EPERM, "another's");
		chown(root_path(JOURNAL), 0, 0);
		chown(root_path(SR_JOURNAL_FOLDER), 12345, 12345);
		is_number((uint64_t)-open_it(&journal), EPERM, "in another's folder");
		chown(root_path(SR_JOURNAL_FOLDER), 0, 0);
	} else {
		tap_skip("another's", "not root");
	}
	link(root_path(JOURNAL), root_path("/run/second"));
	is_number((uint64_t)-open_it(&journal), EPERM, "with two names");
	unlink(root_path(JOURNAL));
	symlink(root_path("/run/second"), root_path(JOURNAL));
	is_number((uint64_t)-open_it(&journal), ELOOP, "a link is not followed");
	unlink(root_path(JOURNAL));
	mkfifo(root_path(JOURNAL), 0600);
	is_number((uint64_t)-open_it(&journal), EINVAL, "a FIFO");
	unlink(root_path(JOURNAL));
	truncate(root_path("/run/second"), (off_t)SR_JOURNAL_SIZE_LIMIT + 1);
	link(root_path("/run/second"), root_path(JOURNAL));
	unlink(root_path("/run/second"));
	is_number((uint64_t)-open_it(&journal), EFBIG, "a huge one");
	truncate(root_path(JOURNAL), 0);
	truncate(root_path(JOURNAL), 100);
	is_number((uint64_t)-open_it(&journal), EINVAL, "with NUL bytes");
}

/* What no journal can hold is refused before anything is written. */
static void test_steps(void)
{
	static const struct sr_step bad[] = {
		{ .action = SR_ACTION_COUNT, .target = "dax0.0" },
		{ .action = (enum sr_action) - 1, .target = "dax0.0" },
		{ .action = SR_ACTION_OFFLINE },
		{ .action = SR_ACTION_OFFLINE, .target = "" },
		{ .action = SR_ACTION_OFFLINE, .target = "dax0.0/../../x" },
		{ .action = SR_ACTION_OFFLINE, .target = ".." },
		{ .action = SR_ACTION_OFFLINE, .target = "dax0.0\n" },
		{ .action = SR_ACTION_DISABLE_REGION, .target = "dax_region0" },
		{ .action = SR_ACTION_UNLOAD_MODULE, .target = "../../etc/x" },
		{ .action = SR_ACTION_UNLOAD_MODULE, .target = "ext4" },
		{ .action = SR_ACTION_RESIZE_DEVICE, .target = "dax0.0" },
		{ .action = SR_ACTION_RESIZE_DEVICE, .target = "dax0.0", .value = "1G" },
		{ .action = SR_ACTION_RESIZE_DEVICE, .target = "dax0.0", .value = "1\n" },
		{ .action = SR_ACTION_OFFLINE, .target = "dax0.0", .undo = "a\nb" },
		{ .action = SR_ACTION_OFFLINE,
		  .target = "dax0.0",
		  .has_range = true,
		  .range = { 2, 1 } },
		{ .action = SR_ACTION_OFFLINE,
		  .target = "dax11111111111111111111111111111111111111111111111111111111111111.0" },
	};
	struct sr_journal journal = { .folder = -1 };
	struct sr_reason reason;

	root_renew();
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		reason.text[0] = '\0';
		is_number((uint64_t)-sr_journal_create(&machine, &head, &bad[i], 1, &journal,
						       &reason),
			  EINVAL, "a step that cannot be");
		ok(reason.text[0] && !strchr(reason.text, '\n'), reason.text);
	}
	ok(!root_exists(JOURNAL), "no journal was made");
}

int main(void)
{
	ok(root_make(), "a root");
	machine = sr_machine_live(root);
	test_round_trip();
	test_places();
	test_full();
	test_pieces();
	test_damaged();
	test_made();
	test_files();
	test_steps();
	root_clear();
	return tap_done();
}
