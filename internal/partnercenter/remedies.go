// SPDX-License-Identifier: MPL-2.0

package partnercenter

// Remedy says in one or two sentences what to do about an error, or "".
func Remedy(err error) string { return "" }
