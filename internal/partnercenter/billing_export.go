// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/blob"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// exports are the partner's billing data at Microsoft Graph, which has tokens, address and limits of its own.
// See https://learn.microsoft.com/graph/api/resources/partners-billing-api-overview.
type exports struct {
	options Options
	sender  *sender // nil where no token can be had, or the cloud has no such data
	base    *url.URL
	files   *blob.Reader
}

// newExports takes options that are validated. What stands in for Partner Center, as the emulator does, stands in for Graph as well: it
// gets no more than it has already.
func newExports(options Options) (*exports, error) {
	home, invalid := cloud.Of(options.Environment)
	if invalid != nil {
		return nil, invalid
	}
	at, standsIn := home.Graph, home.Graph != "" && options.Endpoint != home.Endpoint
	if standsIn {
		at = options.Endpoint
	}
	base, err := url.Parse(at)
	if err != nil {
		return nil, option.Errorf("endpoint", "It is not an address such as https://host[:port].")
	}
	var standIn *url.URL
	if standsIn {
		standIn = base
	}
	e := &exports{options: options, base: base, files: blob.New(options.RootCAs, standIn, options.RequestTimeout)}
	if at == "" || options.GraphTokens == nil {
		return e, nil
	}
	options.Endpoint, options.Tokens = at, options.GraphTokens
	e.sender, err = newSender(options)
	return e, err
}

// NoExportError is why what only Microsoft Graph has cannot be asked for.
type NoExportError struct{ message, remedy string }

func (e *NoExportError) Error() string { return e.message }

// Remedy says what to do.
func (e *NoExportError) Remedy() string { return e.remedy }

func (e *exports) ready() error {
	switch {
	case e.base.String() == "":
		return &NoExportError{
			"Microsoft Graph, which has these charges since April 2025, has them in the worldwide cloud only, and the provider's environment is " + string(e.options.Environment) + ". Nothing was asked",
			"Read them in Partner Center's portal, or on the invoice's PDF (data source partnercenter_invoice). That no charges are shown here does not say that nothing was charged.",
		}
	case e.sender == nil:
		return &NoExportError{
			"These charges come from Microsoft Graph, which wants a token of its own, and access_token is for Partner Center alone",
			"Sign in another way, such as client_secret or refresh_token; the application needs the permission PartnerBilling.Read.All of Microsoft Graph, consented to by an administrator.",
		}
	}
	return nil
}

// exportRequest is what to export: of an invoice, or, where that is empty, what is not billed yet.
type exportRequest struct {
	usage                   bool
	invoiceID               string
	currency, billingPeriod string
}

const (
	billingPath       = "/v1.0/reports/partners/billing"
	longestExport     = 30 * time.Minute
	mostFiles         = 10_000
	attemptsOfAFile   = 4
	codeNoData        = "5000" // no fault (reference/customers-and-billing.md#graph-calls)
	navigationLinkKey = "resourceLocation@odata.navigationLink"
)

func (r exportRequest) call() call {
	kind, state := "reconciliation", "billed"
	if r.usage {
		kind = "usage"
	}
	body := map[string]string{"attributeSet": "full", "invoiceId": r.invoiceID}
	if r.invoiceID == "" {
		state, body = "unbilled", map[string]string{"attributeSet": "full", "currencyCode": r.currency, "billingPeriod": r.billingPeriod}
	}
	return call{operation: operationExport, method: http.MethodPost, path: strings.Join([]string{billingPath, kind, state, "export"}, "/"), body: body, asks: true}
}

