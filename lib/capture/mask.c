// SPDX-License-Identifier: LGPL-2.1-or-later
#include "capture/mask.h"

#include <string.h>
#include <strings.h>

/* A text that is walked; what is behind its end reads as NUL. */
struct text {
	char *bytes;
	size_t length;
	bool changed;
	size_t gap_start, gap_end; /* blanks over which skip_blanks() need not go one by one */
};

static char at(const struct text *text, size_t i)
{
	return i < text->length ? text->bytes[i] : '\0';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_alphanumeric(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of UTF-8 are part of a word, too. */
static bool is_of_word(char c)
{
	return is_alphanumeric(c) || (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
	return c == '\0' || c == '\n' || c == '\t' || c == ' ' || c == '"' || c == '\'';
}

static bool begins_word(const struct text *text, size_t i)
{
	return i == 0 || !is_of_word(text->bytes[i - 1]);
}

static bool has(const struct text *text, size_t i, const char *word)
{
	size_t length = strlen(word);

	return i < text->length && text->length - i >= length &&
	       strncasecmp(text->bytes + i, word, length) == 0;
}

/* Puts @mask in place of letters and digits; returns @end. */
static size_t mask(struct text *text, size_t start, size_t end, char mask_character)
{
	for (size_t i = start; i < end && i < text->length; i++) {
		if (!is_of_word(text->bytes[i]) || text->bytes[i] == mask_character)
			continue;
		text->bytes[i] = mask_character;
		text->changed = true;
	}
	return end;
}

static size_t word_end(const struct text *text, size_t i)
{
	while (!is_blank(at(text, i)))
		i++;
	return i;
}

/*
 * The end of what looks like @shape, in which an x is a digit of base 16 and anything else
 * itself; 0 where it does not, or goes on.
 */
static size_t end_of_shape(const struct text *text, size_t i, const char *shape)
{
	for (; *shape; shape++, i++) {
		char c = at(text, i);

		if (*shape == 'x' ? !is_hex(c) : c != *shape)
			return 0;
	}
	return is_of_word(at(text, i)) ? 0 : i;
}

/* Still ids for who parses them. */
static size_t mask_id(struct text *text, size_t i)
{
	static const char *const shapes[] = {
		"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		"xx:xx:xx:xx:xx:xx",
		"xx-xx-xx-xx-xx-xx",
	};

	for (size_t shape = 0; shape < sizeof(shapes) / sizeof(*shapes); shape++) {
		size_t end = end_of_shape(text, i, shapes[shape]);

		if (end)
			return mask(text, i, end, '0');
	}
	return 0;
}

/* Options of kernel, initramfs and installers whose value names this machine or its user. */
static const char *const options[] = {
	"acct",	    "BOOTIF",	"bootdev", "bootfs",	"cryptdevice", "ds",	   "fetch",
	"hostname", "ifname",	"ip",	   "key",	"ks",	       "LABEL",	   "nameserver",
	"netroot",  "nfsaddrs", "nfsroot", "PARTLABEL", "PARTUUID",    "password", "resume",
	"root",	    "token",	"url",	   "user",	"username",    "UUID",	   "zfs",
};
static const char *const option_families[] = {
	"inst.",
	"iscsi_",
	"ks.",
	"luks.",
	"nvmf.",
	"rd.iscsi.",
	"rd.luks.",
	"rd.lvm.",
	"rd.md.",
	"rd.nvmf.",
	"rd.route",
	"rd.zfcp",
	"systemd.hostname",
	"systemd.machine_id",
	"systemd.set_credential",
	"systemd.setenv",
};

static bool is_of_option(char c)
{
	return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
}

/* How long the name of the option is that begins at @i; 0 where none of these does. */
static size_t option_length(const struct text *text, size_t i)
{
	size_t length = 0;

	while (is_of_option(at(text, i + length)))
		length++;
	if (at(text, i + length) != '=')
		return 0;
	for (size_t j = 0; j < sizeof(options) / sizeof(*options); j++) {
		if (strlen(options[j]) == length && has(text, i, options[j]))
			return length;
	}
	for (size_t j = 0; j < sizeof(option_families) / sizeof(*option_families); j++) {
		if (has(text, i, option_families[j]))
			return length;
	}
	return 0;
}

/* "root=UUID=..." shows how the disk is named, not which it is. */
static size_t mask_option(struct text *text, size_t i)
{
	static const char *const kinds[] = { "UUID=", "PARTUUID=", "LABEL=", "PARTLABEL=" };
	size_t length = option_length(text, i), start = i + length + 1;

	if (!length)
		return 0;
	start += at(text, start) == '"' || at(text, start) == '\'';
	for (size_t j = 0; j < sizeof(kinds) / sizeof(*kinds); j++) {
		if (has(text, start, kinds[j])) {
			start += strlen(kinds[j]);
			break;
		}
	}
	return mask(text, start, word_end(text, start), 'x');
}

/* "SerialNumber: X", "serial number X", "Serial#=X", "serial: X". */
static size_t mask_serial(struct text *text, size_t i)
{
	size_t start = i + strlen("serial");
	bool number;

	if (!has(text, i, "serial"))
		return 0;
	while (at(text, start) == ' ' || at(text, start) == '_')
		start++;
	number = has(text, start, "number");
	start += number ? strlen("number") : 0;
	if (!number && !strchr(":=#", at(text, start)))
		return 0;
	while (at(text, start) && strchr(" .:=#\"", at(text, start)))
		start++;
	return mask(text, start, word_end(text, start), 'x');
}

/* What follows these, up to where a name ends. */
static size_t mask_named(struct text *text, size_t i)
{
	static const struct {
		const char *before, *ends;
	} names[] = {
		{ "hostname set to <", ">\n" },
		{ "/home/", "/ \n\"'" },
		{ "/dev/mapper/", " \n\"'" },
		{ "/dev/disk/by-", " \n\"'" },
	};

	for (size_t j = 0; j < sizeof(names) / sizeof(*names); j++) {
		size_t start = i + strlen(names[j].before), end = start;

		if (!has(text, i, names[j].before))
			continue;
		while (at(text, end) && !strchr(names[j].ends, at(text, end)))
			end++;
		return mask(text, start, end, 'x');
	}
	return 0;
}

/* "Nov 22 07:45:11 HOST kernel: ", "2026-11-22T07:45:11Z HOST kernel: ", "[0.000000] HOST ...". */
static size_t mask_log_host(struct text *text, size_t i)
{
	size_t start;

	if (!has(text, i, "kernel: ") || i < 2 || at(text, i - 1) != ' ')
		return 0;
	for (start = i - 1; start > 0 && !is_blank(text->bytes[start - 1]); start--)
		if (strchr("[]<>:", text->bytes[start - 1]))
			return 0;
	if (start < 2 || text->bytes[start - 1] != ' ' ||
	    !(is_digit(text->bytes[start - 2]) || strchr("]Z", text->bytes[start - 2])))
		return 0;
	mask(text, start, i - 1, 'x');
	return i + strlen("kernel: ");
}

static size_t mask_one(struct text *text, size_t i)
{
	static size_t (*const rules[])(struct text * text, size_t i) = {
		mask_option, mask_id, mask_serial, mask_named, mask_log_host,
	};

	for (size_t rule = 0; rule < sizeof(rules) / sizeof(*rules); rule++) {
		size_t end = rules[rule](text, i);

		if (end > i)
			return end;
	}
	return i + 1;
}

bool sr_mask_text(char *bytes, size_t length)
{
	struct text text = { .bytes = bytes, .length = length };

	for (size_t i = 0; i < length;)
		i = begins_word(&text, i) ? mask_one(&text, i) : i + 1;
	return text.changed;
}

static size_t skip_blanks(const struct text *text, size_t i)
{
	while (i < text->length) {
		if (i >= text->gap_start && i < text->gap_end)
			i = text->gap_end;
		else if (text->bytes[i] && strchr(" \t\n", text->bytes[i]))
			i++;
		else
			break;
	}
	return i;
}

/* The comma behind it goes, too, or the one before where it is the last of its object. */
static void take_out(struct text *text, size_t start, size_t end)
{
	size_t next = skip_blanks(text, end);

	if (at(text, next) == ',') {
		end = ++next;
	} else {
		while (start > 0 && strchr(" \t\n", text->bytes[start - 1]))
			start--;
		start -= start > 0 && text->bytes[start - 1] == ',';
	}
	memset(text->bytes + start, ' ', end - start);
	text->gap_start = start;
	text->gap_end = next;
	text->changed = true;
}

/* From its end on: what is taken out may leave blanks between an earlier key and a colon. */
bool sr_mask_json(char *bytes, size_t length)
{
	static const char key[] = "\"serial\"";
	struct text text = { .bytes = bytes, .length = length };

	for (size_t i = length; i-- > 0;) {
		size_t end;

		if (!has(&text, i, key))
			continue;
		end = skip_blanks(&text, i + strlen(key));
		if (at(&text, end) != ':')
			continue;
		end = skip_blanks(&text, end + 1);
		if (at(&text, end) == '"')
			end += 1 + (size_t)(word_end(&text, end + 1) - end);
		while (at(&text, end) && !strchr(",}] \t\n", at(&text, end)))
			end++;
		take_out(&text, i, end > length ? length : end);
	}
	return text.changed;
}

/* A host may be called as a word of the kernel is. */
static bool is_read_by_sources(const char *line, size_t length)
{
	static const char *const words[] = { "0x", "Linux version", "ommand line:" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (memmem(line, length, words[i], strlen(words[i])))
			return true;
	}
	return false;
}

static void mask_host_in_line(struct text *text, size_t start, size_t end, const char *host)
{
	const size_t length = strlen(host);

	for (size_t i = start; i + length <= end; i++) {
		if (has(text, i, host) && begins_word(text, i) && !is_of_word(at(text, i + length)))
			i = mask(text, i, i + length, 'x') - 1;
	}
}

bool sr_mask_host(char *bytes, size_t length, const char *host)
{
	struct text text = { .bytes = bytes, .length = length };

	if (strlen(host) < 3 || strcmp(host, "localhost") == 0)
		return false;
	for (size_t start = 0, end; start < length; start = end + 1) {
		const char *newline = memchr(bytes + start, '\n', length - start);

		end = newline ? (size_t)(newline - bytes) : length;
		if (!is_read_by_sources(bytes + start, end - start))
			mask_host_in_line(&text, start, end, host);
	}
	return text.changed;
}
