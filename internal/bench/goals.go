// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// goal is something that the measurements decide, or cannot because part of them was left out.
type goal struct {
	what          string
	got           float64
	least, most   float64 // one of them, the other is 0
	unit          string
	notMeasurable bool
}

func (g goal) String() string {
	verdict, bound := "not met", fmt.Sprintf("at most %g", g.most)
	if g.least > 0 {
		bound = fmt.Sprintf("at least %g", g.least)
	}
	switch {
	case g.notMeasurable:
		return fmt.Sprintf("%-9s %s: %s%s", "no figure", g.what, bound, g.unit)
	case g.least > 0 && g.got >= g.least, g.least == 0 && g.got <= g.most:
		verdict = "met"
	}
	return fmt.Sprintf("%-9s %s: %s%s, got %.3g", verdict, g.what, bound, g.unit, g.got)
}

const goalLatency = 100 * time.Millisecond

func (b *bench) goals(text *strings.Builder) {
	text.WriteString("\nGoals\n")
	for _, g := range slices.Concat(b.thousand(), b.fiveThousand(), b.starting(), b.listing()) {
		fmt.Fprintln(text, g)
	}
}

// thousand is about 1,000 subscriptions of 20 customers at 100 ms.
func (b *bench) thousand() []goal {
	plan := cell{1000, planStep, shared, situation{goalLatency, 0}}
	limited := cell{1000, planStep, shared, situation{goalLatency, 500}}
	s, ok := b.of(plan)
	return []goal{
		{what: "1,000: tokens", got: float64(s.tokens), most: 1, notMeasurable: !ok},
		{what: "1,000: requests beside tokens, all of them lists", got: float64(s.requests - s.tokens), most: float64(customers(1000)), notMeasurable: !ok || s.requests-s.tokens != s.lists},
		b.costlier("1,000: processor time of a plan against the no-op provider's", plan, plan.without(noOp), goal{most: 2}),
		b.costlier("1,000: processor time of a plan against that of a provider with the same schema that does nothing", plan, plan.without(sameSchema), goal{most: 1.15}),
		b.slower("1,000: separate reads against shared ones", plan.as(separate), plan, goal{least: 1.5}),
		b.slower("1,000: the same with 500 requests a minute", limited.as(separate), limited, goal{least: 10}),
	}
}

// fiveThousand is about 5,000 subscriptions of 100 customers with 500 requests a minute, and about growth to it.
func (b *bench) fiveThousand() []goal {
	free := cell{5000, planStep, shared, situation{goalLatency, 0}}
	limited := cell{5000, planStep, shared, situation{goalLatency, 500}}
	s, ok := b.of(limited)
	f, measured := b.of(free)
	small := free
	small.n = 100
	growth, floorGrowth := b.times(free, small), b.times(free.without(noOp), small.without(noOp))
	return []goal{
		{what: "5,000 with 500 requests a minute: 429s", got: float64(s.throttled), notMeasurable: !ok},
		b.slower("5,000 with 500 requests a minute against no limit", limited, free, goal{most: 1.1}),
		{what: "5,000: a plan without a limit", got: f.took.Seconds(), most: 22, unit: " s", notMeasurable: !measured},
		{what: "5,000: peak memory of the provider", got: float64(f.provider.memory), most: 70, unit: " MB", notMeasurable: f.provider.memory == 0},
		{what: "growth from 100 to 5,000, in that of the no-op provider", got: share(growth, floorGrowth), most: 1, notMeasurable: growth == 0 || floorGrowth == 0},
	}
}

func (b *bench) starting() []goal {
	p, floor := b.program(shared), b.program(noOp)
	return []goal{
		{what: "providers schema against the no-op provider", got: quotient(median(p.schema), median(floor.schema)), most: 1.3, notMeasurable: len(floor.schema) == 0},
		{what: "size of the program", got: float64(p.size) / 1e6, most: 30, unit: " MB"},
	}
}

// listing is about what partnercenter_subscriptions reads.
func (b *bench) listing() []goal {
	var all []goal
	for _, c := range b.results.cells {
		if c.step != readStep {
			continue
		}
		s, _ := b.of(c)
		all = append(all,
			goal{what: "data source: lists, one for each customer", got: float64(s.lists), most: float64(b.holders)},
			goal{what: "data source: requests beside lists, tokens and pages of customers", got: float64(s.requests - s.lists - s.tokens - s.pages)},
			goal{what: "data source: 429s", got: float64(s.throttled)},
			goal{what: "data source: peak memory of the provider", got: float64(s.provider.memory), most: 150, unit: " MB", notMeasurable: s.provider.memory == 0})
	}
	return all
}

// slower fills in how many times x takes the seconds of y.
func (b *bench) slower(what string, x, y cell, g goal) goal {
	g.what, g.got = what, b.times(x, y)
	g.notMeasurable = g.got == 0
	return g
}

// costlier fills in how many times x takes the processor time of y.
func (b *bench) costlier(what string, x, y cell, g goal) goal {
	p, _ := b.of(x)
	q, _ := b.of(y)
	g.what, g.got = what, quotient(p.cpu, q.cpu)
	g.notMeasurable = g.got == 0
	return g
}

func (b *bench) times(x, y cell) float64 {
	p, _ := b.of(x)
	q, _ := b.of(y)
	return quotient(p.took, q.took)
}

// share is 0 where one of them was not measured.
func share(x, y float64) float64 {
	if y == 0 {
		return 0
	}
	return x / y
}
