// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-partnercenter serves the Microsoft Partner Center provider to Terraform and OpenTofu.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

// version and commit are set by the release build.
var (
	version = "dev"
	commit  = ""
)

func main() {
	debug := flag.Bool("debug", false, "run for a debugger such as delve, and print how Terraform attaches to it")
	flag.Parse()

	if err := provider.LogWhatIsRead(); err != nil {
		log.Fatal(err)
	}
	if err := providerserver.Serve(context.Background(), provider.New(version, commit), providerserver.ServeOpts{
		Address: provider.Address,
		Debug:   *debug,
	}); err != nil {
		log.Fatal(err)
	}
}
