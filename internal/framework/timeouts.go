// SPDX-License-Identifier: MPL-2.0

package framework

import "time"

// Default timeouts. A purchase may wait for lists that lag by a quarter of an hour.
const (
	CreateTimeout = 30 * time.Minute
	UpdateTimeout = 20 * time.Minute
	DeleteTimeout = 20 * time.Minute
	ReadTimeout   = 5 * time.Minute
)
