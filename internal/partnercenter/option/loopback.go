// SPDX-License-Identifier: MPL-2.0

package option

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// IsLoopback holds for hosts that are this machine: localhost, 127.0.0.0/8 and ::1, in every spelling that some program understands.
// What plain http may be spoken to, and what is reached past a proxy, is decided here and nowhere else.
func IsLoopback(host string) bool {
	_, is := loopback(host)
	return is
}

// loopback is a loopback host as every program spells it.
func loopback(host string) (usual string, is bool) {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return host, true
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		var is bool
		if address, is = numericAddress(host); !is {
			return "", false
		}
	}
	address = address.Unmap().WithZone("")
	return address.String(), address.IsLoopback()
}

// numericAddress reads what the C library takes for an IPv4 address: one to four numbers, decimal, octal (0177) or hexadecimal (0x7f), of
// which the last fills the rest.
func numericAddress(host string) (netip.Addr, bool) {
	parts := strings.Split(host, ".")
	if len(parts) > net.IPv4len {
		return netip.Addr{}, false
	}
	var address [net.IPv4len]byte
	for i, part := range parts {
		width := 8
		if i == len(parts)-1 {
			width = 8 * (net.IPv4len - i)
		}
		n, err := strconv.ParseUint(part, 0, width)
		if err != nil || strings.Contains(part, "_") {
			return netip.Addr{}, false
		}
		for at := net.IPv4len - 1; at >= i && width > 8; at-- {
			address[at] = byte(n)
			n >>= 8
		}
		if width == 8 {
			address[i] = byte(n)
		}
	}
	return netip.AddrFrom4(address), true
}
