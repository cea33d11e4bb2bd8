// SPDX-License-Identifier: GPL-2.0-only
/* ACPI 6.5 section 5.2: RSDP, RSDT; CXL 3.1 section 9.18.1: the CEDT. */
#include "firmware.h"

#define BIOS_START 0xe0000
#define BIOS_END   0x100000

#define CEDT_STRUCTURES 36
#define CHBS		0

static uint32_t u32_at(const uint8_t *bytes)
{
	return *(const uint32_t *)bytes;
}

static uint64_t u64_at(const uint8_t *bytes)
{
	return *(const uint64_t *)bytes;
}

static bool starts_with(const uint8_t *bytes, const char *text)
{
	while (*text && *bytes == (uint8_t)*text)
		bytes++, text++;
	return !*text;
}

static const uint8_t *root_table(void)
{
	for (uint64_t at = BIOS_START; at < BIOS_END; at += 16) {
		if (starts_with((const uint8_t *)at, "RSD PTR "))
			return (const uint8_t *)(uint64_t)u32_at((const uint8_t *)at + 16);
	}
	give_up("there is no ACPI");
}

const uint8_t *acpi_table(const char *signature)
{
	const uint8_t *root = root_table();

	for (uint32_t at = 36; at < u32_at(root + 4); at += 4) {
		const uint8_t *table = (const uint8_t *)(uint64_t)u32_at(root + at);

		if (starts_with(table, signature))
			return table;
	}
	print(signature);
	give_up(": there is no such table");
}

uint64_t host_bridge_registers(uint32_t uid)
{
	const uint8_t *cedt = acpi_table("CEDT");
	const uint8_t *end = cedt + u32_at(cedt + 4);

	for (const uint8_t *at = cedt + CEDT_STRUCTURES; at < end;
	     at += *(const uint16_t *)(at + 2)) {
		if (*at == CHBS && u32_at(at + 4) == uid)
			return u64_at(at + 16);
	}
	give_up("the CEDT has no such host bridge");
}
