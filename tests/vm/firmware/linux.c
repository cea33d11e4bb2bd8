// SPDX-License-Identifier: GPL-2.0-only
/* Documentation/arch/x86/boot.rst, "64-bit BOOT PROTOCOL"; zero-page.rst for the offsets. */
#include "firmware.h"

#define HEADER		0x1f1
#define HEADER_END	0x202 /* and what the byte before it adds */
#define SETUP_SECTORS	0x1f1
#define SIGNATURE	0x202
#define SIGNATURE_VALUE 0x53726448 /* "HdrS" */
#define LOADER		0x210
#define LOADER_QEMU	0xb0
#define INITRD_START	0x218
#define INITRD_SIZE	0x21c
#define COMMAND_LINE	0x228
#define LOAD_FLAGS_64	0x236
#define HAS_64_BIT	0x1
#define LOAD_ADDRESS	0x258
#define ENTRY_64	0x200

#define MAP_COUNT 0x1e8
#define MAP	  0x2d0

/* In the memory that the BIOS leaves below 640 KiB. */
#define BOOT_PARAMS ((uint8_t *)0x90000)
#define COMMAND	    ((uint8_t *)0x91000)
#define COMMAND_MAX 2048

static uint32_t u32_at(const uint8_t *bytes)
{
	return *(const uint32_t *)bytes;
}

static void set_u32(unsigned int offset, uint64_t value)
{
	*(uint32_t *)(BOOT_PARAMS + offset) = (uint32_t)value;
}

static void hand_over_map(const struct map *map)
{
	BOOT_PARAMS[MAP_COUNT] = (uint8_t)map->count;
	__builtin_memcpy(BOOT_PARAMS + MAP, map->entries, map->count * sizeof(struct map_entry));
}

static void hand_over_command_line(const char *text)
{
	size_t length = 0;

	while (text[length])
		length++;
	if (length >= COMMAND_MAX)
		give_up("the command line is too long");
	__builtin_memcpy(COMMAND, text, length + 1);
	set_u32(COMMAND_LINE, (uint64_t)COMMAND);
}

void start_linux(struct blob kernel, struct blob initrd, const struct map *map,
		 const char *command_line)
{
	const uint8_t *image = kernel.start;
	size_t setup = (image[SETUP_SECTORS] + 1) * 512;
	uint8_t *to;

	if (u32_at(image + SIGNATURE) != SIGNATURE_VALUE || !(image[LOAD_FLAGS_64] & HAS_64_BIT))
		give_up("this is no 64-bit kernel");
	to = (uint8_t *)*(const uint64_t *)(image + LOAD_ADDRESS);
	__builtin_memset(BOOT_PARAMS, 0, 4096);
	__builtin_memcpy(BOOT_PARAMS + HEADER, image + HEADER,
			 HEADER_END + image[HEADER_END - 1] - HEADER);
	__builtin_memcpy(to, image + setup, kernel.size - setup);
	BOOT_PARAMS[LOADER] = LOADER_QEMU;
	set_u32(INITRD_START, (uint64_t)initrd.start);
	set_u32(INITRD_SIZE, initrd.size);
	hand_over_map(map);
	hand_over_command_line(command_line);
	enter_kernel((uint64_t)to + ENTRY_64, BOOT_PARAMS);
}
