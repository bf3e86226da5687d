// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// foreign says why a request is not of the person at this machine, or nothing. Web pages in the browser there can reach a loopback address
// as well: from another origin, by forms that no server has to agree to, and under a name of their own that resolves to it. Browsers say
// so; curl and clients of the API send none of these headers.
func (s *Server) foreign(r *http.Request) (status int, why string) {
	site, origins := r.Header.Get("Sec-Fetch-Site"), r.Header.Values("Origin")
	switch {
	case site != "" && site != "none" && site != "same-origin":
		return http.StatusForbidden, "a page of another site asks (Sec-Fetch-Site)"
	case len(origins) > 1 || len(origins) == 1 && !s.isOwnOrigin(r, origins[0]):
		return http.StatusForbidden, "a page of another origin asks (Origin)"
	case !isControl(r.URL.Path):
		return 0, ""
	case !s.isOwnHost(r, r.Host):
		return http.StatusForbidden, "the Host is none of this machine's: use 127.0.0.1 or localhost, or start the emulator with -address and the name"
	case r.Method != http.MethodGet && isFormOfPages(r.Header.Get("Content-Type")):
		return http.StatusUnsupportedMediaType, "a page can send this Content-Type anywhere: use application/json"
	}
	return 0, ""
}

func (s *Server) isOwnOrigin(r *http.Request, claimed string) bool {
	at, err := url.Parse(claimed)
	return err == nil && at.Host != "" && strings.EqualFold(at.Host, r.Host) && s.isOwnHost(r, at.Host)
}

// isOwnHost holds for loopback hosts, for the one that the server listens on by name, and for the address that the connection came in at.
func (s *Server) isOwnHost(r *http.Request, hostport string) bool {
	host := strings.TrimSuffix(strings.ToLower(hostOf(hostport)), ".")
	if host == "localhost" || host != "" && host == strings.ToLower(hostOf(s.options.address)) {
		return true
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	local, _ := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return address.Unmap().IsLoopback() || local != nil && local.AddrPort().Addr().Unmap() == address.Unmap()
}

func hostOf(hostport string) string {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil { // without a port
		host = strings.TrimSuffix(strings.TrimPrefix(hostport, "["), "]")
	}
	return host
}

// isFormOfPages holds for bodies that browsers send across origins without asking first, apart from curl's default, which comes with an
// Origin where a browser sends it.
func isFormOfPages(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return contentType != "" && err != nil || kind == "text/plain" || kind == "multipart/form-data"
}
