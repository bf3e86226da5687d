// SPDX-License-Identifier: MPL-2.0

// Command separate is the provider as it would be if every read were a request of its own; make bench compares it with the real one.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

func main() {
	if err := provider.LogWhatIsRead(); err != nil {
		log.Fatal(err)
	}
	separate := func(o *partnercenter.Options) { o.SeparateReads = true }
	if err := providerserver.Serve(context.Background(), provider.New("bench", "", separate), providerserver.ServeOpts{Address: provider.Address}); err != nil {
		log.Fatal(err)
	}
}
