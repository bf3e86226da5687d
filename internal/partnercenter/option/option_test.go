// SPDX-License-Identifier: MPL-2.0

package option

import "testing"

func TestIsLoopback(t *testing.T) {
	for _, host := range []string{
		"localhost", "LOCALHOST", "Localhost", "localhost.", "emulator.localhost", "127.0.0.1", "127.0.0.1.", "127.1.2.3", "127.255.255.255",
		"::1", "0:0:0:0:0:0:0:1", "::1%lo", "::ffff:127.0.0.1", "::FFFF:7f00:1",
		"2130706433", "0x7f000001", "0X7F.1", "017700000001", "127.1", "127.0.1", "127.256", "0177.0.0.1", "0x7f.0x0.0.1",
	} {
		if !IsLoopback(host) {
			t.Errorf("%s is not taken for loopback", host)
		}
	}
	for _, host := range []string{
		"", ".", "partner.example", "localhost.example", "notlocalhost", "localhoſt", "127.0.0.1.example", "128.0.0.1", "10.0.0.1", "0.0.0.0", "::", "::2",
		"::ffff:10.0.0.1", "2130706432.1", "3232235777", "127.0.0.0.1", "127..1", "127.0.0.1_0", "1_27.0.0.1", "0x", "0x1ffffffff", "-1",
	} {
		if IsLoopback(host) {
			t.Errorf("%s is taken for loopback", host)
		}
	}
}

func TestAddress(t *testing.T) {
	for text, want := range map[string]string{
		"api.partner.example":               "https://api.partner.example",
		"HTTPS://API.Partner.example:443/":  "https://api.partner.example",
		"https://api.partner.example.:8443": "https://api.partner.example.:8443",
		"https://api.partner.example/a/B//": "https://api.partner.example/a/B",
		"http://LOCALHOST.:80/":             "http://localhost",
		"http://2130706433:8765":            "http://127.0.0.1:8765",
		"http://[::ffff:127.0.0.1]:8765":    "http://127.0.0.1:8765",
		"https://[0:0:0:0:0:0:0:1]":         "https://[::1]",
	} {
		if got, err := Address("endpoint", text); err != nil || got != want {
			t.Errorf("%q is read as %q (%v), want %q", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "https://", "https://:443", "http://partner.example", "http://3232235777", "http://localhoſt", "http://localhost.example", "ftp://localhost",
		"https://user@partner.example", "https://partner.example?x", "https://partner.example#x",
	} {
		if got, err := Address("endpoint", text); err == nil {
			t.Errorf("%q is accepted, as %q", text, got)
		}
	}
}