// billingOperation is an export under way. Its manifest comes in three forms (reference/customers-and-billing.md#graph-calls).
type billingOperation struct {
	Status           string          `json:"status"`
	ResourceLocation json.RawMessage `json:"resourceLocation"`
	Error            *struct {
		Code    Text   `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
	NavigationLink string `json:"-"`
}

// UnmarshalJSON finds the link whose name is no field's.
func (o *billingOperation) UnmarshalJSON(data []byte) error {
	type plain billingOperation
	if err := json.Unmarshal(data, (*plain)(o)); err != nil {
		return err
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	for name, value := range members {
		if strings.EqualFold(name, navigationLinkKey) {
			return json.Unmarshal(value, &o.NavigationLink)
		}
	}
	return nil
}

// manifest lists the files of an export. What opens them is a secret.
type manifest struct {
	ETag          string      `json:"eTag" text:"exact"`
	RootDirectory string      `json:"rootDirectory" text:"exact"`
	SASToken      wire.Secret `json:"sasToken" text:"exact"`
	BlobCount     *int        `json:"blobCount"`
	Blobs         []struct {
		Name string `json:"name" text:"exact"`
	} `json:"blobs"`
}

var (
	errNoOperation  = errors.New("the answer does not say where the export can be followed")
	errNoManifest   = errors.New("the export is ready, but the answer does not say where it is")
	errOddManifest  = errors.New("the list of the export's files is not whole, or has more files than can be")
	errExportFailed = errors.New("the export failed")
)

// lines hands on each line of an export; there are none where the service says that there is no data.
func (e *exports) lines(ctx context.Context, c *Client, request exportRequest, line func([]byte) error) error {
	if err := e.ready(); err != nil {
		return err
	}
	ctx, cancel := c.WithTimeout(ctx, longestExport)
	defer cancel()
	a, err := e.sender.send(ctx, request.call())
	if err != nil {
		return err
	}
	id, err := e.idOf(a.answer.header.Get("Location"), "operations")
	if err != nil {
		return &Error{Operation: operationExport, Err: errors.Join(errNoOperation, err)}
	}
	found, err := e.wait(ctx, c, id)
	if errors.Is(err, context.DeadlineExceeded) {
		return &AdvisedError{Err: fmt.Errorf("%s: it was not ready within %s", operationExport, longestExport), Advice: "Microsoft prepares exports of large months for longer at times. Try again later."}
	}
	if err != nil || found == nil {
		return err
	}
	return e.read(ctx, c, id, found, line)
}

// idOf takes nothing of a link but the ID of what it leads to, and that only where it leads to this service.
func (e *exports) idOf(leads, collection string) (string, error) {
	at, err := url.Parse(strings.TrimSpace(leads))
	if err != nil || leads == "" || len(leads) > longestLink || at.User != nil || at.Host != "" && (at.Scheme != e.base.Scheme || !strings.EqualFold(at.Host, e.base.Host)) {
		return "", errBadLink
	}
	_, id, found := strings.Cut(at.Path, billingPath+"/"+collection+"/")
	if id = strings.Trim(id, "/"); !found || !validID(id) {
		return "", errBadLink
	}
	return id, nil
}

// wait follows the operation. There is no manifest where the service has no data.
func (e *exports) wait(ctx context.Context, c *Client, id string) (found *manifest, err error) {
	err = c.Poll(ctx, func(ctx context.Context) (bool, error) {
		done, after, err := e.look(ctx, id, &found)
		if done || err != nil || after <= 0 {
			return done, err
		}
		return false, c.Sleep(ctx, min(after, longestPause))
	})
	return found, err
}

// look asks once how far the operation is, and how long to wait before the next time.
func (e *exports) look(ctx context.Context, id string, found **manifest) (done bool, after time.Duration, err error) {
	operation, a, err := e.operation(ctx, id)
	if err != nil {
		return true, 0, err
	}
	switch enumKey(operation.Status) {
	case "succeeded", "completed":
		*found, err = e.manifest(ctx, operation)
		return true, 0, err
	case "failed":
		return true, 0, operation.failure()
	}
	return false, a.retryAfter(), nil
}

func (e *exports) operation(ctx context.Context, id string) (*billingOperation, *attempts, error) {
	a, err := e.sender.send(ctx, call{operation: operationExport, method: http.MethodGet, path: billingPath + "/operations/" + url.PathEscape(id)})
	if err != nil {
		return nil, nil, err
	}
	var got billingOperation
	if err := decode(a.answer.body, &got); err != nil {
		return nil, nil, a.undecodable(err)
	}
	return &got, a, nil
}

// failure is nil where there is only nothing to export.
func (o *billingOperation) failure() error {
	failed := &Error{Operation: operationExport, Err: errExportFailed}
	if o.Error == nil {
		return failed
	}
	if string(o.Error.Code) == codeNoData {
		return nil
	}
	failed.Code, failed.Description = string(o.Error.Code), o.Error.Message
	return failed
}

func (e *exports) manifest(ctx context.Context, o *billingOperation) (*manifest, error) {
	leads := o.NavigationLink
	var got manifest
	switch location := scalar(o.ResourceLocation); {
	case len(location) > 0 && location[0] == '{':
		return checked(o.ResourceLocation, &got)
	case len(location) > 0:
		leads = string(location)
	}
	id, err := e.idOf(leads, "manifests")
	if err != nil {
		return nil, &Error{Operation: operationExport, Err: errors.Join(errNoManifest, err)}
	}
	a, err := e.sender.send(ctx, call{operation: operationExport, method: http.MethodGet, path: billingPath + "/manifests/" + url.PathEscape(id)})
	if err != nil {
		return nil, err
	}
	return checked(a.answer.body, &got)
}

// checked decodes a manifest. An error of the decoder could repeat what it read.
func checked(body []byte, got *manifest) (*manifest, error) {
	if json.Unmarshal(body, got) != nil || got.BlobCount != nil && *got.BlobCount != len(got.Blobs) || len(got.Blobs) > mostFiles {
		return nil, &Error{Operation: operationExport, Err: errOddManifest}
	}
	return got, nil
}

// read hands on the lines of all files. A file that broke off goes on after the line it broke off at, and a link that is not good any more is
// asked for anew, once for each file.
func (e *exports) read(ctx context.Context, c *Client, id string, m *manifest, line func([]byte) error) error {
	for n := 0; n < len(m.Blobs); n++ {
		renewed, err := e.file(ctx, c, id, m, m.Blobs[n].Name, line)
		if err != nil {
			if own, ok := errors.AsType[*blob.LineError](err); ok {
				return own.Err
			}
			return &Error{Operation: operationExport, Err: err}
		}
		m = renewed
	}
	return nil
}

func (e *exports) file(ctx context.Context, c *Client, id string, m *manifest, name string, line func([]byte) error) (*manifest, error) {
	seen, mark, renewed := 0, "", false
	for attempt := 1; ; attempt++ {
		if err := expired(ctx, c.clock); err != nil {
			return nil, err
		}
		got, same, err := e.files.Lines(ctx, blob.Folder{Root: m.RootDirectory, SAS: m.SASToken}, name, mark, seen, line)
		seen, mark = max(seen, got), same
		switch {
		case err == nil:
			return m, nil
		case errors.Is(err, blob.ErrRefused) && !renewed:
			renewed = true
			if m, err = e.renew(ctx, id, m); err != nil {
				return nil, err
			}
		case !blob.MayPass(err) || attempt == attemptsOfAFile || ctx.Err() != nil:
			return nil, err
		default:
			if err := c.Sleep(ctx, time.Duration(attempt)*time.Second); err != nil {
				return nil, err
			}
		}
	}
}

// renew reads the manifest again for a link that is good; it has to be that of the same data.
func (e *exports) renew(ctx context.Context, id string, was *manifest) (*manifest, error) {
	operation, _, err := e.operation(ctx, id)
	if err != nil {
		return nil, err
	}
	now, err := e.manifest(ctx, operation)
	switch {
	case err != nil:
		return nil, err
	case now.ETag != was.ETag || len(now.Blobs) != len(was.Blobs):
		return nil, blob.ErrChanged
	}
	return now, nil
}
