// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an engine calls, libFuzzer or AFL++'s driver, which has the same interface. One program
 * has all targets: CXL_SR_FUZZ_TARGET in the environment names the one to run, and
 * CXL_SR_FUZZ_SOURCE the checkout.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct fuzz_target *target;

static void find(const char *name)
{
	for (size_t i = 0; name && i < fuzz_target_count; i++) {
		if (strcmp(fuzz_targets[i].name, name) == 0)
			target = &fuzz_targets[i];
	}
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	const char *source = getenv("CXL_SR_FUZZ_SOURCE"), *why = NULL;

	(void)count;
	(void)arguments;
	find(getenv("CXL_SR_FUZZ_TARGET"));
	if (!target) {
		fputs("CXL_SR_FUZZ_TARGET names no target; those that there are:\n", stderr);
		for (size_t i = 0; i < fuzz_target_count; i++)
			fprintf(stderr, "%s\n", fuzz_targets[i].name);
		exit(1);
	}
	if (source)
		fuzz_source = source;
	if (target->begin && !target->begin(&why)) {
		fprintf(stderr, "%s cannot be run here: %s\n", target->name, why);
		exit(77);
	}
	return 0;
}

/* -1: not to be kept, as libFuzzer would for one that is too long. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > target->limit)
		return -1;
	target->run(data, size);
	return 0;
}
