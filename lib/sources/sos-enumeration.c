// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The source enumeration of a sosreport. Ports came with what `cxl list` printed; PCI
 * functions are in the list of all devices. Which probes are deferred it does not tell.
 */
#include <string.h>

#include "sources/sos-devices.h"
#include "sources/sos.h"

static int add_functions(struct sr_source_context *context)
{
	struct sr_enumeration *enumeration = &context->snapshot->enumeration;
	const struct sr_sos_device *device;

	sr_for_each (device, &context->sos_devices->list) {
		struct sr_pci_function *function;

		/* PCI_CLASS_MEMORY_CXL of include/linux/pci_ids.h */
		if (strcmp(device->subsystem, "pci") != 0 || !device->pci_class.known ||
		    device->pci_class.value >> 8 != 0x0502)
			continue;
		function = sr_list_add(&enumeration->functions);
		if (!function)
			return -ENOMEM;
		*function = (struct sr_pci_function){
			.name = device->name,
			.class_code = (uint32_t)device->pci_class.value,
			.driver = device->driver,
		};
	}
	enumeration->functions_known = context->sos_devices->whole;
	return 0;
}

int sr_sos_read_enumeration(struct sr_source_context *context)
{
	const struct sr_source_note *bus = &context->snapshot->notes[SR_SOURCE_CXL];

	if (add_functions(context))
		return -ENOMEM;
	if (!sr_source_was_read(context->snapshot, SR_SOURCE_CXL))
		return sr_note(context, SR_SOURCE_ENUMERATION, bus->state, bus->path, "%s",
			       bus->detail ? bus->detail : "no CXL bus");
	if (!context->sos_devices->whole)
		return sr_note(context, SR_SOURCE_ENUMERATION, SR_SOURCE_PARTIAL,
			       SR_SOS_DEVICES_PATH, "%s", context->sos_devices->why);
	return sr_note(context, SR_SOURCE_ENUMERATION, SR_SOURCE_OK, SR_SOS_DEVICES_PATH,
		       "a sosreport does not tell which probes are deferred");
}
