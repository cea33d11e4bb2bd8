// SPDX-License-Identifier: GPL-2.0-only
#include "output.h"

#include <json.h>
#include <stdlib.h>

#include "fuzz.h"

void output_begin(struct output *output)
{
	static FILE *nothing;

	if (!nothing)
		nothing = fopen("/dev/null", "w");
	*output = (struct output){ .out = stdout, .error = stderr };
	stdout = open_memstream(&output->text, &output->length);
	must(stdout && nothing, "no memory");
	stderr = nothing;
}

static void put_back(struct output *output)
{
	fclose(stdout);
	stdout = output->out;
	stderr = output->error;
}

void output_end(struct output *output)
{
	put_back(output);
	fuzz_must_be_printable(output->text, output->length, true);
	free(output->text);
}

void output_end_json(struct output *output)
{
	struct json_object *document;

	put_back(output);
	fuzz_must_be_printable(output->text, output->length, false);
	document = json_tokener_parse(output->text);
	must(document && json_object_is_type(document, json_type_object), "no JSON: %.200s",
	     output->text);
	json_object_put(document);
	free(output->text);
}
