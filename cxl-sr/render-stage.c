// SPDX-License-Identifier: GPL-2.0-only
#include "render-stage.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "json-values.h"
#include "plan/staged.h"
#include "render-plan.h"
#include "text.h"

static const char *outcome_name(enum stage_outcome outcome)
{
	static const char *const names[] = {
		[STAGE_WRITTEN] = "written",   [STAGE_ALREADY] = "already",
		[STAGE_REMOVED] = "removed",   [STAGE_ABSENT] = "absent",
		[STAGE_NEEDLESS] = "needless", [STAGE_USELESS] = "useless",
		[STAGE_REFUSED] = "refused",
	};

	return names[outcome];
}

static void print_wide(const char *text)
{
	print_wrapped(stdout, text, terminal_width(stdout), 0, 0);
}

static void print_initramfs(const struct staged *staged)
{
	if (staged->initramfs_command)
		printf("The initramfs has a copy of modprobe.d. To renew it:\n  $ %s\n",
		       staged->initramfs_command);
	else
		print_wide("The initramfs has a copy of modprobe.d: rebuild it, where there is "
			   "one.");
}

/* Lines of a file stay as they are. */
static void print_content(const char *content)
{
	while (*content) {
		size_t length = strcspn(content, "\n");

		printf("  %.*s\n", (int)length, content);
		content += length;
		content += *content == '\n';
	}
}

static void print_staged(const struct staged *staged)
{
	printf("%s %s:\n",
	       staged->outcome == STAGE_WRITTEN ? "Written:" : "There already:", SR_STAGE_PATH);
	print_content(staged->content);
	print_initramfs(staged);
	print_wide("It holds from the next boot on. To add to the kernel command line does the "
		   "same, and is left to you:");
	puts("  " SR_STAGE_COMMAND_LINE);
}

void render_stage(const struct staged *staged)
{
	switch (staged->outcome) {
	case STAGE_WRITTEN:
	case STAGE_ALREADY:
		print_staged(staged);
		break;
	case STAGE_REMOVED:
		printf("Removed: %s\n", SR_STAGE_PATH);
		print_initramfs(staged);
		break;
	case STAGE_ABSENT:
		printf("Nothing is staged: there is no %s.\n", SR_STAGE_PATH);
		break;
	case STAGE_NEEDLESS:
		printf("Nothing is to be staged: %s.\n", staged->why);
		break;
	case STAGE_USELESS:
	case STAGE_REFUSED:
		break;
	}
}

/* A text of JSON is one line here (json-values.c), so a file is an array of them. */
static void put_content(struct json *json, struct json_object *object, const char *content)
{
	struct json_object *lines = json_new_array(json);

	while (content && *content) {
		char line[256];
		size_t length = strcspn(content, "\n");

		snprintf(line, sizeof(line), "%.*s", (int)length, content);
		json_add_text(json, lines, line);
		content += length;
		content += *content == '\n';
	}
	json_put(json, object, "content", lines);
}

static struct json_object *stage_object(struct json *json, const struct staged *staged)
{
	struct json_object *object = json_new_object(json);
	bool has_copy = staged->content || staged->outcome == STAGE_REMOVED;

	json_put_text(json, object, "outcome", outcome_name(staged->outcome));
	json_put_text(json, object, "path", SR_STAGE_PATH);
	put_content(json, object, staged->content);
	json_put_text(json, object, "command_line", staged->content ? SR_STAGE_COMMAND_LINE : NULL);
	json_put_text(json, object, "initramfs_command",
		      has_copy ? staged->initramfs_command : NULL);
	json_put_text(json, object, "why", staged->why);
	return object;
}

int render_stage_json(const struct sr_plan *plan, const struct staged *staged, enum json_form form)
{
	struct json json = { .form = form };
	json_auto struct json_object *object = NULL;

	if (plan && plan_object_new(plan, &object))
		return -ENOMEM;
	if (!plan) {
		object = json_new_object(&json);
		json_put_text(&json, object, "schema", PLAN_SCHEMA);
	}
	json_put(&json, object, "stage", stage_object(&json, staged));
	return json_print(&json, object);
}
