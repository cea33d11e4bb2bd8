// SPDX-License-Identifier: GPL-2.0-only
/* judgement/settled.h: each sign, and what they come to. */
#include "settled-machine.h"

static void test_settled(void)
{
	static const char *const names[] = {
		"cxl-acpi",	   "pci-functions", "memdevs",	   "ports",
		"decoders",	   "regions",	    "dax-regions", "hmem",
		"deferred-probes", "modules",	    "hmem-work",   "udev",
	};
	with_machine(snapshot);
	sr_auto_settle_signs struct sr_settle_signs *signs = judge(snapshot);

	are_signs(snapshot, SR_YES, "", "a machine on which all is attached");
	if (!ok(signs->signs.count == sizeof(names) / sizeof(*names), "all signs are there"))
		return;
	for (size_t i = 0; i < signs->signs.count; i++) {
		const struct sr_settle_sign *sign = &signs->signs.items[i];

		is_text(sign->name, names[i], "its name");
		ok(sign->settled == SR_YES && sign->path && sign->text, "yes, with path and text");
	}
}

static void test_without_cxl(void)
{
	sr_auto_snapshot struct sr_snapshot *snapshot = build_new();
	sr_auto_settle_signs struct sr_settle_signs *signs = NULL;

	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_ABSENT);
	build_source(snapshot, SR_SOURCE_ENUMERATION, SR_SOURCE_ABSENT);
	signs = judge(snapshot);
	is_number(signs->settled, SR_YES, "without CXL there is nothing to wait for");
	is_number(signs->signs.count, 0, "and no sign of it");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_UNREADABLE);
	are_signs(snapshot, SR_UNKNOWN, "", "where CXL was left out, nobody can tell");
}

static void test_udev(void)
{
	with_machine(snapshot);

	snapshot->enumeration.udev_busy = SR_YES;
	are_signs(snapshot, SR_YES, "", "a busy udev changes nothing where all is done");
	build_block(snapshot, span(0, BLOCK_SIZE - 1), SR_BLOCK_OFFLINE);
	are_signs(snapshot, SR_NO, "udev pending: events wait in its queue",
		  "it may bring memory online");
	snapshot->memory_blocks.count--;
	snapshot->dax_devices.items[0].driver = sr_text_of(NULL);
	are_signs(snapshot, SR_NO, "udev pending: events wait in its queue", "or load kmem");
	snapshot->dax_devices.items[0].driver.known = false;
	are_signs(snapshot, SR_NO, "udev pending: events wait in its queue", "or may have to");
	build_no_dax_device(snapshot);
	snapshot->hmem_platforms.items[0].driver.known = false;
	are_signs(snapshot, SR_NO, "udev pending: events wait in its queue",
		  "where all may not be done");
	snapshot->hmem_platforms.items[0].driver.known = true;
	snapshot->enumeration.udev_busy = SR_UNKNOWN;
	are_signs(snapshot, SR_YES, "", "that it is unknown, as in captures, is no obstacle");
	is_number(sign_of(snapshot, "udev"), SR_UNKNOWN, "but it is said");
}

static void test_udev_loads_modules(void)
{
	with_machine(snapshot);

	snapshot->cxl_roots.items[0].driver = sr_text_of(NULL);
	module_of(snapshot, "cxl_acpi")->state = SR_MODULE_NOT_LOADED;
	are_signs(snapshot, SR_YES,
		  "cxl-acpi: without a driver: ACPI0017:00; cxl_acpi is not loaded",
		  "an idle udev loads nothing any more");
	snapshot->enumeration.udev_busy = SR_YES;
	are_signs(snapshot, SR_NO,
		  "cxl-acpi: without a driver: ACPI0017:00; cxl_acpi is not loaded; "
		  "udev pending: events wait in its queue",
		  "a busy one may");
	module_of(snapshot, "cxl_acpi")->blocked = true;
	snapshot->enumeration.udev_busy = SR_NO;
	are_signs(snapshot, SR_YES, "cxl-acpi: without a driver: ACPI0017:00; cxl_acpi is blocked",
		  "what is blocked never comes");
}

