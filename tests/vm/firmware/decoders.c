// SPDX-License-Identifier: GPL-2.0-only
/* CXL 3.1 sections 8.2.4.1 (capability header) and 8.2.4.20 (HDM decoders). */
#include "firmware.h"

#define CACHE_MEM      0x1000
#define HDM_CAPABILITY 5

#define GLOBAL_CONTROL 0x04
#define HDM_ENABLE     0x2
#define DECODER(i)     (0x10 + 0x20 * (i))
#define BASE_LOW       0x00
#define BASE_HIGH      0x04
#define SIZE_LOW       0x08
#define SIZE_HIGH      0x0c
#define CONTROL	       0x10
#define TARGETS_LOW    0x14
#define TARGETS_HIGH   0x18
#define COMMIT	       (1 << 9)
#define COMMITTED      (1 << 10)

static volatile uint32_t *at(uint64_t address)
{
	return (volatile uint32_t *)address;
}

static uint64_t hdm_registers(uint64_t component)
{
	uint64_t headers = component + CACHE_MEM;
	uint32_t count = *at(headers) >> 24;

	for (uint32_t i = 1; i <= count; i++) {
		uint32_t header = *at(headers + 4 * i);

		if ((header & 0xffff) == HDM_CAPABILITY)
			return headers + (header >> 20);
	}
	give_up("there are no HDM decoders");
}

void commit_decoder(uint64_t component, unsigned int index, const struct decoder *decoder)
{
	uint64_t hdm = hdm_registers(component);
	uint64_t registers = hdm + DECODER(index);

	*at(hdm + GLOBAL_CONTROL) |= HDM_ENABLE;
	*at(registers + BASE_LOW) = (uint32_t)decoder->base;
	*at(registers + BASE_HIGH) = decoder->base >> 32;
	*at(registers + SIZE_LOW) = (uint32_t)decoder->size;
	*at(registers + SIZE_HIGH) = decoder->size >> 32;
	*at(registers + TARGETS_LOW) = (uint32_t)decoder->targets;
	*at(registers + TARGETS_HIGH) = decoder->targets >> 32;
	*at(registers + CONTROL) = decoder->control;
	*at(registers + CONTROL) = decoder->control | COMMIT;
	if (!(*at(registers + CONTROL) & COMMITTED))
		give_up("a decoder was not committed");
}
