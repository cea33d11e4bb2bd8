/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a machine said of itself, as plain data: no library handle, no open file,
 * no judgement. Every field knows whether it is known (base/known.h); every list
 * says through its source's state whether it is whole.
 *
 * All ranges are host physical addresses in bytes with inclusive ends, all sizes
 * are bytes. Texts belong to the snapshot's pool.
 */
#pragma once

#include <stdbool.h>

#include "base/known.h"
#include "base/list.h"
#include "base/pool.h"
#include "base/range-list.h"

/* In the order in which they are read; sources/sources.c has their names. */
enum sr_source_id {
	SR_SOURCE_KERNEL,
	SR_SOURCE_IOMEM,
	SR_SOURCE_FIRMWARE_MEMMAP,
	SR_SOURCE_KERNEL_LOG,
	SR_SOURCE_CXL,
	SR_SOURCE_HMEM,
	SR_SOURCE_DAX,
	SR_SOURCE_MEMORY_BLOCKS,
	SR_SOURCE_MODULES,
	SR_SOURCE_ACPI,
	SR_SOURCE_ENUMERATION,
	SR_SOURCE_DMI,
	SR_SOURCE_COUNT,
};

enum sr_source_state {
	SR_SOURCE_UNREAD,
	SR_SOURCE_OK,	      /* read whole */
	SR_SOURCE_PARTIAL,    /* some of it could not be read or understood */
	SR_SOURCE_INCOMPLETE, /* what was read is whole, but its beginning is lost */
	SR_SOURCE_ABSENT,     /* this kernel or capture does not have it */
	SR_SOURCE_HIDDEN,     /* the kernel shows it to root only */
	SR_SOURCE_UNREADABLE, /* it exists, reading it failed */
	SR_SOURCE_NOT_USED,   /* it is of another boot or kernel */
};

/* How the reading of one source went. */
struct sr_source_note {
	enum sr_source_state state;
	const char *path;   /* what was read, or would have been; NULL: nothing */
	const char *detail; /* what is wrong, in words; NULL: nothing is */
};

enum sr_iomem_kind {
	SR_IOMEM_OTHER,
	SR_IOMEM_SOFT_RESERVED,
	SR_IOMEM_CXL_WINDOW,
	SR_IOMEM_REGION,
	SR_IOMEM_HMEM,
	SR_IOMEM_DAX_DEVICE,
	SR_IOMEM_SYSTEM_RAM,
};

/* A line of /proc/iomem. Its nesting follows from the ranges, never from the indent. */
struct sr_iomem_node {
	struct sr_range range;
	enum sr_iomem_kind kind;
	const char *label;
};

/* An entry of the firmware's map or of the last map in the kernel log. */
struct sr_memory_map_entry {
	struct sr_range range;
	const char *type; /* as the kernel words it */
	bool soft_reserved;
	enum sr_source_id source; /* SR_SOURCE_FIRMWARE_MEMMAP or SR_SOURCE_KERNEL_LOG */
	struct sr_u64 number;	  /* N of /sys/firmware/memmap/N; unknown for the log's */
};

/* A CXL window as its root decoder (drivers/cxl/acpi.c, one for each CFMWS). */
struct sr_root_decoder {
	const char *name;
	struct sr_u64 start, size;
	enum sr_truth locked;
	enum sr_truth capable_ram, capable_pmem, capable_type2, capable_type3;
	struct sr_u64 interleave_ways, interleave_granularity;
};

struct sr_region_target {
	unsigned int position;
	struct sr_text decoder; /* endpoint decoder; known and NULL: nobody is attached */
	struct sr_text memdev;
};

