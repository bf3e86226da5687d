// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// graphCall speaks to Graph, or to the storage where there is no token.
func graphCall(t *testing.T, method, address, token, body string) (int, http.Header, object, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	content, _ := io.ReadAll(resp.Body)
	var answer object
	_ = json.Unmarshal(content, &answer)
	return resp.StatusCode, resp.Header, answer, content
}

// The whole protocol, as reference/customers-and-billing.md#graph-calls has it.
func TestExport(t *testing.T) {
	a := newAPI(t, func(b *Behaviour) { b.ExportFileLines = 3 })
	base := a.s.URL + "/v1.0/reports/partners/billing/"
	invoice := itemsOf(a.get("invoices"))[3].(object)
	token := a.s.IssueToken(TokenOptions{AppOnly: true, Audience: GraphAudience})
	begin := `{"invoiceId":"` + invoice["id"].(string) + `","attributeSet":"full"}`
	if status, _, answer, _ := graphCall(t, "POST", base+"reconciliation/billed/export", a.s.IssueToken(TokenOptions{}), begin); status != 401 || answer["error"] == nil {
		t.Errorf("a token for Partner Center: %d %v", status, answer)
	}
	if status, _, _, _ := graphCall(t, "POST", base+"reconciliation/billed/export", token, `{"invoiceId":"G1","attributeSet":"full"}`); status != 400 {
		t.Errorf("an unknown invoice: %d", status)
	}
	status, header, _, _ := graphCall(t, "POST", base+"reconciliation/billed/export", token, begin)
	at := header.Get("Location")
	if status != http.StatusAccepted || !strings.HasPrefix(at, base+"operations/") {
		t.Fatalf("%d %s", status, at)
	}
	_, header, answer, _ := graphCall(t, "GET", at, token, "")
	wantMembers(t, answer, object{"status": "notStarted", "@odata.type": "#microsoft.graph.partners.billing.runningOperation"})
	if header.Get("Retry-After") != "10" {
		t.Errorf("Retry-After %s", header.Get("Retry-After"))
	}
	a.s.Advance(time.Minute)
	_, _, answer, _ = graphCall(t, "GET", at, token, "")
	wantMembers(t, answer, object{"status": "succeeded"})
	_, _, manifest, _ := graphCall(t, "GET", answer["resourceLocation@odata.navigationLink"].(string), token, "")
	blobs := manifest["blobs"].([]any)
	address := manifest["rootDirectory"].(string) + "/" + blobs[0].(object)["name"].(string)
	links := "?" + manifest["sasToken"].(string)
	for name, refused := range map[string][2]string{"no link": {address, ""}, "a token beside the link": {address + links, token}} {
		if status, _, _, _ := graphCall(t, "GET", refused[0], refused[1], ""); status != 403 {
			t.Errorf("%s: %d", name, status)
		}
	}
	_, _, _, file := graphCall(t, "GET", address+links, "", "")
	unpacked, err := gzip.NewReader(strings.NewReader(string(file)))
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for scanner := bufio.NewScanner(unpacked); scanner.Scan(); lines++ {
		var line object
		if json.Unmarshal(scanner.Bytes(), &line) != nil || line["InvoiceNumber"] != invoice["id"] || line["Total"] == nil || line["invoiceNumber"] != nil {
			t.Errorf("got %s", scanner.Text())
		}
	}
	if lines != 3 || len(blobs) < 2 {
		t.Errorf("%d lines in the first of %d files", lines, len(blobs))
	}
	a.s.Advance(13 * time.Hour)
	if status, _, _, _ := graphCall(t, "GET", address+links, "", ""); status != 403 {
		t.Errorf("after half a day: %d", status)
	}
}

func TestRetiredLineItems(t *testing.T) {
	a := newAPI(t, nil)
	at := "invoices/" + itemsOf(a.get("invoices"))[3].(object)["id"].(string) + "/lineitems?provider=onetime&invoicelineitemtype=billinglineitems"
	if n := len(itemsOf(a.get(at))); n != 0 {
		t.Errorf("%d lines of what the export has", n)
	}
	a.s.Behave(func(b *Behaviour) { b.RetiredLineItems = 400 })
	a.refused(a.call("GET", at, nil), 400, 900126)
}