static void defer(struct sr_snapshot *snapshot, const char *device, const char *reason)
{
	snapshot->enumeration.deferred.count = 0;
	*build_add(&snapshot->enumeration.deferred) =
		(struct sr_deferred_probe){ .device = device, .reason = reason };
}

static void test_deferred(void)
{
	static const char *const ours[] = {
		"mem0",	  "port1",	     "endpoint2",   "decoder0.0",  "region0",	   "dax0.0",
		"hmem.3", "hmem_platform.0", "dax_region1", "ACPI0017:00", "0000:0d:00.0",
	};
	static const char *const others[] = {
		"memory", "mem", "serial0-0", "0000:00:1f.0", "regulator", "ACPI0016:00", "daxx0",
	};
	with_machine(snapshot);

	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++) {
		defer(snapshot, ours[i], NULL);
		is_number(sign_of(snapshot, "deferred-probes"), SR_NO, ours[i]);
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		defer(snapshot, others[i], "i2c: no supplier");
		are_signs(snapshot, SR_YES, "", others[i]);
	}
	defer(snapshot, "0000:21:00.0", "sfc: CXL topology is not ready");
	are_signs(snapshot, SR_NO, "deferred-probes pending: to be probed again: 0000:21:00.0",
		  "an accelerator that waits for CXL");
	snapshot->memdevs.items[0].host = sr_text_of("0000:22:00.0");
	defer(snapshot, "0000:22:00.0", NULL);
	is_number(sign_of(snapshot, "deferred-probes"), SR_NO, "the function of a memdev");
}

static void test_deferred_unknown(void)
{
	with_machine(snapshot);

	snapshot->enumeration.deferred_known = SR_UNKNOWN;
	are_signs(snapshot, SR_YES, "", "what has its driver is not deferred");
	is_number(sign_of(snapshot, "deferred-probes"), SR_UNKNOWN, "though it is not known");
	snapshot->memdevs.items[0].driver = sr_text_of(NULL);
	are_signs(snapshot, SR_UNKNOWN, "memdevs: not attached: mem0", "what has none may be");
	snapshot->enumeration.deferred_known = SR_YES;
	are_signs(snapshot, SR_YES, "memdevs: not attached: mem0", "the list tells that it is not");
	snapshot->enumeration.deferred_known = SR_NO;
	are_signs(snapshot, SR_UNKNOWN, "memdevs: not attached: mem0", "a part of it does not");
}

static void test_modules(void)
{
	with_machine(snapshot);

	*build_add(&snapshot->enumeration.coming) = "cxl_pci";
	*build_add(&snapshot->enumeration.coming) = "cxl_mem";
	are_signs(snapshot, SR_NO, "modules pending: being loaded: cxl_pci and 1 more",
		  "modules that are being loaded");
}

static void test_functions(void)
{
	struct sr_pci_function *second;
	with_machine(snapshot);

	add_function(snapshot, "0000:0e:00.0");
	second = &snapshot->enumeration.functions.items[1];
	are_signs(snapshot, SR_NO, "pci-functions pending: being probed: 0000:0e:00.0",
		  "cxl_pci has it, but has not made its memdev");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_PARTIAL);
	are_signs(snapshot, SR_YES, "", "unless that was left out");
	is_number(sign_of(snapshot, "pci-functions"), SR_UNKNOWN, "which is said");
	build_source(snapshot, SR_SOURCE_CXL, SR_SOURCE_OK);
	snapshot->memdevs.items[0].host = (struct sr_text){ 0 };
	are_signs(snapshot, SR_YES, "", "nor where nothing tells of which function a memdev is");
	is_number(sign_of(snapshot, "pci-functions"), SR_UNKNOWN, "which is said, too");
	snapshot->memdevs.items[0].host = sr_text_of(snapshot->enumeration.functions.items[0].name);
	second->driver = sr_text_of("vfio-pci");
	are_signs(snapshot, SR_YES, "", "another driver makes none");
	second->driver = sr_text_of(NULL);
	are_signs(snapshot, SR_YES, "pci-functions: without a driver: 0000:0e:00.0",
		  "its probe has failed");
	module_of(snapshot, "cxl_pci")->state = SR_MODULE_MISSING;
	are_signs(snapshot, SR_YES,
		  "pci-functions: without a driver: 0000:0e:00.0; cxl_pci is missing",
		  "there is no driver for it");
	second->class_code = 0x050200;
	are_signs(snapshot, SR_YES, "", "cxl_pci would not take it at all");
}

