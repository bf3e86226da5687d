// SPDX-License-Identifier: MPL-2.0

package terraform

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// actions is the part of the provider that has not come into tfprotov6.ProviderServer yet.
func (h *host) actions() tfprotov6.ActionServer {
	return h.ProviderServer.(tfprotov6.ActionServer) //nolint:forcetypeassert // the provider has actions
}

// Invoke plans and invokes an action of the provider, as "terraform apply -invoke" does.
func (w *Workspace) Invoke(kind string, config Configuration) []Problem {
	w.process, w.at, w.planning, w.sent, w.crashed, w.current = w.start(), kind, true, 0, false, nil
	schema := w.schemas.actions[kind]
	given := dynamic(valueOf(schema.ValueType(), config))
	planned, err := w.process.actions().PlanAction(w.ctx, &tfprotov6.PlanActionRequest{ActionType: kind, Config: given})
	if err != nil {
		panic(err)
	}
	if problems, _ := sorted(planned.Diagnostics, false); len(problems) > 0 || w.process.dead {
		return problems
	}
	w.process, w.planning = w.start(), false
	stream, err := w.process.actions().InvokeAction(w.ctx, &tfprotov6.InvokeActionRequest{ActionType: kind, Config: given})
	if err != nil {
		panic(err)
	}
	var problems []Problem
	for event := range stream.Events {
		if end, completed := event.Type.(tfprotov6.CompletedInvokeActionEventType); completed {
			problems, _ = sorted(end.Diagnostics, true)
		}
	}
	if w.process.dead {
		return nil
	}
	for _, p := range problems {
		w.tell("%s failed %s", kind, p)
	}
	return problems
}
