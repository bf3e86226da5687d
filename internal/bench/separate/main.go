// SPDX-License-Identifier: MPL-2.0

// Command separate is the provider as it would be if every read were a request of its own; make bench compares it with the real one.
package main

import (
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

func main() {
	if err := provider.LogWhatIsRead(); err != nil {
		log.Fatal(err)
	}
	provider.CollectLater()
	separate := func(client *partnercenter.Options, _ *signin.Options) { client.SeparateReads = true }
	if err := tf6server.Serve(provider.Address, provider.NewServer("bench", "", separate)); err != nil {
		log.Fatal(err)
	}
}
