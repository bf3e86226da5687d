// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// report prints the measurements, what they say in relation to each other, and the goals.
func (b *bench) report() string {
	var text strings.Builder
	text.WriteString("Starting\n")
	for _, p := range b.results.programs {
		fmt.Fprintf(&text, "%-15s program of %.1f MB, providers schema in %.3f s, %.3f s of processor time\n",
			p.name, float64(p.size)/1e6, median(p.schema).Seconds(), median(p.cpu).Seconds())
	}
	b.table(&text)
	b.ratios(&text)
	b.growth(&text)
	b.goals(&text)
	return text.String()
}

func (b *bench) table(text *strings.Builder) {
	slices.SortStableFunc(b.results.cells, func(x, y cell) int { return x.n - y.n })
	fmt.Fprintf(text, "\nMedians of %d\n%6s  %-20s %-15s %7s %5s  %8s %9s %9s  %8s %5s %8s\n", b.repeat,
		"n", "step", "kind", "latency", "limit", "seconds", "cpu CLI", "cpu prov.", "requests", "429s", "MB prov.")
	for _, c := range b.results.cells {
		s, _ := b.of(c)
		memory, limit := "-", "-"
		if s.provider.memory > 0 {
			memory = strconv.Itoa(s.provider.memory)
		}
		if c.limit > 0 {
			limit = strconv.Itoa(c.limit)
		}
		fmt.Fprintf(text, "%6d  %-20s %-15s %7s %5s  %8.2f %9.2f %9.2f  %8d %5d %8s\n", c.n, c.step, c.kind, c.latency, limit,
			s.took.Seconds(), (s.cpu - s.provider.cpu).Seconds(), s.provider.cpu.Seconds(), s.requests, s.throttled, memory)
	}
}

const ratioLine = "%6d  %-20s %7s %5d  %14s %14s %14s %14s\n"

// ratios compares wall time, and in brackets processor time: it depends less on what else the machine does.
func (b *bench) ratios(text *strings.Builder) {
	fmt.Fprintf(text, "\nRatios of seconds (of processor time)\n%6s  %-20s %7s %5s  %14s %14s %14s %14s\n", "n", "step", "latency", "limit",
		"/ no-op", "same s./no-op", "/ same schema", "separate /")
	for _, c := range b.results.cells {
		if c.kind != shared || c.step == readStep {
			continue
		}
		floor, shape, other := c.without(noOp), c.without(sameSchema), c.as(separate)
		fmt.Fprintf(text, ratioLine, c.n, c.step, c.latency, c.limit, b.both(c, floor), b.both(shape, floor), b.both(c, shape), b.both(other, c))
	}
}

// as is the same cell of another measuredProvider, without that of a kind that sends nothing.
func (c cell) as(kind string) cell      { c.kind = kind; return c }
func (c cell) without(kind string) cell { c.kind, c.situation = kind, situation{}; return c }

func (b *bench) both(x, y cell) string {
	p, _ := b.of(x)
	q, _ := b.of(y)
	return fmt.Sprintf("%s (%s)", written(quotient(p.took, q.took)), written(quotient(p.cpu, q.cpu)))
}

// ratio is 0 where one of them was not measured.
func quotient(x, y time.Duration) float64 {
	if y == 0 {
		return 0
	}
	return x.Seconds() / y.Seconds()
}

func written(ratio float64) string {
	if ratio == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", ratio)
}

// growth compares how the smallest estate grows into the largest one.
func (b *bench) growth(text *strings.Builder) {
	small, large := slices.Min(b.sizes), slices.Max(b.sizes)
	if small == large {
		return
	}
	fmt.Fprintf(text, "\nGrowth from %d to %d (of processor time)\n", small, large)
	for _, c := range b.results.cells {
		if c.n != large || c.step == readStep {
			continue
		}
		from := c
		from.n = small
		fmt.Fprintf(text, "%-20s %-15s %7s %5d  %s\n", c.step, c.kind, c.latency, c.limit, b.both(c, from))
	}
}
