// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

const kiel = "fjordlabor.onmicrosoft.com"

// against is the resource before the sample tenant, without a CLI.
func against(t *testing.T, knobs func(*emulator.Behaviour), changes ...func(*partnercenter.Options)) (*customerResource, *emulator.Server) {
	t.Helper()
	emu := emulator.New(emulator.SampleTenant(), emulator.WithBehaviour(knobs))
	t.Cleanup(emu.Close)
	tokens, err := signin.New(signin.Options{AuthorityHost: emu.URL, Now: emu.Clock().Now,
		Credentials: signin.Credentials{TenantID: emu.TenantID(), ClientID: emulator.ClientID, ClientSecret: emulator.ClientSecret}})
	if err != nil {
		t.Fatal(err)
	}
	options := partnercenter.Options{Endpoint: emu.URL, Tokens: tokens, Clock: emu.Clock()}
	for _, change := range changes {
		change(&options)
	}
	client, err := partnercenter.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return &customerResource{framework.Resource{Provider: &framework.Provider{Client: client}}}, emu
}

func planned(domain string) *customerResourceModel {
	text := types.StringValue
	return &customerResourceModel{Domain: text(domain), BillingProfile: &newBillingModel{
		CompanyName: text("Fjordlabor AG"), Email: text("einkauf@fjordlabor.example"), Culture: text("de-DE"), Language: text("de"),
		Address: &newAddressModel{FirstName: text("Mira"), LastName: text("Kolb"), AddressLine1: text("Hafenweg 12"), City: text("Kiel"), PostalCode: text("24103"), Country: text("DE")},
	}}
}

func said(diags diag.Diagnostics) string {
	var all strings.Builder
	for _, d := range diags {
		all.WriteString(d.Summary() + ": " + d.Detail() + "\n")
	}
	return all.String()
}

func TestCheckDomain(t *testing.T) {
	r, _ := against(t, func(*emulator.Behaviour) {})
	for domain, want := range map[string]string{
		kiel: "", "NordwindMaschinen.onmicrosoft.com": "id = \"" + emulator.CustomerNordwind + "\"", "contoso.onmicrosoft.com": "The domain is in use",
		"nordwind.onmicrosoft.com": "", // the beginning of a customer's is not that customer's
	} {
		var diags diag.Diagnostics
		r.checkDomain(t.Context(), planned(domain), &diags)
		if got := said(diags); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %s", domain, got)
		}
	}
}

func TestCheckAddress(t *testing.T) {
	for status, want := range map[string]string{"": "", "old": "", "NotValidated": "", "None": "The address does not exist", "StreetPartial": "The address may not be right"} {
		r, _ := against(t, func(b *emulator.Behaviour) {
			if b.OldAddressValidation = status == "old"; !b.OldAddressValidation {
				b.AddressStatus = status
			}
		})
		var diags diag.Diagnostics
		r.checkAddress(t.Context(), planned(kiel), &diags)
		if got := said(diags); (want == "") != (got == "") || !strings.Contains(got, want) || diags.HasError() != (status == "None") {
			t.Errorf("%s: %s", status, got)
		}
	}
}

