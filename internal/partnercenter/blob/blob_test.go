// SPDX-License-Identifier: MPL-2.0

package blob

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Only Microsoft's storage is asked: by its own hosts, over https, and below the folder.
func TestAddress(t *testing.T) {
	r := New(nil, nil, time.Minute)
	const root = "https://adlsrecon201.blob.core.windows.net/container/folder"
	for at, allowed := range map[string]bool{
		root: true, "https://a1b.z12.blob.storage.azure.net/x": true, "https://adlsrecon201.dfs.core.windows.net/x": true,
		"http://adlsrecon201.blob.core.windows.net/x": false, "https://adlsrecon201.blob.core.windows.net.evil.example/x": false,
		"https://evil.example/.blob.core.windows.net": false, "https://user@adlsrecon201.blob.core.windows.net/x": false,
		"https://adlsrecon201.blob.core.windows.net:8443/x": false, "https://adlsrecon201.blob.core.windows.net/x?y=z": false,
		"https://adlsrecon201.queue.core.windows.net/x": false, "https://127.0.0.1/x": false, "": false,
	} {
		if _, err := r.address(Folder{Root: at, SAS: "sig=x"}, "a.gz"); (err == nil) != allowed {
			t.Errorf("%s: %v", at, err)
		}
	}
	for name, allowed := range map[string]bool{"part-0.json.gz": true, "day/part 0.gz": true, "../x": false, "a/../../x": false, "": false, `a\b`: false} {
		at, err := r.address(Folder{Root: root, SAS: "?sig=a%2Bb"}, name)
		if (err == nil) != allowed {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && (!strings.HasPrefix(at.String(), root+"/") || at.RawQuery != "sig=a%2Bb") {
			t.Errorf("%s leads to %s", name, at)
		}
	}
}

// A redirect is not followed, a storage that stops to send is given up, and a line without end is no line.
func TestLines_hostile(t *testing.T) {
	for name, tt := range map[string]struct {
		answer func(w http.ResponseWriter, r *http.Request)
		passes bool
	}{
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.example/", http.StatusFound)
		}, true},
		"silence": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, true},
		"endless": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(strings.Repeat("x", longestLine+1)))
		}, false},
		"refused": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(tt.answer))
			defer server.Close()
			at, err := url.Parse(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			_, _, err = New(nil, at, 200*time.Millisecond).Lines(t.Context(), Folder{Root: server.URL, SAS: "sig=SECRETSIGNATURE"}, "a", "", 0, func([]byte) error { return errors.New("a line") })
			if err == nil || MayPass(err) != tt.passes || strings.Contains(err.Error(), "SECRET") || strings.Contains(err.Error(), "a line") {
				t.Errorf("got %v", err)
			}
		})
	}
}
