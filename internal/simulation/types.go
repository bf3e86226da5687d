// SPDX-License-Identifier: MPL-2.0

package simulation

import "github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"

// The words of package terraform that every file here says.
type (
	// Configuration is a block as somebody writes it.
	Configuration = terraform.Configuration
	// Record is a subscription as Partner Center itself has it.
	Record = terraform.Record
	// Workspace is a configuration with its state.
	Workspace = terraform.Workspace
	// Change is what a run plans for one resource, and what came of it.
	Change = terraform.Change
	// Outcome is what a run did.
	Outcome = terraform.Outcome
	// Problem is an error, as people read it.
	Problem = terraform.Problem
	// Request is one request of a run.
	Request = terraform.Request
	// Crash is the moment at which a run's process dies.
	Crash = terraform.Crash
)