static void test_memdevs(void)
{
	with_machine(snapshot);

	snapshot->enumeration.ports.items[0].uport = sr_text_of("mem0");
	snapshot->enumeration.ports.items[1].uport = sr_text_of("mem1");
	are_signs(snapshot, SR_NO, "memdevs pending: being probed: mem0",
		  "cxl_mem has it, but has not made its endpoint");
	snapshot->enumeration.ports.items[1].uport = (struct sr_text){ 0 };
	are_signs(snapshot, SR_UNKNOWN, "", "nor where nothing tells whose an endpoint is");
	snapshot->enumeration.ports.items[1].uport = sr_text_of("mem1");
	build_source(snapshot, SR_SOURCE_ENUMERATION, SR_SOURCE_PARTIAL);
	are_signs(snapshot, SR_UNKNOWN, "", "unless that was left out");
	snapshot->endpoint_decoders.items[0].memdev = sr_text_of("mem0");
	are_signs(snapshot, SR_YES, "", "an endpoint is told by its decoders, too");
	snapshot->memdevs.items[0].driver = (struct sr_text){ 0 };
	are_signs(snapshot, SR_UNKNOWN, "", "a driver that is not known");
}

static void test_ports(void)
{
	with_machine(snapshot);

	snapshot->enumeration.ports.items[0].driver = sr_text_of(NULL);
	snapshot->enumeration.ports.items[1].driver = sr_text_of(NULL);
	are_signs(snapshot, SR_YES, "ports: without a driver: port1 and 1 more", "two ports");
	snapshot->enumeration.functions_known = false;
	are_signs(snapshot, SR_UNKNOWN, "ports: without a driver: port1 and 1 more",
		  "a function may be on its way that would change that");
}

static void test_regions(void)
{
	const char *failed = "regions: not assembled, or without a driver: region0";
	struct sr_region *region;
	with_machine(snapshot);

	region = snapshot->regions.items;
	region->driver = sr_text_of(NULL);
	are_signs(snapshot, SR_YES, failed, "a region without its driver");
	region->driver = sr_text_of("cxl_region");
	region->committed = SR_NO;
	are_signs(snapshot, SR_YES, failed, "a region that failed stays so");
	region->has_resource = false;
	are_signs(snapshot, SR_YES, "", "one without a resource was not even begun");
	region->has_resource = true;
	region->committed = SR_YES;
	region->targets.items[0].decoder = sr_text_of(NULL);
	are_signs(snapshot, SR_YES, failed, "a target is missing");
	region->targets.items[0].decoder = (struct sr_text){ 0 };
	are_signs(snapshot, SR_UNKNOWN, "", "a target that is not known");
	region->targets.count = 0;
	region->committed = SR_UNKNOWN;
	are_signs(snapshot, SR_UNKNOWN, "", "a commit that is not known");
}

