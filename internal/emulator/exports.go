// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// export is one export of charges, with its files once it has ended.
type export struct {
	id, manifest string
	begun        time.Time
	lines        []object
	files        map[string][]byte
	links        map[string]*exportLink // by signature
}

// exportLink opens the files of an export for some time.
type exportLink struct {
	until time.Time
	reads int
}

// exportShelf has the exports of a server; nothing deletes them.
type exportShelf struct{ byID, byManifest map[string]*export }

func newExportShelf() *exportShelf {
	return &exportShelf{map[string]*export{}, map[string]*export{}}
}

// graphRoutes is reference/customers-and-billing.md#graph-calls.
func (s *Server) graphRoutes() []route {
	const base = "/v1.0/reports/partners/billing/"
	return []route{
		{method: "POST", path: base + "{kind}/{state}/export", handle: s.startExport},
		{method: "GET", path: base + "operations/{operation}", handle: s.getExportOperation},
		{method: "GET", path: base + "manifests/{manifest}", handle: s.getExportManifest},
		{method: "GET", path: "/" + exportFolder + "/{export}/{file}", handle: s.getExportFile},
	}
}

// graph answers Graph with a token of its own, and the storage without any.
func (s *Server) graph(r *http.Request, x *exchange) *response {
	row, _ := s.graphTable.route(r)
	if row == nil {
		return s.behaviour.encode(graphFault(http.StatusNotFound, "BadRequest", "Resource not found for the segment."))
	}
	if !strings.EqualFold(segments(r.URL.Path)[0], exportFolder) {
		claims, err := s.directory.claimsOf(r.Header.Get("Authorization"))
		switch {
		case err != nil || claims.Audience[0] != GraphAudience:
			return s.behaviour.encode(graphFault(http.StatusUnauthorized, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience."))
		case s.behaviour.NoBillingPermission:
			return s.behaviour.encode(graphFault(http.StatusForbidden, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."))
		}
		x.caller = world.Caller{ApplicationID: claims.ApplicationID, User: claims.User, AppOnly: claims.Kind == "app"}
	}
	return s.behaviour.encode(row.handle(s.call(r, x)))
}

func graphFault(status int, code, message string) (int, any) {
	return status, object{"error": object{"code": code, "message": message, "innerError": object{"request-id": "11111111-2222-4333-8444-555555555555"}}}
}

func (s *Server) startExport(r *call) (int, any) {
	var sent struct{ InvoiceID, CurrencyCode, BillingPeriod, AttributeSet string }
	if json.Unmarshal(r.body, &sent) != nil || !world.OneOf(sent.AttributeSet, "full", "basic") {
		return graphFault(http.StatusBadRequest, "BadRequest", "The attributeSet is missing or unknown.")
	}
	lines, refusal := r.exportedLines(sent.InvoiceID, sent.CurrencyCode, sent.BillingPeriod)
	if refusal != "" {
		return graphFault(http.StatusBadRequest, "BadRequest", refusal)
	}
	if strings.EqualFold(r.PathValue("kind"), "usage") {
		lines = nil // usage has no part in the sample
	}
	for most := len(lines); most > 0 && len(lines) < s.behaviour.ExportLines; {
		lines = append(lines, lines[len(lines)%most])
	}
	e := &export{id: s.world.NewID(), manifest: s.world.NewID(), begun: s.world.Now(), lines: lines, links: map[string]*exportLink{}}
	s.exports.byID[e.id], s.exports.byManifest[e.manifest] = e, e
	return http.StatusAccepted, withHeader(nil, "Location", origin(r)+"/v1.0/reports/partners/billing/operations/"+e.id)
}

// exportedLines finds the charges. The two states have members of their own.
func (r *call) exportedLines(invoiceID, currency, period string) (lines []object, refusal string) {
	var charges []world.InvoiceLine
	switch strings.ToLower(r.PathValue("state")) {
	case "billed":
		invoice := r.world.Tenant.Invoice(invoiceID)
		if invoice == nil || strings.Contains(invoiceID, "-") {
			return nil, "The invoiceId is unknown."
		}
		charges, invoiceID, currency = invoice.Lines, invoice.ID, invoice.Currency
	case "unbilled":
		if currency == "" || !world.OneOf(period, "current", "last") {
			return nil, "The currencyCode or billingPeriod is missing."
		}
		charges = r.world.Unbilled(strings.ToUpper(currency), strings.EqualFold(period, "last"))
	default:
		return nil, "Resource not found for the segment."
	}
	for _, charge := range charges {
		lines = append(lines, r.renderExportLine(charge, invoiceID, currency))
	}
	return lines, ""
}

// renderExportLine has the columns of the reconciliation file (reference/customers-and-billing.md#graph-fields-of-the-lines).
func (r *call) renderExportLine(l world.InvoiceLine, number, currency string) object {
	line := object{}
	for name, value := range r.renderInvoiceLine(l, number, currency) {
		switch name {
		case "attributes", "invoiceLineItemType", "billingProvider":
			continue
		case "totalForCustomer":
			name = "Total"
		case "productQualifiers":
			value = ""
		}
		line[strings.ToUpper(name[:1])+name[1:]] = value
	}
	return line
}

func (s *Server) getExportOperation(r *call) (int, any) {
	e := s.exports.byID[r.PathValue("operation")]
	if e == nil {
		return graphFault(http.StatusNotFound, "NotFound", "The operation is unknown.")
	}
	const kind = "#microsoft.graph.partners.billing."
	now := s.world.Now()
	answer := object{"id": e.id, "createdDateTime": bareStamp(e.begun), "lastActionDateTime": stamp(now)}
	switch age := now.Sub(e.begun); {
	case age < s.behaviour.ExportTakes:
		answer["@odata.type"], answer["status"] = kind+"runningOperation", map[bool]string{true: "notStarted", false: "running"}[age < s.behaviour.ExportTakes/4]
		if s.behaviour.ExportRetryAfter > 0 {
			return http.StatusOK, withHeader(answer, "Retry-After", strconv.Itoa(int(s.behaviour.ExportRetryAfter.Seconds())))
		}
	case s.behaviour.ExportFailure != "":
		answer["@odata.type"], answer["status"] = kind+"failedOperation", "failed"
		answer["error"] = object{"code": s.behaviour.ExportFailure, "message": "The export could not be made."}
	case len(e.lines) == 0:
		answer["@odata.type"], answer["status"] = kind+"failedOperation", "failed"
		answer["error"] = object{"code": "5000", "message": "No data available"}
	default:
		answer["@odata.type"], answer["status"] = kind+"exportSuccessOperation", map[bool]string{true: "completed", false: "succeeded"}[s.behaviour.ExportCompleted]
		s.putManifest(r, e, answer)
	}
	return http.StatusOK, answer
}

func (s *Server) putManifest(r *call, e *export, answer object) {
	at := origin(r) + "/v1.0/reports/partners/billing/manifests/" + e.manifest
	switch s.behaviour.ExportManifest {
	case ManifestEmbedded:
		answer["resourceLocation"] = s.manifestOf(r, e)
	case ManifestText:
		answer["resourceLocation"] = at
	default:
		answer["resourceLocation@odata.navigationLink"] = at
	}
}

func (s *Server) getExportManifest(r *call) (int, any) {
	e := s.exports.byManifest[r.PathValue("manifest")]
	if e == nil {
		return graphFault(http.StatusNotFound, "NotFound", "The manifest is unknown.")
	}
	return http.StatusOK, s.manifestOf(r, e)
}

// manifestOf makes the files when it is first asked for, and new links every time.
func (s *Server) manifestOf(r *call, e *export) object {
	if e.files == nil {
		e.files = map[string][]byte{}
		size := max(s.behaviour.ExportFileLines, 1)
		for n := 0; n*size < len(e.lines); n++ {
			e.files[fmt.Sprintf("part-%05d.json.gz", n)] = packed(e.lines[n*size : min((n+1)*size, len(e.lines))])
		}
	}
	var blobs []object
	for n := range len(e.files) {
		blobs = append(blobs, object{"name": fmt.Sprintf("part-%05d.json.gz", n), "partitionValue": "default"})
	}
	signature := rand.Text() + "/+" + rand.Text() + "="
	until := s.world.Now().Add(s.behaviour.ExportLinkLifetime)
	e.links[signature] = &exportLink{until: until}
	root := origin(r)
	if s.behaviour.ExportAtForeignHost != "" {
		root = s.behaviour.ExportAtForeignHost
	}
	return object{
		"id": e.manifest, "schemaVersion": "1", "dataFormat": "compressedJSON", "createdDateTime": stamp(e.begun), "eTag": "etag-" + e.id,
		"partnerTenantId": s.world.Tenant.Partner.TenantID, "rootDirectory": root + "/" + exportFolder + "/" + e.id,
		"sasToken":      url.Values{"sv": {"2024-11-04"}, "sr": {"d"}, "sp": {"rl"}, "se": {stamp(until)}, "sig": {signature}}.Encode(),
		"partitionType": "default", "blobCount": len(blobs), "blobs": blobs,
	}
}

func packed(lines []object) []byte {
	var file bytes.Buffer
	writer := gzip.NewWriter(&file)
	encoder := json.NewEncoder(writer)
	for _, line := range lines {
		_ = encoder.Encode(line) // memory takes everything
	}
	_ = writer.Close()
	return file.Bytes()
}

// getExportFile is the storage: a link opens it, and a request with a link and a token is refused.
func (s *Server) getExportFile(r *call) (int, any) {
	e := s.exports.byID[r.PathValue("export")]
	signature := r.URL.Query().Get("sig")
	if e == nil || e.links[signature] == nil || r.Header.Get("Authorization") != "" {
		return storageFault("AuthenticationFailed", "Signature did not match. String to sign used was "+signature)
	}
	opens := e.links[signature]
	opens.reads++
	if !s.world.Now().Before(opens.until) || s.behaviour.ExportLinkReads > 0 && opens.reads > s.behaviour.ExportLinkReads {
		return storageFault("AuthenticationFailed", "Signature not valid in the specified time frame: "+signature)
	}
	file, mark := e.files[r.PathValue("file")], `"`+e.id+`"`
	switch wanted := r.Header.Get("If-Match"); {
	case file == nil:
		return http.StatusNotFound, rawBody{contentType: "application/xml", content: []byte("<Error><Code>BlobNotFound</Code></Error>")}
	case wanted != "" && wanted != mark:
		return http.StatusPreconditionFailed, rawBody{contentType: "application/xml", content: []byte("<Error><Code>ConditionNotMet</Code></Error>")}
	}
	return http.StatusOK, withHeader(rawBody{contentType: "application/octet-stream", content: file}, "ETag", mark)
}

func storageFault(code, detail string) (int, any) {
	return http.StatusForbidden, rawBody{contentType: "application/xml", content: []byte("<Error><Code>" + code + "</Code><AuthenticationErrorDetail>" + detail + "</AuthenticationErrorDetail></Error>")}
}
