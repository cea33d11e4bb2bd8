// SPDX-License-Identifier: GPL-2.0-only
#include "firmware.h"

bool text_equal(const char *one, const char *other)
{
	while (*one && *one == *other)
		one++, other++;
	return *one == *other;
}

char *next_word(char **line)
{
	char *word;

	while (**line == ' ')
		++*line;
	word = *line;
	while (**line && **line != ' ')
		++*line;
	if (**line)
		*(*line)++ = '\0';
	return word;
}

static int digit(char character)
{
	if (character >= '0' && character <= '9')
		return character - '0';
	if (character >= 'a' && character <= 'f')
		return character - 'a' + 10;
	return 99;
}

uint64_t next_number(char **line)
{
	const char *word = next_word(line);
	int base = word[0] == '0' && word[1] == 'x' ? 16 : 10;
	uint64_t number = 0;

	word += base == 16 ? 2 : 0;
	if (!*word)
		give_up("a number is missing in the plan");
	for (; *word; word++) {
		if (digit(*word) >= base)
			give_up("a number of the plan is none");
		number = number * base + digit(*word);
	}
	return number;
}

/* What gcc calls, also where there is no C library. */
void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);

void *memcpy(void *to, const void *from, size_t size)
{
	__asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
	return to;
}

void *memset(void *to, int value, size_t size)
{
	void *at = to;

	__asm__ volatile("rep stosb" : "+D"(at), "+c"(size) : "a"(value) : "memory");
	return to;
}
