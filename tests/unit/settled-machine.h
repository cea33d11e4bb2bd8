/* SPDX-License-Identifier: GPL-2.0-only */
/* A machine on which CXL has settled, and what is asked of the judgement of that. */
#pragma once

#include "build.h"
#include "judgement/settled.h"
#include "tap.h"

#define GIB 0x40000000ULL

static const struct sr_range window = { 0x1000000000, 0x10ffffffff };
static const struct sr_range memory = { 0x1000000000, 0x1000000000 + GIB - 1 };

static const char *const truths[] = { "unknown", "no", "yes" };

static inline void add_module(struct sr_snapshot *snapshot, const char *name,
			      enum sr_module_state state, const char *depends)
{
	struct sr_module *module = build_add(&snapshot->modules);

	module->name = name;
	module->state = state;
	module->depends = sr_text_of(depends);
}

static inline struct sr_module *module_of(struct sr_snapshot *snapshot, const char *name)
{
	struct sr_module *module;

	sr_for_each (module, &snapshot->modules) {
		if (strcmp(module->name, name) == 0)
			return module;
	}
	abort();
}

static inline void add_port(struct sr_snapshot *snapshot, const char *name, const char *uport)
{
	*build_add(&snapshot->enumeration.ports) = (struct sr_port){
		.name = name,
		.driver = sr_text_of("cxl_port"),
		.uport = sr_text_of(uport),
		.endpoint = strncmp(name, "endpoint", strlen("endpoint")) == 0,
	};
}

static inline void add_function(struct sr_snapshot *snapshot, const char *name)
{
	*build_add(&snapshot->enumeration.functions) = (struct sr_pci_function){
		.name = name,
		.class_code = 0x050210,
		.driver = sr_text_of("cxl_pci"),
	};
}

static inline void add_memdev(struct sr_snapshot *snapshot)
{
	struct sr_memdev *memdev = build_add(&snapshot->memdevs);

	memdev->name = "mem0";
	memdev->host = sr_text_of("0000:0d:00.0");
	memdev->driver = sr_text_of("cxl_mem");
	add_function(snapshot, "0000:0d:00.0");
	add_port(snapshot, "port1", "pci0000:0c");
	add_port(snapshot, "endpoint2", "mem0");
}

static inline void add_decoder(struct sr_snapshot *snapshot)
{
	struct sr_endpoint_decoder *decoder = build_add(&snapshot->endpoint_decoders);
	struct sr_region *region = build_region(snapshot, memory, SR_YES);
	struct sr_region_target *target = build_add(&region->targets);

	decoder->name = "decoder2.0";
	decoder->region = sr_text_of("region0");
	decoder->size = sr_u64_of(GIB);
	target->decoder = sr_text_of("decoder2.0");
}

/* A machine with v7.3 on which all has come to its end; root looks. */
static inline struct sr_snapshot *new_settled(void)
{
	struct sr_snapshot *snapshot = build_new();

	build_window(snapshot, window);
	build_soft_reserved(snapshot, memory);
	*build_add(&snapshot->cxl_roots) =
		(struct sr_platform_device){ "ACPI0017:00", sr_text_of("cxl_acpi") };
	*build_add(&snapshot->hmem_platforms) =
		(struct sr_platform_device){ "hmem_platform.0", sr_text_of("hmem_platform") };
	add_memdev(snapshot);
	add_decoder(snapshot);
	build_in_use(snapshot, SR_DAX_HOLDER_CXL, memory);
	add_module(snapshot, "cxl_acpi", SR_MODULE_LOADED, NULL);
	add_module(snapshot, "cxl_pci", SR_MODULE_LOADED, NULL);
	add_module(snapshot, "dax_hmem", SR_MODULE_LOADED, NULL);
	add_module(snapshot, "dax_cxl", SR_MODULE_LOADED, "dax_hmem,cxl_core");
	snapshot->enumeration.functions_known = true;
	snapshot->enumeration.deferred_known = SR_YES;
	snapshot->enumeration.dax_region_driver = SR_YES;
	snapshot->enumeration.udev_busy = SR_NO;
	return snapshot;
}

static inline struct sr_settle_signs *judge(const struct sr_snapshot *snapshot)
{
	struct sr_settle_signs *signs = NULL;

	if (sr_settle_judge(snapshot, &signs) != 0 || !signs)
		abort();
	return signs;
}

/* "memdevs pending: being probed: mem0": all signs that say no; a static buffer. */
static const char *noes_of(const struct sr_settle_signs *signs)
{
	static char text[1024];
	const struct sr_settle_sign *sign;
	size_t used = 0;

	*text = '\0';
	sr_for_each (sign, &signs->signs) {
		if (sign->settled == SR_NO)
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s%s: %s",
						 used ? "; " : "", sign->name,
						 sign->pending ? " pending" : "", sign->text);
	}
	return text;
}

static inline void tap_signs(const struct sr_snapshot *snapshot, enum sr_truth settled,
			     const char *noes, const char *file, int line, const char *what)
{
	sr_auto_settle_signs struct sr_settle_signs *signs = judge(snapshot);

	tap_text(truths[signs->settled], truths[settled], file, line, what);
	tap_text(noes_of(signs), noes, file, line, what);
}

#define are_signs(snapshot, settled, noes, what) \
	tap_signs(snapshot, settled, noes, __FILE__, __LINE__, what)

static inline enum sr_truth sign_of(const struct sr_snapshot *snapshot, const char *name)
{
	sr_auto_settle_signs struct sr_settle_signs *signs = judge(snapshot);
	const struct sr_settle_sign *sign;

	sr_for_each (sign, &signs->signs) {
		if (strcmp(sign->name, name) == 0)
			return sign->settled;
	}
	abort();
}

#define with_machine(name) sr_auto_snapshot struct sr_snapshot *name = new_settled()