static void test_decoders(void)
{
	struct sr_endpoint_decoder *decoder;
	with_machine(snapshot);

	decoder = snapshot->endpoint_decoders.items;
	decoder->region = sr_text_of(NULL);
	are_signs(snapshot, SR_YES, "decoders: enabled, yet in no region: decoder2.0",
		  "a decoder that no region took");
	decoder->size = sr_u64_of(0);
	are_signs(snapshot, SR_YES, "", "a disabled one needs none");
	decoder->size.known = false;
	are_signs(snapshot, SR_UNKNOWN, "", "one that may be enabled");
}

static void test_dax_regions(void)
{
	const char *missing = "dax-regions: without a dax region that is bound: region0";
	struct sr_dax_region *dax_region;
	with_machine(snapshot);

	dax_region = snapshot->dax_regions.items;
	dax_region->driver = sr_text_of(NULL);
	are_signs(snapshot, SR_YES, missing, "hmem came first (-12)");
	snapshot->regions.items[0].mode = sr_text_of("pmem");
	are_signs(snapshot, SR_YES, "", "pmem makes none");
	snapshot->regions.items[0].mode = sr_text_of("ram");
	snapshot->endpoint_decoders.items[0].target_type = sr_text_of("accelerator");
	are_signs(snapshot, SR_YES, "", "nor does an accelerator");
	snapshot->endpoint_decoders.items[0].target_type = sr_text_of("expander");
	dax_region->driver = (struct sr_text){ 0 };
	are_signs(snapshot, SR_UNKNOWN, "", "its driver is not known");
	snapshot->dax_regions.count = 0;
	are_signs(snapshot, SR_YES, missing, "there is none at all");
	snapshot->regions.items[0].driver = sr_text_of(NULL);
	are_signs(snapshot, SR_YES, "regions: not assembled, or without a driver: region0",
		  "a region without its driver makes none");
}

/* Lists come in any order. */
static void test_order(void)
{
	with_machine(snapshot);

	for (uint64_t i = 1; i < 12; i++)
		build_region(snapshot, span(i * GIB, (i + 1) * GIB - 1), SR_YES);
	for (uint64_t i = 11; i > 0; i--)
		build_dax_region(snapshot, SR_DAX_HOLDER_CXL, span(i * GIB, (i + 1) * GIB - 1),
				 "cxl_dax_region");
	are_signs(snapshot, SR_YES, "", "each region has its dax region");
	snapshot->dax_regions.items[4].driver = sr_text_of(NULL);
	are_signs(snapshot, SR_YES, "dax-regions: without a dax region that is bound: region8",
		  "but for one");
}

static void test_hmem(void)
{
	with_machine(snapshot);

	snapshot->hmem_platforms.items[0].driver = sr_text_of(NULL);
	are_signs(snapshot, SR_YES, "hmem: without a driver: hmem_platform.0", "unbound");
	module_of(snapshot, "dax_hmem")->state = SR_MODULE_NOT_LOADED;
	module_of(snapshot, "dax_hmem")->blocked = true;
	are_signs(snapshot, SR_YES, "hmem: without a driver: hmem_platform.0; dax_hmem is blocked",
		  "blocked");
	snapshot->hmem_platforms.items[0].driver = sr_text_of("hmem_platform");
	build_dax_region(snapshot, SR_DAX_HOLDER_HMEM, memory, NULL);
	are_signs(snapshot, SR_YES, "hmem: without a driver: hmem.1; dax_hmem is blocked",
		  "its range");
}

static void test_hmem_work(void)
{
	with_machine(snapshot);

	snapshot->enumeration.dax_region_driver = SR_NO;
	are_signs(snapshot, SR_NO, "hmem-work pending: dax_cxl waits until dax_hmem has decided",
		  "dax_cxl is loaded, its driver is not registered");
	snapshot->enumeration.dax_region_driver = SR_UNKNOWN;
	are_signs(snapshot, SR_UNKNOWN, "", "its drivers are not known");
	module_of(snapshot, "dax_cxl")->state = SR_MODULE_BUILT_IN;
	snapshot->enumeration.dax_region_driver = SR_NO;
	is_number(sign_of(snapshot, "hmem-work"), SR_NO, "or it is built in");
}

