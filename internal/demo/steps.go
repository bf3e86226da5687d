// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// Exit codes of `plan -detailed-exitcode`.
const (
	nothingToDo = 0
	changesDue  = 2
)

// step is one headline and what happens below it.
type demoStep struct {
	headline string
	play     func(ctx context.Context, d *demo) error
}

var steps = []demoStep{
	{"Look at what a customer has", look},
	{"Buy for two customers", buy},
	{"Add licenses, and stop the renewal", change},
	{"Somebody changes a quantity by hand: the plan finds it", drift},
	{"Cancel while the money still comes back", cancel},
	{"Stop the rest", stopTheRest},
}

func look(ctx context.Context, d *demo) error {
	d.screen.say("The folder examples/demo/report has data sources and an output. Its provider is read_only: it could not buy if it wanted to.")
	if err := d.report.quietly(ctx, "init"); err != nil {
		return err
	}
	if err := d.report.quietly(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	return d.report.openly(ctx, 0, "output", "-raw", "table")
}

func buy(ctx context.Context, d *demo) error {
	d.screen.say("The folder examples/demo/licenses has two subscriptions: software of an independent publisher, and Microsoft licenses\n" +
		"sold by an indirect reseller, whose partner id is named.")
	for _, file := range []string{"mail_guard.tf", "workplace.tf"} {
		content, err := d.workspace.read("licenses/" + file)
		if err != nil {
			return err
		}
		d.screen.show(content)
	}
	d.screen.say("The plan says what this will commit you to. Only apply buys.")
	if err := d.licenses.quietly(ctx, "init"); err != nil {
		return err
	}
	if err := d.planAndApply(ctx); err != nil {
		return err
	}
	return d.activate(ctx)
}

// activate is the customer opening the publisher's link, and the publisher finishing the set-up.
func (d *demo) activate(ctx context.Context) error {
	bought, err := d.bought(emulator.CustomerNordwind)
	if err != nil {
		return err
	}
	d.screen.say("Marketplace software is bought now, but not set up: somebody of the customer has to open the publisher's link. The folder\n" +
		"examples/demo/activation reads it.")
	if err := d.activation.quietly(ctx, "init"); err != nil {
		return err
	}
	if err := d.activation.quietly(ctx, "apply", "-auto-approve", "-var=subscription_id="+bought.SubscriptionID); err != nil {
		return err
	}
	if err := d.activation.openly(ctx, 0, "output", "-raw", "link"); err != nil {
		return err
	}
	if err := d.emulator.Activate(bought.CustomerID, bought.SubscriptionID); err != nil {
		return fmt.Errorf("activating %s: %w", bought.SubscriptionID, err)
	}
	d.screen.say("The demo plays both, the customer who opens it and the publisher who activates. From here on the subscription can be changed.")
	return nil
}

func change(ctx context.Context, d *demo) error {
	d.screen.say("Five licenses more, and no renewal without asking. Two lines of mail_guard.tf change:")
	fmt.Fprintln(d.screen.out)
	for _, edit := range []struct{ attribute, value string }{{"quantity", "30"}, {"auto_renew_enabled", "false"}} {
		before, after, err := d.workspace.edit("licenses/mail_guard.tf", edit.attribute, edit.value)
		if err != nil {
			return err
		}
		d.screen.changed(before, after)
	}
	return d.planAndApply(ctx)
}

func drift(ctx context.Context, d *demo) error {
	bought, err := d.bought(emulator.CustomerAtelier)
	if err != nil {
		return err
	}
	if err := d.emulator.Drift(bought.CustomerID, bought.SubscriptionID, map[string]any{"quantity": 14}); err != nil {
		return fmt.Errorf("changing %s: %w", bought.SubscriptionID, err)
	}
	d.screen.say("In Partner Center, a colleague sets 14 licenses instead of 10. A nightly plan with -detailed-exitcode ends with 2 when\n" +
		"something differs, so that a pipeline can raise the alarm.")
	if err := d.licenses.openly(ctx, changesDue, "plan", "-detailed-exitcode", "-out=tfplan"); err != nil {
		return err
	}
	d.screen.say("Exit code 2. Four licenses too many, and all are new enough to be given back:")
	if err := d.licenses.openly(ctx, 0, "apply", "tfplan"); err != nil {
		return err
	}
	return d.licenses.openly(ctx, nothingToDo, "plan", "-detailed-exitcode")
}

func cancel(ctx context.Context, d *demo) error {
	d.screen.say("The customer decides against the software. What destroying does is part of the configuration: here deletion_policy is\n" +
		"\"cancel\", which marketplace software allows for 3 days. Removing the file is enough:")
	d.screen.command("rm", "mail_guard.tf")
	if err := os.Remove(d.workspace.path("licenses", "mail_guard.tf")); err != nil {
		return err
	}
	return d.planAndApply(ctx)
}

func stopTheRest(ctx context.Context, d *demo) error {
	d.screen.say("The other subscription has deletion_policy \"turn_off_auto_renew\", the default: it ends with its term and is billed until then.\n" +
		"The plan says until when, and how to get out earlier.")
	return d.planAndApply(ctx, "-destroy")
}

// planAndApply makes a plan and applies exactly that.
func (d *demo) planAndApply(ctx context.Context, options ...string) error {
	if err := d.licenses.openly(ctx, 0, append([]string{"plan"}, append(options, "-out=tfplan")...)...); err != nil {
		return err
	}
	return d.licenses.openly(ctx, 0, "apply", "tfplan")
}

// bought is the one subscription that was bought for the customer, as the emulator knows it.
func (d *demo) bought(customerID string) (emulator.Purchase, error) {
	var found []emulator.Purchase
	for _, p := range d.emulator.Purchases() {
		if p.CustomerID == customerID {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		return emulator.Purchase{}, fmt.Errorf("the emulator sold customer %s %d subscriptions instead of one", customerID, len(found))
	}
	return found[0], nil
}
