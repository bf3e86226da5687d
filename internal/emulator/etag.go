// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

func encodeETag(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// etag is the opaque version text of legacy subscriptions, and of all when the knob says so.
func (r *call) etag(sub *world.Subscription) (text string, present bool) {
	switch {
	case sub.Family == world.FamilyLegacy || r.behaviour.ETags == world.ETagReal:
		return encodeETag(fmt.Sprintf(`{"id":%q,"version":%d}`, sub.ID, sub.Version)), true
	case sub.Family == world.FamilySaaS:
		return "", true
	}
	return "", false
}

func (d document) attributesETag() string {
	var attributes struct{ ETag string }
	if d.read("attributes", &attributes) != nil {
		return ""
	}
	return attributes.ETag
}

// staleETag compares If-Match, or else the etag inside the body, where the subscription has a real one.
func (r *call) staleETag(sub *world.Subscription, sent document, ifMatch string) bool {
	current, _ := r.etag(sub)
	if current == "" {
		return false
	}
	given := strings.Trim(ifMatch, `"`)
	if given == "" {
		given = sent.attributesETag()
	}
	return given != "" && given != current
}
