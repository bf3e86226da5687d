// SPDX-License-Identifier: MPL-2.0

package emulator

import "github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"

// Behaviour are the knobs of the emulator: how it is spoken to, and the rules of the world it plays.
type Behaviour struct {
	Transport
	Answers
	ExportKnobs
	world.Rules
}

func defaultBehaviour() Behaviour {
	return Behaviour{Transport: defaultTransport(), Answers: defaultAnswers(), ExportKnobs: defaultExports(), Rules: world.DefaultRules()}
}
