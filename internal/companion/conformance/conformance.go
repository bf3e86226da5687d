// SPDX-License-Identifier: MPL-2.0

// Package conformance asks a Partner Center whether what the reference says of it is so. Each question names the fact that it settles, how well
// that was known before, and what of this project rests on it. Questions are tables (questions_*.go), one for each subject; what several of
// them look at is asked once (look.go, shop.go), and what came back is judged in judging.go.
package conformance

import (
	"context"
	"fmt"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Questions are all of them.
func Questions() []Question {
	var all []Question
	for _, s := range subjects() {
		for _, q := range s.questions {
			q.Level = s.level
			fill(&q.Cites, s.cites)
			fill(&q.Code, s.code)
			fill(&q.Emulator, s.emulator)
			all = append(all, q)
		}
	}
	return all
}

func fill(field *string, otherwise string) {
	if *field == "" {
		*field = otherwise
	}
}

func subjects() []subject {
	return []subject{
		transportQuestions, errorQuestions, pagingQuestions, accessQuestions, tokenQuestions,
		catalogQuestions, availabilityQuestions, promotionQuestions,
		customerQuestions, customerDetailQuestions, partnerQuestions, accountQuestions, orderQuestions,
		subscriptionQuestions, windowQuestions, renewalQuestions, furtherSubscriptionQuestions,
		billingQuestions, moneyQuestions, auditQuestions,
		cartQuestions, quoteQuestions, refusedLineQuestions,
		checkoutQuestions, boughtQuestions, changeQuestions, endQuestions, limitQuestions, marketplaceQuestions,
	}
}

// Ask asks every question up to the level. An error means that nothing was asked: at the level sandbox also that purchases were refused.
func Ask(ctx context.Context, o Options) (*verdict.Report, error) {
	r, err := newRun(o)
	if err != nil {
		return nil, err
	}
	if err := r.mayWrite(ctx); err != nil {
		return nil, err
	}
	if x := r.get(ctx, "/v1/customers", "size", "1"); !x.ok() {
		return nil, fmt.Errorf("the customers cannot be listed (%s): partnercenter doctor says more", said(x))
	}
	report := &verdict.Report{Endpoint: r.base, Level: o.Level}
	for _, q := range Questions() {
		if q.Level > o.Level {
			continue
		}
		got := q.ask(ctx, r)
		report.Results = append(report.Results, verdict.Result{
			ID: q.ID, Level: q.Level, Verdict: got.verdict, Fact: q.Fact, Cites: q.Cites, Confidence: q.Confidence, Money: q.Money,
			Seen: escape.Terminal(got.seen), Code: q.Code, Emulator: q.Emulator,
		})
	}
	for _, d := range []*deal{r.deal, r.saas, r.trial} {
		if path := d.left(); path != "" {
			report.Left = append(report.Left, path)
		}
	}
	return report, nil
}

// Words are what the questions themselves bring along, and what is nobody's: a trace keeps them.
func Words() []string {
	return []string{nobody, unknownPartner, noProduct, "ZZZZ", "ffffffffffff", "not", "a", "guid", "Nowhere", "conformance", "licenses", "software", "trial", "two", "renamed", "ended"}
}
