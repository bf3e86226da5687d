// SPDX-License-Identifier: MPL-2.0

package companion

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

func (p *Program) explainCommand() *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "say what an error code means, which calls have it, and what to do",
		ArgsUsage: "CODE",
		Description: "CODE is one of Partner Center (800095), of a line of a cart (10013, BillingPlanNotSupported), of Microsoft Entra\n" +
			"(AADSTS7000215), or an HTTP status (429). Nothing is asked of a service.",
		Action: func(_ context.Context, c *cli.Command) error {
			if c.Args().Len() != 1 {
				return errors.New("explain takes one code, such as 800095")
			}
			return explain(p.Stdout, c.Args().First())
		},
	}
}

// explain writes every meaning of a code: one number can be an answer to a call, an error in a cart and an HTTP status.
func explain(w io.Writer, code string) error {
	wanted := spelling(code)
	found := meaningsOf(wanted)
	all := explanations()
	for _, e := range all {
		if spelling(e.Code) == wanted || spelling(e.Name) == wanted && e.Where != partnercenter.WhereStatus {
			found = withRemedy(found, e)
		}
	}
	if len(found) == 0 {
		return fmt.Errorf("the code %q is not known: the text of the error says more, and partner support finds the request by its correlation ID", code)
	}
	for i, m := range found {
		if m.remedy == "" {
			m.remedy = byStatus(all, m.status)
		}
		if i > 0 {
			fmt.Fprintln(w)
		}
		m.write(w)
	}
	return nil
}

// spelling is a code without what people write differently: capitals, and the underscores of a name.
func spelling(code string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(code), "_", ""))
}

// explained is one meaning of a code.
type explained struct {
	title, means, calls, remedy string
	status                      int
	answer                      bool // an answer to a call, whose status tells meanings apart
}

func meaningsOf(code string) []explained {
	var found []explained
	for _, m := range meanings {
		if m.code == code {
			found = append(found, explained{title: "Partner Center " + m.code, means: m.text, calls: m.calls, status: m.status, answer: true})
		}
	}
	for _, m := range furtherMeanings {
		if m.code == code {
			found = append(found, explained{title: "Partner Center " + m.code, means: m.text, calls: m.calls, status: m.status, remedy: m.remedy, answer: true})
		}
	}
	return found
}

// withRemedy adds what the client knows: to the meanings that it fits, else as one of its own.
func withRemedy(found []explained, e partnercenter.Explanation) []explained {
	if e.Where != partnercenter.WhereCall {
		return append(found, explained{title: titleOf(e), calls: e.Where, remedy: e.Remedy})
	}
	fits := func(m explained) bool { return m.answer && (e.Status == 0 || e.Status == m.status) }
	if !slices.ContainsFunc(found, fits) {
		return append(found, explained{title: "Partner Center " + e.Code, calls: e.Where, remedy: e.Remedy, status: e.Status, answer: true})
	}
	for i := range found {
		if fits(found[i]) && found[i].remedy == "" {
			found[i].remedy = e.Remedy
		}
	}
	return found
}

// nothingBetter is said where nobody knows a remedy.
const nothingBetter = "Nothing better is known than the text of the error; partner support finds the request by its correlation ID."

// byStatus is what to do about an answer whose code has no remedy of its own.
func byStatus(all []partnercenter.Explanation, status int) string {
	for _, e := range all {
		if e.Where == partnercenter.WhereStatus && e.Status == status {
			return e.Remedy
		}
	}
	return nothingBetter
}

func titleOf(e partnercenter.Explanation) string {
	switch {
	case e.Where == partnercenter.WhereStatus:
		return "HTTP " + e.Code + " " + e.Name
	case e.Name != "":
		return e.Code + " " + e.Name
	}
	return e.Code
}

func (m explained) write(w io.Writer) {
	title := m.title
	if m.status != 0 {
		title += fmt.Sprintf(" (HTTP %d)", m.status)
	}
	fmt.Fprintln(w, escape.Terminal(title))
	if m.means != "" {
		fmt.Fprintln(w, "  Meaning: "+m.means+".")
	}
	fmt.Fprintln(w, "  From:    "+m.calls+".")
	fmt.Fprintln(w, "  Do:      "+m.remedy)
}

// whereSignIn has the codes of Microsoft Entra.
const whereSignIn = "sign-in at Microsoft Entra"

// explanations are those of the client and of signing in.
func explanations() []partnercenter.Explanation {
	all := append(partnercenter.Explanations(), furtherSignIn...)
	for _, code := range slices.Sorted(maps.Keys(signin.Remedies)) {
		all = append(all, partnercenter.Explanation{Code: code, Where: whereSignIn, Remedy: signin.Remedies[code].Text})
	}
	return all
}
