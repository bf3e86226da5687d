// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// bench is one run of the program.
type bench struct {
	settings
	results
	cli      string
	dir      string
	env      []string
	emu      *emulator.Server // of the size that is measured
	before   []byte           // its state before each measurement
	progress io.Writer
}

// settings is the command line.
type settings struct {
	sizes     []int
	latencies []time.Duration
	limits    []int
	kinds     []string
	steps     []string
	estate    int
	repeat    int
	timeout   time.Duration
	keep      bool
}

// unlimited is more requests a minute than anybody sends.
const unlimited = 10_000_000

// What is done with an estate.
const (
	planStep       = "plan"
	withoutRefresh = "plan -refresh=false"
	applyStep      = "apply 50" // changes so many quantities
	readStep       = "data source"
)

// situation is how Partner Center behaves.
type situation struct {
	latency time.Duration
	limit   int // requests a minute, 0 for none
}

// cell is what one line of the table measures.
type cell struct {
	n    int
	step string
	kind string
	situation
}

// sample is one measurement.
type sample struct {
	outcome
	requests, lists, pages, tokens, throttled int
}

// outcome is what one command of the CLI took.
type outcome struct {
	took     time.Duration
	cpu      time.Duration // of the CLI and its providers
	provider usage         // of the provider processes alone; nothing where the system does not say
	output   string
	code     int
}

// usage is what processes have used.
type usage struct {
	cpu    time.Duration // together
	memory int           // most that one of them held at once, in MB
}