/* What tells whether dax_hmem has decided where dax_cxl does not. */
static void test_hmem_work_alone(void)
{
	struct sr_module *dax_cxl;
	with_machine(snapshot);

	dax_cxl = module_of(snapshot, "dax_cxl");
	snapshot->enumeration.dax_region_driver = SR_NO;
	dax_cxl->state = SR_MODULE_NOT_LOADED;
	is_number(sign_of(snapshot, "hmem-work"), SR_UNKNOWN, "dax_cxl is not loaded");
	snapshot->iomem.count = 0;
	is_number(sign_of(snapshot, "hmem-work"), SR_UNKNOWN, "root decoders are windows, too");
	are_signs(snapshot, SR_UNKNOWN, "", "so nothing tells");
	dax_cxl->depends = sr_text_of("cxl_core");
	is_number(sign_of(snapshot, "hmem-work"), SR_YES, "before v7.1 nothing has to");
	dax_cxl->depends = (struct sr_text){ 0 };
	is_number(sign_of(snapshot, "hmem-work"), SR_UNKNOWN, "it may be such a kernel");
	dax_cxl->state = SR_MODULE_MISSING;
	is_number(sign_of(snapshot, "hmem-work"), SR_YES, "a kernel without dax_cxl");
	build_dax_region(snapshot, SR_DAX_HOLDER_HMEM, span(0, GIB - 1), "hmem")->path =
		"/sys/devices/platform/hmem_platform.0/hmem.1";
	is_number(sign_of(snapshot, "hmem-work"), SR_UNKNOWN, "hmem.1 tells of v7.1");
	build_dax_region(snapshot, SR_DAX_HOLDER_HMEM, memory, "hmem");
	is_number(sign_of(snapshot, "hmem-work"), SR_YES, "it took what touches a window");
	snapshot->dax_regions.count--;
	snapshot->hmem_platforms.items[0].driver = sr_text_of(NULL);
	is_number(sign_of(snapshot, "hmem-work"), SR_YES, "unbound it does nothing");
	snapshot->hmem_platforms.items[0].driver = sr_text_of("hmem_platform");
	snapshot->memory_map.count = 0;
	is_number(sign_of(snapshot, "hmem-work"), SR_YES, "nothing touches a window");
}

/* As many of each as a made capture can have. */
static void test_many(void)
{
	const size_t count = 60000;
	with_machine(snapshot);

	for (size_t i = 0; i < count; i++) {
		const char *name = build_text(snapshot, "mem%zu", i + 1);
		struct sr_memdev *memdev = build_add(&snapshot->memdevs);
		struct sr_deferred_probe *probe = build_add(&snapshot->enumeration.deferred);
		struct sr_region *region = build_add(&snapshot->regions);

		memdev->name = name;
		memdev->host = sr_text_of(name);
		memdev->driver = sr_text_of("cxl_mem");
		probe->device = build_text(snapshot, "0000:%zx:00.0", i);
		*region = snapshot->regions.items[0];
		region->name = name;
		region->targets.items = NULL;
		region->targets.count = 0;
		add_function(snapshot, name);
		add_port(snapshot, "endpoint9", name);
	}
	are_signs(snapshot, SR_YES,
		  "dax-regions: without a dax region that is bound: mem1 and 59999 more",
		  "no work in proportion to their square");
}

int main(void)
{
	test_settled();
	test_without_cxl();
	test_udev();
	test_udev_loads_modules();
	test_deferred();
	test_deferred_unknown();
	test_modules();
	test_functions();
	test_memdevs();
	test_ports();
	test_decoders();
	test_regions();
	test_dax_regions();
	test_order();
	test_hmem();
	test_hmem_work();
	test_hmem_work_alone();
	test_many();
	return tap_done();
}
