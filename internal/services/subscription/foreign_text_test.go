// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/sample"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// hostileText has everything that acts on a terminal, on a reader, on the runner of a pipeline or on a configuration.
var hostileText = "Nice\x1b[2J\x07\u202e\u2066\u200b\u009b1m\r\nPlan: 0 to add.\n::error::x ::add-mask::x\n##vso[task.setvariable variable=A]x ##[group]x\n```\n\"${file(\"a\")} %{if true}" +
	strings.Repeat("x", 9_000)

// structural are members without which nothing else of an answer is looked at.
var structural = []string{"id", "offerid", "catalogitemid", "orderid", "producttype", "producttype.id", "status", "uri", "method", "access_token", "token_type", "currency", "currencycode"}

// Whatever Partner Center writes into whichever field, no message and no value holds what acts on a terminal or on a runner, or is without
// an end.
func TestForeignText(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status  int
		rewrite func(member, value string) string
	}{
		"texts": {0, func(member, value string) string {
			if slices.Contains(structural, strings.ToLower(member)) || regexp.MustCompile(`^\d{4}-\d\d-\d\d|^P\d|^[\w-]{36}$`).MatchString(value) {
				return value
			}
			return hostileText
		}},
		"everything but the sign-in": {0, func(string, string) string { return hostileText }},
		"refusals":                   {http.StatusBadRequest, func(string, string) string { return hostileText }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			p := speakTo(t, rewritten(t, emu, test.status, test.rewrite))
			shown := &shownTexts{t: t}
			walkEverything(p, shown)
			if shown.diagnostics == 0 {
				t.Error("nothing was said, so nothing was looked at")
			}
		})
	}
}

// rewritten is the provider with a proxy between it and the emulator, which rewrites every text of an answer.
func rewritten(t *testing.T, emu *emulator.Server, status int, rewrite func(member, value string) string) tfprotov6.ProviderServer {
	t.Helper()
	to, err := url.Parse(emu.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(to); r.Out.Header.Del("Accept-Encoding") },
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: emu.CertPool()}},
		ModifyResponse: func(r *http.Response) error {
			body, err := io.ReadAll(r.Body)
			var document any
			if err == nil && json.Unmarshal(bytes.TrimPrefix(body, []byte("\ufeff")), &document) == nil {
				if status != 0 {
					r.StatusCode, document = status, map[string]any{"code": "2001", "description": "", "data": []any{"", ""}}
				}
				body, err = json.Marshal(rewriteTexts(document, "", rewrite))
			}
			r.Header.Set("Ms-Correlationid", "c\u202e::error::x")
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
			r.Header.Del("Content-Length")
			return err
		},
	})
	t.Cleanup(proxy.Close)
	return provider.NewServer("test", "", func(client *partnercenter.Options, signIn *signin.Options) {
		client.Clock, client.Endpoint, client.MaxRetries = emu.Clock(), proxy.URL, -1
		client.RootCAs, signIn.AuthorityHost = emu.CertPool(), emu.URL
		signIn.Credentials = signin.Credentials{TenantID: emu.TenantID(), ClientID: emulator.ClientID, ClientSecret: emulator.ClientSecret}
	})()
}

func rewriteTexts(node any, member string, rewrite func(member, value string) string) any {
	switch node := node.(type) {
	case string:
		return rewrite(member, node)
	case []any:
		for i := range node {
			node[i] = rewriteTexts(node[i], member, rewrite)
		}
	case map[string]any:
		for name := range node {
			node[name] = rewriteTexts(node[name], name, rewrite)
		}
	}
	return node
}

