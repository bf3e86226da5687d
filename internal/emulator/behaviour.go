// SPDX-License-Identifier: MPL-2.0

package emulator

// Behaviour are the knobs of the emulator; their defaults are the harsher reading of what the reference leaves open.
type Behaviour struct {
	Transport
}

func defaultBehaviour() Behaviour { return Behaviour{Transport: defaultTransport()} }
