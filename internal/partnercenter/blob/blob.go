// SPDX-License-Identifier: MPL-2.0

// Package blob reads the files of an export at Microsoft's storage: gzip of JSON lines, one line at a time. A link there is a secret for
// some hours, so no error and no log line has it, and the storage gets neither a token nor any other credential.
// See reference/customers-and-billing.md#graph-calls.
package blob

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// Reader reads files of one storage.
type Reader struct {
	http    *http.Client
	standIn *url.URL
	stall   time.Duration
}

// New makes a reader that waits at most so long for the next byte. What stands in for the service may have the files itself: standIn is
// its address, and nil where there is none.
func New(roots *x509.CertPool, standIn *url.URL, stall time.Duration) *Reader {
	transport := wire.NewTransport(roots)
	transport.DisableCompression = true // the files are compressed themselves
	return &Reader{&http.Client{Transport: transport, CheckRedirect: wire.StayHere}, standIn, stall}
}

// Folder is where the files of an export are, and the query that opens them.
type Folder struct {
	Root string
	SAS  wire.Secret
}

var (
	// ErrForeign is a folder that is not at Microsoft's storage.
	ErrForeign = errors.New("the export lies at an address that is not Microsoft's storage, so nothing was asked there")
	// ErrRefused is a link that the storage does not take any more.
	ErrRefused = errors.New("the storage refused the link to the export, which is good for some hours only")
	// ErrChanged is a file that is not the one whose beginning was read.
	ErrChanged = errors.New("the export was replaced while it was read")
	// errNotExport is a file of another form.
	errNotExport = errors.New("the file of the export is not gzip of JSON lines")
)

