// SPDX-License-Identifier: MPL-2.0

package subscriptiondata_test

import (
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
