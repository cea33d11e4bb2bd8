/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a server's firmware does between the BIOS that QEMU has and the kernel: it commits
 * the HDM decoders, hands over a memory map that has Soft Reserved ranges, and starts
 * the kernel. What it is to do is told by a plan, a text that the test-suite writes.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- console.c: the first serial port, for what goes wrong --- */
void print(const char *text);
void print_number(uint64_t number);
_Noreturn void give_up(const char *why);

/* --- text.c --- */
bool text_equal(const char *one, const char *other);
/* The next word of the line at *@line, cut out of it; "" where there is none. */
char *next_word(char **line);
/* The next word as a number, 0x or decimal; what is no number ends the boot. */
uint64_t next_number(char **line);

/* --- acpi.c --- */
/* The table with that signature; it ends the boot where there is none. */
const uint8_t *acpi_table(const char *signature);
/* The component registers of the host bridge with that _UID (CEDT, CHBS). */
uint64_t host_bridge_registers(uint32_t uid);

/* --- pci.c --- */
/* The component registers of the CXL memory device with that serial number, enabled. */
uint64_t device_registers(uint64_t serial);

/* --- decoders.c --- */
struct decoder {
	uint64_t base, size; /* bytes of host physical address */
	uint32_t control;    /* of CXL 3.1 section 8.2.4.20.7, but for Commit */
	uint64_t targets;    /* port numbers; of an endpoint the DPA skip */
};

/* Commits decoder @index of those that @component has. */
void commit_decoder(uint64_t component, unsigned int index, const struct decoder *decoder);

/* --- map.c: the memory map to hand over --- */
#define MAP_ENTRIES 128 /* E820_MAX_ENTRIES_ZEROPAGE */

struct map_entry {
	uint64_t start, size;
	uint32_t type;
} __attribute__((packed));

struct map {
	unsigned int count;
	struct map_entry entries[MAP_ENTRIES];
};

/* Adds the range; what was there gives way to it. */
void map_set(struct map *map, uint64_t start, uint64_t size, uint32_t type);

/* --- linux.c --- */
struct blob {
	const uint8_t *start;
	size_t size;
};

_Noreturn void start_linux(struct blob kernel, struct blob initrd, const struct map *map,
			   const char *command_line);

/* --- start.S --- */
_Noreturn void enter_kernel(uint64_t entry, void *boot_params);
