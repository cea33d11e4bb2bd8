// SPDX-License-Identifier: GPL-2.0-only
/*
 * pattern write|check DEVICE BYTES: puts a number that tells its place into each page of a
 * dax device, or counts the pages that have another one. For guests: static, and it says
 * "LOST of PAGES".
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE 4096

static uint64_t mark(size_t page)
{
	return UINT64_C(0x9e3779b97f4a7c15) * (page + 1);
}

static volatile uint64_t *map(const char *path, size_t bytes)
{
	int device = open(path, O_RDWR | O_CLOEXEC);
	void *memory;

	if (device < 0) {
		perror(path);
		exit(2);
	}
	memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, device, 0);
	if (memory == MAP_FAILED) {
		perror("mmap");
		exit(2);
	}
	return memory;
}

int main(int count, char **arguments)
{
	size_t bytes, lost = 0;
	volatile uint64_t *memory;
	int write;

	if (count != 4)
		return 2;
	write = strcmp(arguments[1], "write") == 0;
	bytes = strtoull(arguments[3], NULL, 0);
	memory = map(arguments[2], bytes);
	for (size_t page = 0; page < bytes / PAGE; page++) {
		volatile uint64_t *at = memory + page * (PAGE / sizeof(*memory));

		if (write)
			*at = mark(page);
		else if (*at != mark(page))
			lost++;
	}
	printf("%zu of %zu\n", lost, bytes / PAGE);
	return lost ? 1 : 0;
}