// However the answer is lost, and whatever the service does with a repeat, there is one customer.
func TestCreate_once(t *testing.T) {
	creation := emulator.Match{Method: http.MethodPost, Pattern: "/v1/customers"}
	for name, tt := range map[string]struct {
		fault   emulator.Fault
		repeats emulator.RepeatedRequest
		want    string // what is said
	}{
		"lost once, replayed":  {emulator.Fault{Kind: emulator.FaultDropAfter}, emulator.RepeatedReplay, ""},
		"lost once, forgotten": {emulator.Fault{Kind: emulator.FaultDropAfter}, emulator.RepeatedForgotten, "its answer was lost"},
		"lost once, conflict":  {emulator.Fault{Kind: emulator.FaultDropAfter}, emulator.RepeatedConflict, "its answer was lost"},
		"cut off":              {emulator.Fault{Kind: emulator.FaultTruncate, Times: -1}, emulator.RepeatedReplay, "its answer was lost"},
		"a page of a gateway":  {emulator.Fault{Kind: emulator.FaultHTML, Status: 504, After: true, Times: -1}, emulator.RepeatedReplay, "its answer was lost"},
		"never arrived":        {emulator.Fault{Kind: emulator.FaultDropBefore, Times: -1}, emulator.RepeatedReplay, "It is not known whether the customer was created"},
	} {
		t.Run(name, func(t *testing.T) {
			r, emu := against(t, func(b *emulator.Behaviour) { b.RepeatedRequests = tt.repeats })
			tt.fault.Match = creation
			emu.Fault(tt.fault)
			ctx, cancel := r.Client.WithTimeout(t.Context(), 10*time.Minute)
			defer cancel()
			var diags diag.Diagnostics
			id := r.create(ctx, planned(kiel), &diags)
			got := said(diags)
			exists := 0
			if tt.fault.Kind != emulator.FaultDropBefore {
				exists = 1
			}
			if (id != "") != (exists == 1) || !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
				t.Errorf("customer %q: %s", id, got)
			}
			if found, err := r.Client.Customers(t.Context(), partnercenter.CustomersQuery{DomainPrefix: kiel}); err != nil || len(found) != exists {
				t.Errorf("%d customers: %v", len(found), err)
			}
			emu.ClearFaults()
			diags = nil
			if r.checkDomain(t.Context(), planned(kiel), &diags); diags.HasError() != (exists == 1) {
				t.Errorf("the next run: %s", said(diags))
			}
		})
	}
}

// A customer that the state has already may be tainted, or its block renamed: then it is not to be imported.
func TestCheckDomain_exists(t *testing.T) {
	r, _ := against(t, func(*emulator.Behaviour) {})
	var diags diag.Diagnostics
	if r.create(t.Context(), planned(kiel), &diags) == "" {
		t.Fatal(said(diags))
	}
	diags = nil
	r.checkDomain(t.Context(), planned(kiel), &diags)
	for _, want := range []string{"This customer exists already", "run terraform untaint with its address", "from = partnercenter_customer.OLD_NAME", "import {"} {
		if got := said(diags); !strings.Contains(got, want) {
			t.Errorf("it does not say %q: %s", want, got)
		}
	}
}

func TestCreate_refused(t *testing.T) {
	for option, change := range map[string]func(*partnercenter.Options){
		"read_only":                          func(o *partnercenter.Options) { o.ReadOnly, o.AllowQuotes = true, true },
		"this change belongs to no customer": func(o *partnercenter.Options) { o.AllowedCustomerIDs = []string{emulator.CustomerAtelier} },
	} {
		r, emu := against(t, func(*emulator.Behaviour) {}, change)
		var diags diag.Diagnostics
		if id := r.create(t.Context(), planned(kiel), &diags); id != "" || !strings.Contains(said(diags), option) || len(emu.Writes()) > 0 {
			t.Errorf("%s: %q, %s", option, id, said(diags))
		}
	}
}

// A country that Partner Center does not know is refused with the one that was meant.
func TestSchema_country(t *testing.T) {
	r, _ := against(t, func(*emulator.Behaviour) {})
	var got resource.SchemaResponse
	r.Schema(t.Context(), resource.SchemaRequest{}, &got)
	at := path.Root("billing_profile").AtName("default_address").AtName("country")
	attribute, diags := got.Schema.AttributeAtPath(t.Context(), at)
	country, ok := attribute.(schema.StringAttribute)
	if diags.HasError() || !ok {
		t.Fatalf("%T: %s", attribute, said(diags))
	}
	for given, want := range map[string]string{"GB": "", "UK": `Write "GB".`, "de": `Write "DE".`, "XX": "Unknown country"} {
		var resp validator.StringResponse
		for _, v := range country.Validators {
			v.ValidateString(t.Context(), validator.StringRequest{Path: at, ConfigValue: types.StringValue(given)}, &resp)
		}
		if text := said(resp.Diagnostics); !strings.Contains(text, want) || want == "" && text != "" {
			t.Errorf("%s: %q, want %q", given, text, want)
		}
	}
}