// walkEverything reads every data source, lists, imports and plans. What is refused is as welcome as what is found.
func walkEverything(p *protocol, shown *shownTexts) {
	customer, verwaltung := sample.CustomerNordwind, "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2"
	known := map[string]string{
		"customer_id": customer, "subscription_id": verwaltung, "id": verwaltung, "product_id": "CFQ7TTC0BW1S", "sku_id": "0001", "country": "DE", "target_view": "OnlineServices",
		"start_date": "2026-01-01", "end_date": "2026-01-31", "partner_id": "7700123", "mpn_id": "7700123",
	}
	ctx := p.t.Context()
	for name, schema := range p.schemas.DataSourceSchemas {
		config := map[string]tftypes.Value{}
		for _, a := range schema.Block.Attributes {
			if value, ok := known[a.Name]; ok && (a.Required || a.Optional) && a.Type != nil && a.Type.Is(tftypes.String) {
				config[a.Name] = tftypes.NewValue(tftypes.String, value)
			}
		}
		got, err := p.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: p.value(schema.ValueType(), config)})
		p.must(err, nil)
		shown.look(name, got.Diagnostics)
		shown.lookAt(name, got.State, schema.ValueType())
	}
	imported, err := p.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: subscriptionType, ID: customer + "/" + verwaltung})
	p.must(err, nil)
	shown.look("import", imported.Diagnostics)
	for _, resource := range imported.ImportedResources {
		got, err := p.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: subscriptionType, CurrentState: resource.State, CurrentIdentity: resource.Identity, Private: resource.Private})
		p.must(err, nil)
		shown.look("read", got.Diagnostics)
		shown.lookAt("read", got.NewState, p.resourceType())
	}
	for _, quantity := range []int64{43, 50_000_000} {
		planPurchase(p, shown, customer, quantity)
	}
}

func planPurchase(p *protocol, shown *shownTexts, customer string, quantity int64) {
	text := func(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }
	config := map[string]tftypes.Value{
		"customer_id": text(customer), "product_id": text("CFQ7TTC0BW1S"), "sku_id": text("0001"), "quantity": tftypes.NewValue(tftypes.Number, quantity),
		"term_duration": text("P1Y"), "billing_cycle": text("monthly"),
	}
	proposed := map[string]tftypes.Value{}
	for _, a := range p.schemas.ResourceSchemas[subscriptionType].Block.Attributes {
		if value, given := config[a.Name]; given {
			proposed[a.Name] = value
		} else if a.Computed {
			proposed[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
		}
	}
	none, err := tfprotov6.NewDynamicValue(p.resourceType(), tftypes.NewValue(p.resourceType(), nil))
	p.must(err, nil)
	plan, err := p.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: subscriptionType, PriorState: &none, ProposedNewState: p.value(p.resourceType(), proposed), Config: p.value(p.resourceType(), config),
	})
	p.must(err, nil)
	shown.look("plan", plan.Diagnostics)
	shown.lookAt("plan", plan.PlannedState, p.resourceType())
}

// shownTexts looks at what is shown.
type shownTexts struct {
	t           *testing.T
	diagnostics int
}

var (
	runnerCommand = regexp.MustCompile(`##\w*\[|(?m:^\s*::)|\s::`)
	foreignLine   = regexp.MustCompile("(?m)^\\s*(Plan: 0 to add|```)")
	toPaste       = regexp.MustCompile(`(?ms)^(import|moved|removed|resource)\b[^\n]*\{\n.*?^\}`)
	interpolation = regexp.MustCompile(`(^|[^$])\$\{|(^|[^%])%\{`)
)

func (s *shownTexts) look(where string, diagnostics []*tfprotov6.Diagnostic) {
	s.t.Helper()
	for _, d := range diagnostics {
		s.diagnostics++
		s.lookAtText(where, d.Summary+"\n"+d.Detail)
		for _, block := range toPaste.FindAllString(d.Detail, -1) {
			if interpolation.MatchString(block) {
				s.t.Errorf("%s: a configuration with an interpolation: %.2000q", where, block)
			}
		}
	}
}

func (s *shownTexts) lookAtText(where, text string) {
	s.t.Helper()
	acts := strings.ContainsFunc(text, func(r rune) bool {
		return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co)
	})
	if acts || runnerCommand.MatchString(text) || foreignLine.MatchString(text) || len(text) > 17_000 {
		s.t.Errorf("%s: %d bytes: %.2000q", where, len(text), text)
	}
}

func (s *shownTexts) lookAt(where string, value *tfprotov6.DynamicValue, of tftypes.Type) {
	s.t.Helper()
	if value == nil {
		return
	}
	decoded, err := value.Unmarshal(of)
	if err != nil {
		s.t.Fatal(err)
	}
	err = tftypes.Walk(decoded, func(at *tftypes.AttributePath, one tftypes.Value) (bool, error) {
		var text string
		if one.Type().Is(tftypes.String) && one.IsKnown() && !one.IsNull() && one.As(&text) == nil {
			s.lookAtText(where+" "+at.String(), text)
		}
		return true, nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}
