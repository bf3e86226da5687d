// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"slices"
	"strings"
)

// protocolLog is the level of the library that logs each diagnostic of an answer.
const protocolLog = "TF_LOG_SDK_PROTO"

// LogWhatIsRead keeps the libraries from writing log lines that nobody sees. Terraform takes every line from its plugins, parses it, and
// drops what TF_LOG and TF_LOG_PROVIDER do not ask for; the framework writes some hundred for each resource, and that takes both of
// them longer than the plan itself. Variables of terraform-plugin-log that are set already stay as they are.
//
// The warnings of each answer stay out at every level: they can name who changed something, and Terraform shows them anyway.
func LogWhatIsRead() error {
	if os.Getenv(protocolLog) == "" {
		if err := os.Setenv(protocolLog, "error"); err != nil {
			return err
		}
	}
	level := "off"
	for _, name := range []string{"TF_LOG", "TF_LOG_PROVIDER"} { // the second overrides the first
		if asked := strings.ToLower(os.Getenv(name)); asked != "" {
			level = asked
		}
	}
	if !slices.Contains([]string{"off", "error", "warn", "info", "debug"}, level) {
		return nil // everything
	}
	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_PROVIDER_" + strings.ToUpper(TypeName)} {
		if os.Getenv(name) != "" {
			continue
		}
		if err := os.Setenv(name, level); err != nil {
			return err
		}
	}
	return nil
}
