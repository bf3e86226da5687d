// SPDX-License-Identifier: MPL-2.0

package subscription

import "github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"

func transitionErrors(found []partnercenter.TransitionError) []string {
	var texts []string
	for _, e := range found {
		texts = append(texts, e.String())
	}
	return texts
}