struct sr_region {
	const char *name;
	const char *root_decoder; /* NULL where its sysfs path does not tell */
	struct sr_u64 start, size;
	bool has_resource;	 /* false: known to have none (resource ~0, size 0) */
	enum sr_truth committed; /* the attribute `commit`, nothing else */
	enum sr_truth locked;	 /* attribute since v7.1 */
	struct sr_text mode;	 /* "ram", "pmem", ...; known and NULL: none chosen yet */
	struct sr_text driver;
	struct sr_u64 interleave_ways, interleave_granularity;
	struct sr_u64 extended_linear_cache; /* bytes; the range includes it */
	SR_LIST(struct sr_region_target) targets;
};

struct sr_endpoint_decoder {
	const char *name;
	const char *port;
	struct sr_text memdev;
	struct sr_text region;
	struct sr_text target_type; /* "expander" or "accelerator" */
	struct sr_text mode;
	struct sr_u64 start, size; /* not comparable with SR: may be normalized addresses */
	struct sr_u64 dpa_start, dpa_size;
	struct sr_u64 interleave_ways;
	enum sr_truth locked;
};

struct sr_memdev {
	const char *name;
	struct sr_text host;	    /* parent device, a PCI function as a rule */
	struct sr_text host_driver; /* cxl_pci, or the driver of an accelerator */
	struct sr_u64 host_class;   /* PCI class code, 24 bits; 0x050210 is a memory expander */
	struct sr_text driver;
	struct sr_u64 serial;
	struct sr_u64 ram_size, pmem_size;
	struct sr_s64 numa_node;
};

/* Who made the dax region, from the device's real sysfs path and nothing else. */
enum sr_dax_holder {
	SR_DAX_HOLDER_UNKNOWN,
	SR_DAX_HOLDER_CXL,
	SR_DAX_HOLDER_HMEM,
	SR_DAX_HOLDER_PMEM,
};

struct sr_dax_region {
	const char *name; /* dax_region0, hmem.3 */
	const char *path; /* real sysfs path */
	enum sr_dax_holder holder;
	const char *region;    /* CXL: the region it belongs to; else NULL */
	struct sr_text driver; /* without one it holds nothing */
	struct sr_u64 start, size;
	struct sr_u64 available_size;
};

struct sr_dax_device {
	const char *name;
	const char *path; /* real sysfs path; NULL where it could not be resolved */
	enum sr_dax_holder holder;
	const char *dax_region; /* name in dax_regions; NULL unknown */
	struct sr_text driver;
	struct sr_u64 size;
	struct sr_s64 target_node;
	struct sr_u64 resource; /* start of its first range, or, of size 0, of its dax region */
	bool ranges_known;	/* false: `ranges` may lack some */
	sr_range_list ranges;
};

enum sr_block_state {
	SR_BLOCK_UNKNOWN,
	SR_BLOCK_OFFLINE,
	SR_BLOCK_ONLINE,
};

struct sr_memory_block {
	uint64_t id; /* N of memoryN */
	struct sr_range range;
	enum sr_block_state state;
	struct sr_text zone; /* "Normal", "Movable", ...; NULL: offline */
	struct sr_s64 node;
};

struct sr_module_parameter {
	const char *name;
	struct sr_text value;
};

enum sr_module_state {
	SR_MODULE_UNKNOWN,
	SR_MODULE_MISSING, /* neither loaded, nor built in, nor a file of this kernel */
	SR_MODULE_NOT_LOADED,
	SR_MODULE_LOADED,
	SR_MODULE_BUILT_IN,
};

struct sr_module {
	const char *name;
	enum sr_module_state state;
	bool blacklisted;	/* modprobe.d or modprobe.blacklist=: no autoload by alias */
	bool blocked;		/* module_blacklist= or an `install` command: cannot be loaded */
	struct sr_text depends; /* as modules.dep has them, names separated by commas */
	struct sr_text softdep; /* pre softdeps, separated by commas */
	SR_LIST(struct sr_module_parameter) parameters;
};

/* A device on the platform bus that others hang on. */
struct sr_platform_device {
	const char *name;
	struct sr_text driver;
};

typedef SR_LIST(struct sr_platform_device) sr_platform_device_list;

