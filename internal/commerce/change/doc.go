// SPDX-License-Identifier: MPL-2.0

// Package change changes and ends subscriptions. From what a subscription is, and what is to change, it makes the requests in an order
// that loses nothing. It knows no Terraform.
//
// # States
//
// A subscription is active, suspended or waiting (a marketplace subscription that has not been set up at its publisher: pending, or with
// attention needed and no action taken), or it has ended (deleted, expired or disabled). Waiting subscriptions take no change but a
// cancellation; suspended ones take no change but a new status, and what concerns their renewal waits until they are active again; ended
// ones take nothing. See reference/commerce.md#status-values.
//
// # Invariants
//
//   - One request changes one attribute, or a pair that the API takes together. After each request the subscription is read again and
//     compared with what is to be; so what an immediate change makes the service drop is seen, and put back. See PATCH semantics.
//   - The order is: reactivate; nickname and reseller; term, billing cycle and quantity, which take effect at once and drop what is
//     scheduled; what is scheduled for the renewal; suspend.
//   - Nothing is sent where nothing differs.
//   - What a change buys stays within the spending limit before it is sent. What was refused does not count; what may have been made does.
//   - A subscription that is to end with its term also gets its cancellation scheduled, where it would go on in a paid extended service
//     term otherwise. See Renewal behavior.
//   - A cancellation is not tried after its window. Where the service names no window, the service is asked.
//   - A transition that has been started is followed to its end, and is never started twice. What it drops of the ends of terms is put back.
//
// What can be changed stands in one table, Attributes: every rule about single attributes reads it.
package change
