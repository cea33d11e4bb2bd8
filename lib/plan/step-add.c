// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/step-add.h"

#include <errno.h>
#include <stdlib.h>

#include "plan/model.h"

int sr_step_add(struct sr_planning *planning, struct sr_step step)
{
	struct sr_step *item;

	if (!step.target || !step.needs || !step.changes || !step.undo)
		return -ENOMEM;
	item = sr_list_add(&planning->plan->steps);
	if (!item)
		return -ENOMEM;
	*item = step;
	return sr_model_step(planning->model, item);
}

int sr_step_add_write(struct sr_planning *planning, struct sr_step step)
{
	if (!step.path || !step.value)
		return -ENOMEM;
	return sr_step_add(planning, step);
}