/*
 * A memory affinity structure of the SRAT that is enabled (ACPI 6.5, 5.2.16.2), or
 * the line that the kernel logged of it.
 */
struct sr_memory_affinity {
	struct sr_range range;
	uint32_t proximity_domain;
	struct sr_s64 node; /* which the kernel made of the domain; only its log tells */
	bool hot_pluggable, non_volatile;
	struct sr_u64 offset;	  /* of the structure in the table */
	enum sr_source_id source; /* SR_SOURCE_ACPI or SR_SOURCE_KERNEL_LOG */
};

/* A CXL fixed memory window structure of the CEDT (CXL 3.1, 9.18.1.3). */
struct sr_fixed_window {
	struct sr_range range;
	struct sr_u64 offset;	       /* of the structure in the table */
	uint16_t restrictions;	       /* SR_WINDOW_* below */
	struct sr_u64 interleave_ways; /* unknown: a code that the specification lacks */
	struct sr_u64 granularity;     /* bytes */
	SR_LIST(uint32_t) targets;     /* _UIDs of host bridges */
};

#define SR_WINDOW_TYPE2	     (1U << 0) /* device coherent: accelerators */
#define SR_WINDOW_TYPE3	     (1U << 1) /* host-only coherent: expanders */
#define SR_WINDOW_VOLATILE   (1U << 2)
#define SR_WINDOW_PERSISTENT (1U << 3)
#define SR_WINDOW_FIXED	     (1U << 4)

/* Something in an ACPI table that breaks its format; what follows it was not read. */
struct sr_table_fault {
	const char *table; /* "SRAT" */
	const char *text;
};

/* The platform's description of its memory. Whether a table is there, and used. */
struct sr_acpi {
	enum sr_truth has_srat, has_hmat, has_cedt;
	/*
	 * Whether the kernel splits Soft Reserved memory at the ranges of the SRAT: only
	 * where it takes the HMAT too (hmat_init(), drivers/acpi/numa/hmat.c), which
	 * needs revision 1 or 2 and structures that it can parse.
	 */
	enum sr_truth hmat_used;
	enum sr_truth
		hmat_logged; /* whether it said anything of the HMAT; a log from the boot tells */
	bool memory_known;   /* `memory` has all enabled structures of the SRAT */
	bool windows_known;  /* `windows` has all of the CEDT */
	SR_LIST(struct sr_memory_affinity) memory; /* in the order of the table */
	SR_LIST(struct sr_fixed_window) windows;
	SR_LIST(struct sr_table_fault) faults;
};

/* A CXL port or endpoint (drivers/cxl/port.c), which has a driver once it is enumerated. */
struct sr_port {
	const char *name;
	struct sr_text driver;
	struct sr_text uport; /* the device behind it: memN for an endpoint */
	bool endpoint;
};

/* A PCI function whose class says CXL (0x0502xx). */
struct sr_pci_function {
	const char *name;
	uint32_t class_code;
	struct sr_text driver;
};

/* A line of /sys/kernel/debug/devices_deferred: a probe that will be tried again. */
struct sr_deferred_probe {
	const char *device;
	const char *reason; /* NULL: none given */
};

/* What tells whether CXL enumeration has come to its end. */
struct sr_enumeration {
	SR_LIST(struct sr_port) ports;
	SR_LIST(struct sr_pci_function) functions;
	bool functions_known; /* false: only those that have a memdev */
	SR_LIST(struct sr_deferred_probe) deferred;
	enum sr_truth deferred_known; /* SR_YES: the list is whole; SR_NO: only a part was read */
	SR_LIST(const char *) coming; /* modules whose init function has not returned */
	/* The driver of dax regions registers when dax_hmem has decided (v7.1 and later). */
	enum sr_truth dax_region_driver;
	enum sr_truth udev_busy; /* events wait in udev's queue; live machines only */
};

