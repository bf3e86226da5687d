// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-partnercenter serves the Microsoft Partner Center provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

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
	provider.CollectLater()
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	if err := tf6server.Serve(provider.Address, provider.NewServer(version, commit), options...); err != nil {
		log.Fatal(err)
	}
}
