// SPDX-License-Identifier: GPL-2.0-only
/* PCIe 6.0 chapter 7; CXL 3.1 sections 8.1.3 and 8.1.9: the DVSECs of a memory device. */
#include "firmware.h"

#define MCFG_BASE 44

#define COMMAND	       0x04
#define COMMAND_MEMORY 0x2
#define CLASS	       0x08
#define CXL_MEMORY     0x050210
#define BAR_0	       0x10

#define EXTENDED_START 0x100
#define SERIAL_NUMBER  0x0003
#define DVSEC	       0x0023
#define CXL_VENDOR     0x1e98

#define DVSEC_DEVICE	  0
#define DEVICE_CONTROL	  0x0c
#define MEM_ENABLE	  0x4
#define DVSEC_LOCATOR	  8
#define LOCATOR_BLOCKS	  0x0c
#define COMPONENT_BLOCK	  1
#define LOCATOR_BLOCK_MAX 4

static volatile uint8_t *function_at(unsigned int bus, unsigned int devfn)
{
	uint64_t base = *(const uint64_t *)(acpi_table("MCFG") + MCFG_BASE);

	return (volatile uint8_t *)(base + (bus << 20) + (devfn << 12));
}

static uint32_t read(volatile uint8_t *function, unsigned int offset)
{
	return *(volatile uint32_t *)(function + offset);
}

/* The offset of the extended capability @id, of a DVSEC that of CXL's @dvsec; 0: none. */
static unsigned int extended(volatile uint8_t *function, unsigned int id, unsigned int dvsec)
{
	unsigned int at = EXTENDED_START;

	while (at) {
		uint32_t header = read(function, at);

		if ((header & 0xffff) == id &&
		    (id != DVSEC || ((read(function, at + 4) & 0xffff) == CXL_VENDOR &&
				     (read(function, at + 8) & 0xffff) == dvsec)))
			return at;
		at = header >> 20;
	}
	return 0;
}

static bool is_device(volatile uint8_t *function, uint64_t serial)
{
	unsigned int at;

	if (read(function, 0) == UINT32_MAX || read(function, CLASS) >> 8 != CXL_MEMORY)
		return false;
	at = extended(function, SERIAL_NUMBER, 0);
	return at && (read(function, at + 4) | (uint64_t)read(function, at + 8) << 32) == serial;
}

static volatile uint8_t *find_device(uint64_t serial)
{
	for (unsigned int bus = 0; bus < 256; bus++) {
		for (unsigned int devfn = 0; devfn < 256; devfn++) {
			if (is_device(function_at(bus, devfn), serial))
				return function_at(bus, devfn);
		}
	}
	print_number(serial);
	give_up(": there is no device with that serial number");
}

static uint64_t bar(volatile uint8_t *function, unsigned int index)
{
	unsigned int at = BAR_0 + 4 * index;

	return ((uint64_t)read(function, at + 4) << 32 | read(function, at)) & ~0xfull;
}

static void enable(volatile uint8_t *function)
{
	unsigned int device = extended(function, DVSEC, DVSEC_DEVICE);

	*(volatile uint16_t *)(function + COMMAND) |= COMMAND_MEMORY;
	if (!device)
		give_up("the device has no DVSEC for CXL devices");
	*(volatile uint16_t *)(function + device + DEVICE_CONTROL) |= MEM_ENABLE;
}

uint64_t device_registers(uint64_t serial)
{
	volatile uint8_t *function = find_device(serial);
	unsigned int locator = extended(function, DVSEC, DVSEC_LOCATOR);

	enable(function);
	for (unsigned int i = 0; locator && i < LOCATOR_BLOCK_MAX; i++) {
		unsigned int at = locator + LOCATOR_BLOCKS + 8 * i;
		uint32_t low = read(function, at);

		if ((low >> 8 & 0xff) == COMPONENT_BLOCK)
			return bar(function, low & 7) +
			       ((uint64_t)read(function, at + 4) << 32 | (low & 0xffff0000));
	}
	give_up("the device has no component registers");
}
