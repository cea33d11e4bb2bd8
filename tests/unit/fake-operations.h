/* SPDX-License-Identifier: GPL-2.0-only */
/* The operations of apply/machine.h on the kernel of fake-kernel.h, with faults. */
#pragma once

#include "fake-reactions.h"

static inline const struct fake_node *find_node(struct fake *fake, const char *path)
{
	if (fake->dirty)
		fake_show(fake);
	for (size_t i = 0; i < fake->count; i++) {
		if (strcmp(fake->nodes[i].path, path) == 0)
			return &fake->nodes[i];
	}
	return NULL;
}

static inline int fault_of_read(struct fake *fake)
{
	return ++fake->reads == fake->fail_read ? fake->error : 0;
}

static inline int fake_read(void *data, const char *path, char *buffer, size_t size)
{
	const struct fake_node *node = find_node(data, path);
	int fault = fault_of_read(data);

	if (fault || !node || node->is_link)
		return fault ? fault : -ENOENT;
	if (strlen(node->text) >= size)
		return -EFBIG;
	memcpy(buffer, node->text, strlen(node->text) + 1);
	return 0;
}

static inline int fake_file(void *data, const char *path, size_t limit, char **ret_text)
{
	char buffer[256];
	int error = fake_read(data, path, buffer, sizeof(buffer) < limit ? sizeof(buffer) : limit);

	if (!error)
		*ret_text = strdup(buffer);
	return error;
}

static inline int fake_link(void *data, const char *path, char *buffer, size_t size)
{
	const struct fake_node *node = find_node(data, path);
	int fault = fault_of_read(data);

	if (fault || !node || !node->is_link)
		return fault ? fault : 1;
	snprintf(buffer, size, "%s", node->text);
	return 0;
}

static inline void fake_add_name(struct sr_names *names, const char *name, size_t length)
{
	char *copy = strndup(name, length);

	for (size_t i = 0; i < names->list.count; i++) {
		if (strcmp(names->list.items[i], copy) == 0) {
			free(copy);
			return;
		}
	}
	*(char **)sr_list_add(&names->list) = copy;
}

static inline int fake_list(void *data, const char *path, const char *pattern, size_t limit,
			    struct sr_names *ret_names)
{
	struct fake *fake = data;
	struct sr_names names = { 0 };
	int fault = fault_of_read(fake);
	bool there = false;

	(void)limit;
	if (fault)
		return fault;
	if (fake->dirty)
		fake_show(fake);
	for (size_t i = 0; i < fake->count; i++) {
		const char *rest = fake->nodes[i].path;
		char name[64];

		if (strncmp(rest, path, strlen(path)) != 0 || rest[strlen(path)] != '/')
			continue;
		there = true;
		rest += strlen(path) + 1;
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(rest, "/"), rest);
		if (!pattern || sr_name_matches(name, pattern))
			fake_add_name(&names, name, strlen(name));
	}
	*ret_names = names;
	return there ? 0 : -ENOENT;
}

/* Counts, dies, fails; 1: goes on. */
static inline int fault_of_write(struct fake *fake)
{
	if (++fake->writes == fake->die_before)
		_exit(9);
	if (fake->writes == fake->fail_write && !fake->takes_effect)
		return fake->error;
	return 1;
}

static inline int end_of_write(struct fake *fake, int result)
{
	fake->dirty = true;
	if (fake->writes == fake->die_after)
		_exit(9);
	return fake->writes == fake->fail_write ? fake->error : result;
}

static inline int fake_write(void *data, const char *path, const char *value)
{
	struct fake *fake = data;
	int fault = fault_of_write(fake);

	return fault <= 0 ? fault : end_of_write(fake, fake_react(fake, path, value));
}

static inline int change_module(struct fake *fake, const char *name, bool loaded,
				struct sr_reason *reason)
{
	int result = fault_of_write(fake);

	if (result > 0)
		result = end_of_write(fake, set_module(fake, name, loaded));
	return result ? sr_fail(reason, result, "%s: %s", name, strerror(-result)) : 0;
}

static inline int fake_load(void *data, const char *name, struct sr_reason *reason)
{
	return change_module(data, name, true, reason);
}

static inline int fake_unload(void *data, const char *name, struct sr_reason *reason)
{
	return change_module(data, name, false, reason);
}

static inline void fake_pause(void *data, unsigned int milliseconds)
{
	((struct fake *)data)->clock += milliseconds;
}

static inline uint64_t fake_now(void *data)
{
	return ((struct fake *)data)->clock;
}

static const struct sr_machine_ops fake_ops = {
	.read = fake_read,
	.file = fake_file,
	.link = fake_link,
	.list = fake_list,
	.write = fake_write,
	.load = fake_load,
	.unload = fake_unload,
	.pause = fake_pause,
	.now = fake_now,
};