/* What names machine and firmware, and no single machine; sr_dmi_name(). */
enum sr_dmi_id {
	SR_DMI_SYS_VENDOR,
	SR_DMI_PRODUCT_NAME,
	SR_DMI_PRODUCT_VERSION,
	SR_DMI_BOARD_VENDOR,
	SR_DMI_BOARD_NAME,
	SR_DMI_BOARD_VERSION,
	SR_DMI_BIOS_VENDOR,
	SR_DMI_BIOS_VERSION,
	SR_DMI_BIOS_DATE,
	SR_DMI_BIOS_RELEASE,
	SR_DMI_COUNT,
};

struct sr_kernel {
	struct sr_text release;
	struct sr_text machine; /* "x86_64", "aarch64", ...; few captures have it */
	struct sr_text command_line;
	enum sr_truth kexec; /* loaded by kexec, as its boot loader's number tells; x86 only */
};

struct sr_snapshot {
	struct sr_pool *pool;
	struct sr_source_note notes[SR_SOURCE_COUNT];
	struct sr_kernel kernel;
	SR_LIST(struct sr_iomem_node) iomem; /* sorted by start, the wider first */
	SR_LIST(struct sr_memory_map_entry) memory_map;
	SR_LIST(struct sr_root_decoder) root_decoders;
	SR_LIST(struct sr_region) regions;
	SR_LIST(struct sr_endpoint_decoder) endpoint_decoders;
	SR_LIST(struct sr_memdev) memdevs;
	SR_LIST(struct sr_dax_region) dax_regions;
	SR_LIST(struct sr_dax_device) dax_devices;
	struct sr_u64 memory_block_size;
	struct sr_text auto_online; /* "online", "offline", "online_movable", ... */
	SR_LIST(struct sr_memory_block) memory_blocks; /* those that a range here overlaps */
	sr_platform_device_list hmem_platforms;	       /* hmem_platform.N; one is expected */
	sr_platform_device_list cxl_roots;	       /* ACPI0017:N, where cxl_acpi binds */
	SR_LIST(struct sr_module) modules;
	struct sr_acpi acpi;
	struct sr_enumeration enumeration;
	struct sr_text dmi[SR_DMI_COUNT]; /* known and NULL: firmware says nothing */
};

/* NULL where memory ran out. */
struct sr_snapshot *sr_snapshot_new(void);
struct sr_snapshot *sr_snapshot_free(struct sr_snapshot *snapshot);

static inline void sr_snapshot_guard(struct sr_snapshot **snapshot)
{
	sr_snapshot_free(*snapshot);
}

#define sr_auto_snapshot __attribute__((cleanup(sr_snapshot_guard)))

/*
 * The range of a region: true only where both its resource and its size are
 * known, it has a resource, and the two make a range.
 */
bool sr_region_range(const struct sr_region *region, struct sr_range *ret_range);

/* The same for a dax region, of which sysfs shows an address only now and then. */
bool sr_dax_region_range(const struct sr_dax_region *region, struct sr_range *ret_range);

/* The same for a root decoder. */
bool sr_root_decoder_range(const struct sr_root_decoder *decoder, struct sr_range *ret_range);

/* "bios_version": the file of /sys/class/dmi/id, and the member of JSON. */
const char *sr_dmi_name(enum sr_dmi_id id);

/* Whether it has anything of CXL at all, be it only a table of the firmware. */
bool sr_snapshot_has_cxl(const struct sr_snapshot *snapshot);

/* Whether any of the source was read, so that its lists mean something. */
bool sr_source_was_read(const struct sr_snapshot *snapshot, enum sr_source_id source);

/* Whether all of it was, so that what is not in its lists does not exist. */
bool sr_source_is_whole(const struct sr_snapshot *snapshot, enum sr_source_id source);

/* NULL for a module that was not looked for, or where modules were not read. */
const struct sr_module *sr_snapshot_module(const struct sr_snapshot *snapshot, const char *name);
