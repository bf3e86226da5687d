// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"os"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/golang-jwt/jwt/v5"
	"github.com/hashicorp/go-uuid"
	"software.sslmate.com/src/go-pkcs12"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// certificate is a client certificate with its key, the leaf first.
type certificate struct {
	chain []*x509.Certificate
	key   crypto.PrivateKey
}

// loadCertificate reads the configured certificate, or returns nil where there is none.
func (c Credentials) loadCertificate(now time.Time) (*certificate, *option.Error) {
	setting, data, err := c.certificateData()
	if err != nil || data == nil {
		return nil, err
	}
	loaded, err := parseCertificate(setting, data, c.ClientCertificatePassword.Reveal())
	if err != nil {
		return nil, err
	}
	if end := loaded.chain[0].NotAfter; now.After(end) {
		return nil, option.Errorf(setting, "The certificate expired on %s. Register a new one with the application and use it here.", end.UTC().Format(time.RFC3339))
	}
	return loaded, nil
}

func (c Credentials) certificateData() (setting string, data []byte, invalid *option.Error) {
	switch {
	case c.ClientCertificatePath != "":
		data, err := os.ReadFile(c.ClientCertificatePath)
		if err != nil {
			return "", nil, option.Errorf("client_certificate_path", "The file cannot be read: %s.", err)
		}
		return "client_certificate_path", data, nil
	case c.ClientCertificate != "":
		data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(c.ClientCertificate.Reveal()), ""))
		if err != nil {
			return "", nil, option.Errorf("client_certificate", "It is not base64 of a PEM or PKCS #12 file.")
		}
		return "client_certificate", data, nil
	}
	return "", nil, nil
}

// parseCertificate reads PEM, and PKCS #12 in the old and new encryptions.
func parseCertificate(setting string, data []byte, password string) (*certificate, *option.Error) {
	if bytes.Contains(data, []byte("-----BEGIN")) {
		chain, key, err := azidentity.ParseCertificates(data, nil)
		if err != nil {
			return nil, option.Errorf(setting, "It needs a certificate and its unencrypted private key in PEM: %s.", err)
		}
		return &certificate{chain: chain, key: key}, nil
	}
	key, leaf, others, err := pkcs12.DecodeChain(data, password)
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword):
		return nil, option.Errorf("client_certificate_password", "It does not open the PKCS #12 certificate.")
	case err != nil:
		return nil, option.Errorf(setting, "It is neither PEM nor PKCS #12 with a certificate and its private key: %s.", err)
	}
	return &certificate{chain: append([]*x509.Certificate{leaf}, others...), key: key}, nil
}

// assertion proves the application to Entra beside a refresh token
// (https://learn.microsoft.com/entra/identity-platform/certificate-credentials).
func (c *certificate) assertion(clientID, audience string) (string, error) {
	key, ok := c.key.(*rsa.PrivateKey)
	if !ok {
		return "", errors.New("the key of the certificate is not RSA, as Entra wants it")
	}
	id, err := uuid.GenerateUUID()
	if err != nil {
		return "", err
	}
	now := time.Now()
	token := jwt.NewWithClaims(jwt.SigningMethodPS256, jwt.RegisteredClaims{
		Audience: jwt.ClaimStrings{audience}, Issuer: clientID, Subject: clientID, ID: id,
		NotBefore: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(10 * time.Minute)),
	})
	thumbprint := sha256.Sum256(c.chain[0].Raw)
	token.Header["x5t#S256"] = base64.RawURLEncoding.EncodeToString(thumbprint[:])
	signed, err := token.SignedString(key)
	wire.Hide(signed)
	return signed, err
}
