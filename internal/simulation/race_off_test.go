// SPDX-License-Identifier: MPL-2.0

//go:build !race

package simulation

const raceDetector = false
