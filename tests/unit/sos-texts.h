/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What programs printed whose output a sosreport keeps, as ndctl 81, systemd 257 and util-linux
 * 2.41 do it, without most of what is not read.
 */
#pragma once

static const char sos_cxl_list[] =
	"libcxl: cxl_cmd_new_generic: mem0: query returned: No such device\n"
	"[\n"
	"  {\"bus\":\"root0\",\"provider\":\"ACPI.CXL\",\"nr_dports\":1,\n"
	"   \"dports\":[{\"dport\":\"pci0000:0c\",\"id\":12}],\n"
	"   \"ports:root0\":[\n"
	"    {\"port\":\"port1\",\"host\":\"pci0000:0c\",\"depth\":1,\n"
	"     \"endpoints:port1\":[\n"
	"      {\"endpoint\":\"endpoint2\",\"host\":\"mem0\",\"depth\":2,\n"
	"       \"memdev\":{\"memdev\":\"mem0\",\"ram_size\":536870912,\"serial\":1,\n"
	"                 \"host\":\"0000:0d:00.0\",\"partition_info\":{\"total_size\":1}},\n"
	"       \"decoders:endpoint2\":[\n"
	"        {\"decoder\":\"decoder2.0\",\"resource\":79725330432,\"size\":536870912,\n"
	"         \"interleave_ways\":1,\"region\":\"region0\",\"dpa_resource\":0,\n"
	"         \"dpa_size\":536870912,\"mode\":\"ram\"},\n"
	"        {\"decoder\":\"decoder2.1\",\"interleave_ways\":1,\"state\":\"disabled\"}]}],\n"
	"     \"decoders:port1\":[{\"decoder\":\"decoder1.0\",\"resource\":79725330432,\n"
	"       \"size\":536870912,\"region\":\"region0\"}]}],\n"
	"   \"decoders:root0\":[\n"
	"    {\"decoder\":\"decoder0.0\",\"resource\":79725330432,\"size\":4294967296,\n"
	"     \"interleave_ways\":1,\"pmem_capable\":true,\"accelmem_capable\":true,\n"
	"     \"regions:decoder0.0\":[\n"
	"      {\"region\":\"region0\",\"resource\":79725330432,\"size\":536870912,\n"
	"       \"interleave_ways\":2,\"interleave_granularity\":256,\n"
	"       \"decode_state\":\"commit\",\n"
	"       \"mappings\":[{\"position\":1,\"memdev\":\"mem0\",\"decoder\":\"decoder2.0\"}]},\n"
	"      {\"region\":\"region1\",\"resource\":0,\"size\":0,\"interleave_ways\":0,\n"
	"       \"decode_state\":\"reset\",\"state\":\"disabled\",\"type\":\"pmem\"}]}]},\n"
	"  {\"anon memdevs\":[{\"memdev\":\"mem1\",\"state\":\"disabled\"}]}\n"
	"]\n";

static const char sos_daxctl_list[] =
	"[\n"
	"  {\"path\":\"\\/platform\\/ACPI0017:00\\/root0\\/decoder0.0\\/region0\\/dax_region0\",\n"
	"   \"id\":0,\"size\":536870912,\"align\":2097152,\n"
	"   \"devices\":[{\"chardev\":\"dax0.0\",\"size\":536870912,\"target_node\":1,\n"
	"     \"align\":2097152,\"mode\":\"system-ram\",\"online_memblocks\":4,\n"
	"     \"mappings\":[{\"page_offset\":0,\"start\":79725330432,\"end\":80262201343,\n"
	"                  \"size\":536870912}]}]},\n"
	"  {\"path\":\"\\/platform\\/hmem_platform.0\\/hmem.2\",\"id\":2,\"size\":268435456,\n"
	"   \"available_size\":134217728,\n"
	"   \"devices\":[{\"chardev\":\"dax2.1\",\"size\":0,\"mode\":\"devdax\",\n"
	"                \"state\":\"disabled\"},\n"
	"               {\"chardev\":\"dax2.0\",\"size\":134217728,\"mode\":\"devdax\",\n"
	"                \"mappings\":[{\"start\":80262201344,\"end\":80396419071}]}]}\n"
	"]\n";

static const char sos_udevadm[] =
	"P: /devices/pci0000:0c/0000:0c:00.0/0000:0d:00.0\nM: 0000:0d:00.0\nR: 0\nU: pci\n"
	"V: cxl_pci\nE: DEVPATH=/devices/x\nE: SUBSYSTEM=pci\nE: DRIVER=cxl_pci\n"
	"E: PCI_CLASS=50210\n\n"
	"P: /devices/pci0000:0c/0000:0c:00.0/0000:0d:00.0/mem0/firmware/mem0\n"
	"E: SUBSYSTEM=firmware\n\n"
	"P: /devices/platform/ACPI0017:00\nE: DRIVER=cxl_acpi\nE: SUBSYSTEM=platform\n\n"
	"P: /devices/platform/ACPI0017:00/root0/decoder0.0/region0\nU: cxl\n"
	"E: SUBSYSTEM=cxl\nE: DEVTYPE=cxl_region\n\n"
	"P: /devices/platform/hmem_platform.0/hmem.2\nE: DRIVER=hmem\nE: SUBSYSTEM=platform\n\n"
	"P: /devices/platform/serial8250\nE: SUBSYSTEM=platform\nE: DRIVER=serial8250\n\n"
	"P: /devices/platform/hmem_platform.0/hmem.2/dax2.0\nN: dax2.0\nE: SUBSYSTEM=dax\n"
	"E: DRIVER=kmem\n\n"
	"P: /devices/platform/hmem_platform.0/hmem.2/dax2.0/mapping0\n\n";

static const char sos_modinfo[] =
	"filename:       /lib/modules/6.12/kernel/drivers/dax/dax_cxl.ko.xz\n"
	"license:        GPL v2\n"
	"name:           dax_cxl\n"
	"filename:       /lib/modules/6.12/kernel/drivers/dax/hmem/dax-hmem.ko.xz\n"
	"softdep:        pre: cxl_acpi\n"
	"softdep:        post: kmem\n"
	"depends:        device_dax\n"
	"modinfo: ERROR: Module a.b not found.\n"
	"name:           zswap\n"
	"filename:       (builtin)\n"
	"softdep:        pre: wrong\n";
