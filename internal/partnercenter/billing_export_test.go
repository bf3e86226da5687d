// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/blob"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
)

// exported answers as Graph and its storage do, with a signature that must never be seen.
type exported struct {
	root, location, operation string
	files                     [][]byte
	served                    int
	authorized                []string // paths of the storage that got a credential
}

const signature = "abcdefgh0123456789SECRETSIGNATURE"

func (e *exported) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	origin := "http://" + r.Host
	switch {
	case r.URL.Path == "/v1/invoices":
		fmt.Fprint(w, `{"items":[{"id":"G1","invoiceType":"OneTime","billingPeriodEndDate":"2026-08-31T00:00:00Z","totalCharges":5}]}`)
	case r.Method == http.MethodPost:
		if r.Header.Get("Authorization") != "Bearer graph-token" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Location", orElse(e.location, origin+"/v1.0/reports/partners/billing/operations/o-1"))
		w.WriteHeader(http.StatusAccepted)
	case strings.Contains(r.URL.Path, "/operations/"):
		fmt.Fprint(w, orElse(e.operation, `{"status":"succeeded","resourceLocation@odata.navigationLink":"`+origin+`/v1.0/reports/partners/billing/manifests/m-1"}`))
	case strings.Contains(r.URL.Path, "/manifests/"):
		fmt.Fprintf(w, `{"eTag":"1","rootDirectory":%q,"sasToken":"sv=1&sig=%s","blobs":[{"name":"a.gz"}]}`, orElse(e.root, origin+"/files"), signature)
	default:
		if r.Header.Get("Authorization") != "" || r.URL.Query().Get("sig") != signature {
			e.authorized = append(e.authorized, r.URL.Path)
		}
		w.Header().Set("ETag", `"1"`)
		_, _ = w.Write(e.files[min(e.served, len(e.files)-1)])
		e.served++
	}
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func gzipped(t testing.TB, lines string) []byte {
	t.Helper()
	var file bytes.Buffer
	writer := gzip.NewWriter(&file)
	_, _ = writer.Write([]byte(lines))
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func charges(t testing.TB, c *Client) (subtotals []string, read ChargesRead, err error) {
	t.Helper()
	read, err = c.EachInvoiceLineItem(t.Context(), InvoiceLineItemsQuery{InvoiceID: "G1"}, func(l *InvoiceLineItem) error {
		subtotals = append(subtotals, l.Subtotal.String())
		return nil
	})
	return subtotals, read, err
}

func TestExport_goesOnAfterABreak(t *testing.T) {
	var lines strings.Builder
	for n := range 5000 {
		fmt.Fprintf(&lines, "{\"Subtotal\":\"%d\",\"InvoiceNumber\":\"%x\"}\r\n", n, n*7919)
	}
	whole := gzipped(t, lines.String())
	e := &exported{files: [][]byte{whole[:len(whole)/2], whole[:len(whole)*3/4], whole}}
	c, _ := clientOf(t, e.ServeHTTP)
	got, read, err := charges(t, c)
	if err != nil || read.Lines != 5000 || e.served != 3 {
		t.Fatalf("%d lines in %d readings: %v", read.Lines, e.served, err)
	}
	for n, subtotal := range got {
		if subtotal != strconv.Itoa(n) {
			t.Fatalf("line %d has %s", n, subtotal)
		}
	}
	if len(e.authorized) > 0 {
		t.Errorf("the storage got a credential, or no link: %v", e.authorized)
	}
}

func TestExport_refused(t *testing.T) {
	for name, tt := range map[string]struct {
		with exported
		want error
	}{
		"storage elsewhere":        {exported{root: "https://evil.example/x"}, blob.ErrForeign},
		"storage in disguise":      {exported{root: "https://a.blob.core.windows.net.evil.example/x"}, blob.ErrForeign},
		"operation elsewhere":      {exported{location: "https://evil.example/v1.0/reports/partners/billing/operations/o"}, errBadLink},
		"operation that climbs":    {exported{location: "/v1.0/reports/partners/billing/operations/../x"}, errBadLink},
		"manifest elsewhere":       {exported{operation: `{"status":"completed","resourceLocation":"https://evil.example/v1.0/reports/partners/billing/manifests/m"}`}, errBadLink},
		"success without manifest": {exported{operation: `{"status":"succeeded"}`}, errNoManifest},
		"failed":                   {exported{operation: `{"status":"failed","error":{"code":"7000","message":"x"}}`}, errExportFailed},
		"odd manifest":             {exported{operation: `{"status":"succeeded","resourceLocation":{"blobCount":2,"blobs":[]}}`}, errOddManifest},
		"no JSON":                  {exported{files: [][]byte{[]byte("<html>sig=" + signature + "</html>")}}, errNotExpected},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := clientOf(t, tt.with.ServeHTTP)
			_, _, err := charges(t, c)
			if !errors.Is(err, tt.want) {
				t.Fatalf("got %v", err)
			}
			if shown := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(shown, "SECRETSIG") || strings.Contains(shown, "sv=1") {
				t.Errorf("the link is in %s", shown)
			}
		})
	}
}

// Only the kinds of answers are told apart here; that there is no data is no error.
func TestExport_noData(t *testing.T) {
	e := &exported{operation: `{"status":"failed","error":{"code":5000,"message":"No data available"}}`}
	c, _ := clientOf(t, e.ServeHTTP)
	if _, read, err := charges(t, c); err != nil || read.Lines != 0 || read.Invoice.ID != "G1" {
		t.Errorf("got %+v: %v", read, err)
	}
}

func TestExport_nationalClouds(t *testing.T) {
	for _, environment := range []cloud.Environment{cloud.China, cloud.USGovernment} {
		e := &exported{}
		c, _ := clientOf(t, e.ServeHTTP, func(o *Options) { o.Environment = environment })
		_, _, err := charges(t, c)
		if _, ok := errors.AsType[*NoExportError](err); !ok || !strings.Contains(err.Error(), string(environment)) || !strings.Contains(Remedy(err), "portal") {
			t.Errorf("%s: got %v: %s", environment, err, Remedy(err))
		}
	}
}

func FuzzExportLine(f *testing.F) {
	f.Add([]byte(`{"Subtotal":"1.5","Total":2,"Tier2MpnId":0,"CustomerId":"org:x","Unit":"h","MeterId":"m","ProductQualifiers":""}`))
	f.Add([]byte(`{"CustomerName":"\u001b[31m\u202e","OrderDate":"0001-01-01T00:00:00","Tags":{"a":1}}`))
	f.Add([]byte(`{"sasToken":1}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		_ = InvoiceLineItemsQuery{}.exported(line, func(item *InvoiceLineItem) error {
			if item.BillingProvider == "" || item.InvoiceLineItemType == "" {
				t.Error("a line of no kind")
			}
			text, err := json.Marshal(item)
			if err != nil || bytes.ContainsAny(text, "\x1b\u202e") {
				t.Errorf("%q: %v", text, err)
			}
			return nil
		})
	})
}
