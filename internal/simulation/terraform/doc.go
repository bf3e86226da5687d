// SPDX-License-Identifier: MPL-2.0

// Package terraform is Terraform's part of the protocol, without a CLI: it plans and applies workspaces with the provider in this process,
// keeps of each run what Terraform keeps, and leads the provider's requests to an emulator without connections. Whoever drives it decides which
// of several runs sends its next request, and what becomes of it.
package terraform
