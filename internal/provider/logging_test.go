// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"testing"
)

func TestLogWhatIsRead(t *testing.T) {
	for name, test := range map[string]struct {
		set           map[string]string
		sdk, provider string
	}{
		"nothing asked for":         {nil, "off", "off"},
		"all logs":                  {map[string]string{"TF_LOG": "TRACE"}, "", ""},
		"all logs, as JSON":         {map[string]string{"TF_LOG": "JSON"}, "", ""},
		"a level that nobody knows": {map[string]string{"TF_LOG": "1"}, "", ""},
		"warnings":                  {map[string]string{"TF_LOG": "WARN"}, "warn", "warn"},
		"providers only":            {map[string]string{"TF_LOG_PROVIDER": "info"}, "info", "info"},
		"everybody but providers":   {map[string]string{"TF_LOG": "TRACE", "TF_LOG_PROVIDER": "off"}, "off", "off"},
		"more of this one":          {map[string]string{"TF_LOG": "WARN", "TF_LOG_PROVIDER_PARTNERCENTER": "DEBUG"}, "warn", "DEBUG"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_SDK", "TF_LOG_PROVIDER_PARTNERCENTER", protocolLog} {
				t.Setenv(variable, test.set[variable])
			}
			if err := LogWhatIsRead(); err != nil {
				t.Fatal(err)
			}
			if got := os.Getenv(protocolLog); got != "error" {
				t.Errorf("diagnostics are logged from %q on", got)
			}
			if sdk, provider := os.Getenv("TF_LOG_SDK"), os.Getenv("TF_LOG_PROVIDER_PARTNERCENTER"); sdk != test.sdk || provider != test.provider {
				t.Errorf("got %q and %q, want %q and %q", sdk, provider, test.sdk, test.provider)
			}
		})
	}
}