// storage are the hosts of Microsoft's storage that exports lie at.
var storage = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,62}(\.z[0-9]{1,2})?\.(blob|dfs)\.(core\.windows\.net|storage\.azure\.net)$`)

// address is that of one file. Whoever writes an answer would choose where the link goes otherwise.
func (r *Reader) address(folder Folder, name string) (*url.URL, error) {
	at, err := url.Parse(folder.Root)
	if err != nil || at.User != nil || at.RawQuery != "" || at.Fragment != "" || at.Opaque != "" || !r.mayAsk(at) {
		return nil, ErrForeign
	}
	for segment := range strings.SplitSeq(name, "/") {
		if segment == "" || segment == "." || segment == ".." || strings.ContainsAny(segment, "\\\x00") {
			return nil, ErrForeign
		}
	}
	at = at.JoinPath(strings.Split(name, "/")...)
	at.RawQuery = strings.TrimPrefix(folder.SAS.Reveal(), "?")
	return at, nil
}

func (r *Reader) mayAsk(at *url.URL) bool {
	if r.standIn != nil {
		return at.Scheme == r.standIn.Scheme && strings.EqualFold(at.Host, r.standIn.Host)
	}
	return at.Scheme == "https" && storage.MatchString(strings.ToLower(at.Host))
}

// hideSignature keeps the secret part of a link out of every text; the rest of it is dates and rights.
func hideSignature(sas wire.Secret) {
	if values, err := url.ParseQuery(strings.TrimPrefix(sas.Reveal(), "?")); err == nil {
		wire.Hide(values.Get("sig"))
	}
}

// Lines hands on the lines of one file, from the one after skip. It returns how many it saw, those it skipped included, and the mark by which
// the next call sees that the file is the same; after an error, another call goes on there.
func (r *Reader) Lines(ctx context.Context, folder Folder, name, mark string, skip int, line func([]byte) error) (seen int, same string, err error) {
	at, err := r.address(folder, name)
	if err != nil {
		return 0, mark, err
	}
	hideSignature(folder.SAS)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watch := time.AfterFunc(r.stall, func() { cancel(errStalled) })
	defer watch.Stop()
	body, same, err := r.open(ctx, at, mark)
	if err != nil {
		return 0, same, stalled(ctx, err)
	}
	defer func() { _ = body.Close() }()
	seen, err = eachLine(&watched{body, watch, r.stall}, skip, line)
	return seen, same, stalled(ctx, err)
}

var errStalled = errors.New("the storage stopped to send")

// stalled names the reason of a connection that was given up.
func stalled(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), errStalled) {
		return errStalled
	}
	return err
}

func (r *Reader) open(ctx context.Context, at *url.URL, mark string) (io.ReadCloser, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, mark, ErrForeign // the error would have the link
	}
	req.Header.Set("Accept", "*/*")
	if mark != "" {
		req.Header.Set("If-Match", mark)
	}
	resp, err := r.http.Do(req)
	if err != nil {
		return nil, mark, wire.WithoutURL(err)
	}
	switch got := resp.Header.Get("ETag"); {
	case resp.StatusCode == http.StatusPreconditionFailed, resp.StatusCode == http.StatusOK && mark != "" && got != "" && got != mark:
		err = ErrChanged
	case resp.StatusCode == http.StatusForbidden, resp.StatusCode == http.StatusUnauthorized:
		err = ErrRefused
	case resp.StatusCode != http.StatusOK:
		err = fmt.Errorf("the storage answered HTTP %d", resp.StatusCode)
	default:
		return resp.Body, got, nil
	}
	_ = resp.Body.Close()
	return nil, mark, err
}

// watched postpones the end of the wait with everything that comes.
type watched struct {
	io.Reader
	watch *time.Timer
	stall time.Duration
}

func (w *watched) Read(into []byte) (int, error) {
	n, err := w.Reader.Read(into)
	if n > 0 {
		w.watch.Reset(w.stall)
	}
	return n, err
}

const (
	longestLine = 1 << 20 // a charge has some fifty short members
	mostBytes   = 8 << 30 // of a file when it is unpacked
)

// eachLine unpacks and hands on a line at a time, so that memory does not grow with the file.
func eachLine(from io.Reader, skip int, line func([]byte) error) (seen int, err error) {
	packed := bufio.NewReaderSize(from, 64<<10)
	var plain io.Reader = packed
	if magic, err := packed.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		if plain, err = gzip.NewReader(packed); err != nil {
			return 0, errNotExport
		}
	}
	limited := &io.LimitedReader{R: plain, N: mostBytes}
	lines := bufio.NewReaderSize(limited, longestLine)
	for {
		text, err := lines.ReadSlice('\n')
		ended := errors.Is(err, io.EOF)
		if err != nil && !ended { // a line that broke off is not handed on
			return seen, brokenOff(err)
		}
		if limited.N == 0 {
			return seen, errNotExport
		}
		if text = bytes.TrimSpace(bytes.TrimPrefix(text, byteOrderMark)); len(text) > 0 {
			if seen >= skip {
				if err := line(text); err != nil {
					return seen, &LineError{err}
				}
			}
			seen++
		}
		if ended {
			return seen, nil
		}
	}
}

var byteOrderMark = []byte("\uFEFF")

func brokenOff(err error) error {
	if errors.Is(err, bufio.ErrBufferFull) || errors.Is(err, gzip.ErrChecksum) {
		return errNotExport
	}
	return fmt.Errorf("the file of the export broke off: %w", wire.WithoutURL(err))
}

// LineError is that of the function that was handed a line; it would fail again.
type LineError struct{ Err error }

func (e *LineError) Error() string { return e.Err.Error() }

// Unwrap is the function's own error.
func (e *LineError) Unwrap() error { return e.Err }

// MayPass tells whether another attempt to read a file may fare better.
func MayPass(err error) bool {
	_, own := errors.AsType[*LineError](err)
	return err != nil && !own && !errors.Is(err, ErrForeign) && !errors.Is(err, ErrRefused) && !errors.Is(err, ErrChanged) && !errors.Is(err, errNotExport) &&
		!wire.Untrusted(err)
}
