// SPDX-License-Identifier: GPL-2.0-only
/*
 * What apply takes beyond the kernel: the plans of tests/unit/fake-plans.h against the model of
 * a kernel there, in which each write, and each module that is loaded or removed, takes as long
 * as is said. The journal is on the disk behind $TMPDIR, and is synced.
 *
 * usage: apply [MILLISECONDS]
 */
#include <time.h>

#include "../unit/fake-plans.h"

static struct timespec delay;
static double in_kernel, paused;
static size_t calls;

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* What the kernel took ends here. */
static int took(double began, int result)
{
	nanosleep(&delay, NULL);
	in_kernel += now() - began;
	calls++;
	return result;
}

static int slow_write(void *data, const char *path, const char *value)
{
	double began = now();

	return took(began, fake_write(data, path, value));
}

static int slow_load(void *data, const char *module, struct sr_reason *reason)
{
	double began = now();

	return took(began, fake_load(data, module, reason));
}

static int slow_unload(void *data, const char *module, struct sr_reason *reason)
{
	double began = now();

	return took(began, fake_unload(data, module, reason));
}

/* Not slept, but counted: for how long apply would have waited. */
static void counted_pause(void *data, unsigned int milliseconds)
{
	paused += milliseconds;
	fake_pause(data, milliseconds);
}

static int measure(const struct plan *plan, double *sum, double *sum_in_kernel)
{
	double began, taken;

	begin(plan);
	in_kernel = paused = 0;
	calls = 0;
	began = now();
	if (execute(plan, RUN)) {
		fprintf(stderr, "%s: %s\n", plan->name, last_reason.text);
		return 1;
	}
	taken = now() - began;
	printf("%-40s %5zu %5zu %9.1f %9.1f %7.1f %% %7.0f\n", plan->name, plan->count, calls,
	       in_kernel, taken, (taken / in_kernel - 1) * 100, paused);
	*sum += taken;
	*sum_in_kernel += in_kernel;
	return 0;
}

int main(int count, char **arguments)
{
	unsigned long milliseconds = count > 1 ? strtoul(arguments[1], NULL, 10) : 20;
	struct sr_machine_ops ops = fake_ops;
	double sum = 0, sum_in_kernel = 0;
	int status = 0;

	delay.tv_sec = (time_t)(milliseconds / 1000);
	delay.tv_nsec = (long)(milliseconds % 1000) * 1000000;
	ops.write = slow_write;
	ops.load = slow_load;
	ops.unload = slow_unload;
	ops.pause = counted_pause;
	if (!plans_start())
		return 1;
	machine.ops = &ops;
	printf("%lu ms a write\n%-40s %5s %5s %9s %9s %9s %7s\n", milliseconds, "plan", "steps",
	       "calls", "kernel ms", "all ms", "more", "waited");
	for (size_t i = 0; i < PLAN_COUNT; i++)
		status |= measure(&plans[i], &sum, &sum_in_kernel);
	printf("%-40s %5s %5s %9.1f %9.1f %7.1f %%\n", "all", "", "", sum_in_kernel, sum,
	       (sum / sum_in_kernel - 1) * 100);
	plans_end();
	return status;
}
