// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestTransport_proxy starts a process with proxies in its environment, which net/http reads once, and sees which requests they get.
func TestTransport_proxy(t *testing.T) {
	asked := make(chan string, 100)
	between := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Host
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(between.Close)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), self, "-test.run=^TestTransport_behindProxy$")
	run.Env = append(os.Environ(), "HTTP_PROXY="+between.URL, "http_proxy="+between.URL, "NO_PROXY=", "no_proxy=", behindProxy+"=1")
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	close(asked)
	var hosts []string
	for host := range asked {
		hosts = append(hosts, host)
	}
	if got := strings.Join(hosts, " "); got != "partner.example" {
		t.Errorf("the proxy was asked for %q, want partner.example once", got)
	}
}

const behindProxy = "TEST_TRANSPORT_BEHIND_PROXY"

// TestTransport_behindProxy asks for addresses; TestTransport_proxy starts it behind a proxy.
func TestTransport_behindProxy(t *testing.T) {
	if os.Getenv(behindProxy) == "" {
		return
	}
	here := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(here.Close)
	at, err := url.Parse(here.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"LOCALHOST", "localhost.", "127.0.0.1", "127.0.0.2", "[::ffff:127.0.0.1]", "[::1]", "2130706433", "0x7f.1", "x.localhost"} {
		if status, err := get(t, NewTransport(nil), "http://"+host+":"+at.Port()); err == nil && status != http.StatusNotFound {
			t.Errorf("%s: somebody else answered HTTP %d", host, status)
		}
	}
	if status, err := get(t, NewTransport(nil), "http://partner.example"); err != nil || status != http.StatusBadGateway {
		t.Errorf("the proxy is not used for others: %v", err)
	}
	_, _ = get(t, NewDirectTransport(nil), "http://direct.invalid") // nobody is there; only the proxy could be asked
}

func get(t *testing.T, transport *http.Transport, address string) (status int, err error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// TestStayOnMachine refuses a name for this machine that leads elsewhere.
func TestStayOnMachine(t *testing.T) {
	for address, stays := range map[string]bool{"127.0.0.1:80": true, "[::1]:80": true, "127.9.9.9:80": true, "192.0.2.1:80": false, "[2001:db8::1]:80": false, "0.0.0.0:80": false} {
		if err := stayOnMachine("tcp", address, nil); (err == nil) != stays {
			t.Errorf("%s: %v", address, err)
		}
	}
}
