// SPDX-License-Identifier: MPL-2.0

package partnercenter

// MaySpeakForUser reports whether the sign-in can be that of a user: operations that need one (App+User) are refused to every other, so
// who only would like to know something need not ask. A token or the Azure CLI account may belong to a user; nobody knows before asking.
func (c *Client) MaySpeakForUser() bool {
	switch c.tokens.method {
	case byRefreshToken, byAccessToken, byCLI:
		return true
	}
	return false
}
