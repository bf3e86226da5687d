// SPDX-License-Identifier: MPL-2.0

package signin

import "github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"

// hideSecrets keeps what proves somebody out of every message and log, should anybody repeat it. What is got later is hidden when it comes.
func hideSecrets(c Credentials) {
	for _, value := range []wire.Secret{
		c.ClientSecret, c.ClientCertificate, c.ClientCertificatePassword, c.OIDCToken, c.OIDCRequestToken, c.RefreshToken, c.AccessToken,
	} {
		wire.Hide(value.Reveal())
	}
}
