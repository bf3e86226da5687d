// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"slices"
	"time"
)

// results is all that was measured.
type results struct {
	programs []measuredProcess
	cells    []cell // in the order of the table
	samples  map[cell][]sample
	holders  int // customers whose subscriptions the data source reads
}

// measuredProcess is a provider that was built.
type measuredProcess struct {
	name   string
	size   int64
	schema []time.Duration // how long `providers schema` took
	cpu    []time.Duration
}

func (r *results) built(name string, size int64) {
	r.programs = append(r.programs, measuredProcess{name: name, size: size})
}

func (r *results) started(name string, o outcome) {
	for i := range r.programs {
		if p := &r.programs[i]; p.name == name {
			p.schema, p.cpu = append(p.schema, o.took), append(p.cpu, o.cpu)
		}
	}
}

func (r *results) program(name string) measuredProcess {
	for _, p := range r.programs {
		if p.name == name {
			return p
		}
	}
	return measuredProcess{}
}

func (r *results) add(c cell, s sample) {
	if r.samples == nil {
		r.samples = map[cell][]sample{}
	}
	if r.samples[c] == nil {
		r.cells = append(r.cells, c)
	}
	r.samples[c] = append(r.samples[c], s)
}

// of is the median of what was measured: each figure's own, but the most of what must never be much.
func (r *results) of(c cell) (sample, bool) {
	all := r.samples[c]
	if len(all) == 0 {
		return sample{}, false
	}
	m := all[0]
	for _, s := range all {
		m.requests, m.lists, m.pages, m.tokens = max(m.requests, s.requests), max(m.lists, s.lists), max(m.pages, s.pages), max(m.tokens, s.tokens)
		m.throttled = max(m.throttled, s.throttled)
		m.provider.memory = max(m.provider.memory, s.provider.memory)
	}
	m.took = medianOf(all, func(s sample) time.Duration { return s.took })
	m.cpu = medianOf(all, func(s sample) time.Duration { return s.cpu })
	m.provider.cpu = medianOf(all, func(s sample) time.Duration { return s.provider.cpu })
	return m, true
}

func medianOf[T any](all []T, figure func(T) time.Duration) time.Duration {
	var figures []time.Duration
	for _, one := range all {
		figures = append(figures, figure(one))
	}
	return median(figures)
}

// median is the lower one of an even number.
func median[T cmp.Ordered](figures []T) T {
	var zero T
	if len(figures) == 0 {
		return zero
	}
	return slices.Sorted(slices.Values(figures))[(len(figures)-1)/2]
}
