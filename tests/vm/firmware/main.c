// SPDX-License-Identifier: GPL-2.0-only
/*
 * The plan, a line each:
 *
 *	bridge UID DECODER BASE SIZE CONTROL TARGETS	commits a decoder of a host bridge
 *	device SERIAL DECODER BASE SIZE CONTROL SKIP	... of a memory device
 *	map START SIZE TYPE				a range of the memory map
 *	boot COMMAND-LINE				starts the kernel
 */
#include "firmware.h"

/* Multiboot Specification 0.6.96, section 3.3 */
struct multiboot {
	uint32_t flags, memory[2], boot_device, command_line;
	uint32_t module_count, modules;
	uint32_t symbols[4];
	uint32_t map_size, map;
};

struct multiboot_module {
	uint32_t start, end, text, reserved;
};

struct multiboot_map {
	uint32_t size; /* of what follows */
	uint64_t start, length;
	uint32_t type;
} __attribute__((packed));

enum {
	KERNEL,
	INITRD,
	PLAN,
	MODULE_COUNT
};

static struct map map;

static void take_map(const struct multiboot *multiboot)
{
	uint64_t end = (uint64_t)multiboot->map + multiboot->map_size;

	for (uint64_t at = multiboot->map; at < end;) {
		const struct multiboot_map *entry = (const struct multiboot_map *)at;

		map_set(&map, entry->start, entry->length, entry->type);
		at += entry->size + sizeof(entry->size);
	}
}

static struct blob module(const struct multiboot *multiboot, unsigned int index)
{
	const struct multiboot_module *modules =
		(const struct multiboot_module *)(uint64_t)multiboot->modules;

	if (multiboot->module_count != MODULE_COUNT)
		give_up("kernel, initramfs and plan are wanted");
	return (struct blob){ (const uint8_t *)(uint64_t)modules[index].start,
			      modules[index].end - modules[index].start };
}

static void follow_decoder(uint64_t (*component)(uint64_t id), char *line)
{
	uint64_t id = next_number(&line);
	unsigned int index = (unsigned int)next_number(&line);
	struct decoder decoder = { .base = next_number(&line) };

	decoder.size = next_number(&line);
	decoder.control = (uint32_t)next_number(&line);
	decoder.targets = next_number(&line);
	commit_decoder(component(id), index, &decoder);
}

static uint64_t bridge(uint64_t uid)
{
	return host_bridge_registers((uint32_t)uid);
}

static void follow(const struct multiboot *multiboot, char *line)
{
	const char *what = next_word(&line);

	if (text_equal(what, "bridge")) {
		follow_decoder(bridge, line);
	} else if (text_equal(what, "device")) {
		follow_decoder(device_registers, line);
	} else if (text_equal(what, "map")) {
		uint64_t start = next_number(&line);
		uint64_t size = next_number(&line);

		map_set(&map, start, size, (uint32_t)next_number(&line));
	} else if (text_equal(what, "boot")) {
		start_linux(module(multiboot, KERNEL), module(multiboot, INITRD), &map, line);
	} else {
		give_up("a line of the plan is not understood");
	}
}

void firmware(const struct multiboot *multiboot);

void firmware(const struct multiboot *multiboot)
{
	struct blob plan = module(multiboot, PLAN);
	char *line = (char *)plan.start;

	take_map(multiboot);
	for (size_t i = 0; i < plan.size; i++) {
		if (plan.start[i] != '\n')
			continue;
		*(char *)&plan.start[i] = '\0';
		follow(multiboot, line);
		line = (char *)&plan.start[i + 1];
	}
	give_up("the plan has no kernel to start");
}
