// SPDX-License-Identifier: GPL-2.0-only
#include "firmware.h"

#define COM1 0x3f8

static void put(char character)
{
	__asm__ volatile("outb %0, %1" : : "a"(character), "Nd"((uint16_t)COM1));
}

void print(const char *text)
{
	for (; *text; text++)
		put(*text);
}

void print_number(uint64_t number)
{
	print("0x");
	for (int shift = 60; shift >= 0; shift -= 4)
		put("0123456789abcdef"[number >> shift & 15]);
}

void give_up(const char *why)
{
	print("firmware: ");
	print(why);
	print("\n");
	for (;;)
		__asm__ volatile("cli; hlt");
}
