// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"net/url"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// Credentials are the settings that sign in to Partner Center, each named as the provider's attribute in camel case.
//
// Exactly one way to sign in must be set: AccessToken, RefreshToken, ClientSecret, a client certificate, UseOIDC, UseMSI or UseCLI.
// Two of them are refused instead of ranked, because a run that buys must not do so as somebody unexpected. One pair belongs together:
// with RefreshToken, ClientSecret or the certificate proves the application. OIDCToken and OIDCTokenFilePath come before
// OIDCRequestURL, which build systems set by themselves; without UseOIDC they mean nothing.
type Credentials struct {
	// TenantID is the partner's Entra tenant, ClientID the application registered there.
	TenantID, ClientID string
	// ClientSecret signs the application in.
	ClientSecret wire.Secret
	// ClientCertificatePath is a PEM or PKCS #12 file with certificate and key.
	ClientCertificatePath string
	// ClientCertificate is the content of such a file in base64.
	ClientCertificate wire.Secret
	// ClientCertificatePassword opens a PKCS #12 certificate.
	ClientCertificatePassword wire.Secret
	// UseOIDC signs the application in with a token of another identity provider.
	UseOIDC bool
	// OIDCToken is that token.
	OIDCToken wire.Secret
	// OIDCTokenFilePath is a file with that token, read anew for each sign-in.
	OIDCTokenFilePath string
	// OIDCRequestURL is where a job of GitHub Actions or Azure DevOps asks for that token.
	OIDCRequestURL string
	// OIDCRequestToken is what it is asked with.
	OIDCRequestToken wire.Secret
	// OIDCServiceConnectionID is the service connection of Azure DevOps; it makes OIDCRequestURL that of Azure DevOps.
	OIDCServiceConnectionID string
	// UseMSI signs in as the managed identity of the machine; ClientID picks a user-assigned one.
	UseMSI bool
	// UseCLI signs in as whoever is signed in to the Azure CLI; TenantID picks the tenant.
	UseCLI bool
	// RefreshToken signs in as a user together with the application (Secure Application Model, App+User).
	RefreshToken wire.Secret
	// AccessToken is used as it is and cannot be renewed.
	AccessToken wire.Secret
}

// method is a way to sign in; its text is the setting that chooses it.
type method string

const (
	byAccessToken  method = "access_token"
	byRefreshToken method = "refresh_token"
	bySecret       method = "client_secret"
	byCertificate  method = "client_certificate"
	byOIDC         method = "use_oidc"
	byMSI          method = "use_msi"
	byCLI          method = "use_cli"
)

// choice is a setting that chooses a method.
type choice struct {
	method  method
	setting string
}

// chosen lists the settings that choose a way to sign in.
func (c Credentials) chosen() []choice {
	var all []choice
	add := func(set bool, m method, setting string) {
		if set {
			all = append(all, choice{m, setting})
		}
	}
	add(c.AccessToken != "", byAccessToken, "access_token")
	add(c.RefreshToken != "", byRefreshToken, "refresh_token")
	add(c.ClientSecret != "", bySecret, "client_secret")
	add(c.ClientCertificatePath != "", byCertificate, "client_certificate_path")
	add(c.ClientCertificate != "", byCertificate, "client_certificate")
	add(c.UseOIDC, byOIDC, "use_oidc")
	add(c.UseMSI, byMSI, "use_msi")
	add(c.UseCLI, byCLI, "use_cli")
	return all
}

// method picks the one way to sign in.
func (c Credentials) method() (method, *option.Error) {
	all := c.chosen()
	if len(all) == 0 {
		return "", c.nothingChosen()
	}
	first := all[0]
	for _, other := range all[1:] {
		if first.method == byRefreshToken && (other.method == bySecret || other.method == byCertificate) {
			continue
		}
		return "", contradiction(first.setting, other.setting)
	}
	if first.method == byRefreshToken && len(all) > 2 {
		return "", contradiction(all[1].setting, all[2].setting)
	}
	return first.method, c.check(first.method)
}

func contradiction(one, other string) *option.Error {
	return option.Errorf(one, "%s and %s are both set, in the configuration or in the environment. "+
		"They would sign in differently, so that it is unclear who acts: keep one of them.", one, other)
}

func (c Credentials) nothingChosen() *option.Error {
	if c.OIDCToken != "" || c.OIDCTokenFilePath != "" {
		return option.Errorf("use_oidc", "An OIDC token is configured, but use_oidc is not true.")
	}
	return option.Errorf("", "No way to sign in is configured. Set client_secret, client_certificate_path, client_certificate or use_oidc "+
		"(with tenant_id and client_id) to sign in as an application, refresh_token to sign in as a user as well, "+
		"or use_msi, use_cli or access_token.")
}

// trimmed drops the line ends that tokens bring along from files and commands.
func (c Credentials) trimmed() Credentials {
	for _, text := range []*string{&c.TenantID, &c.ClientID, &c.OIDCRequestURL} {
		*text = strings.TrimSpace(*text)
	}
	for _, secret := range []*wire.Secret{&c.RefreshToken, &c.AccessToken, &c.OIDCToken, &c.OIDCRequestToken} {
		*secret = wire.Secret(strings.TrimSpace(secret.Reveal()))
	}
	c.AccessToken = wire.Secret(strings.TrimPrefix(c.AccessToken.Reveal(), "Bearer "))
	return c
}

// check looks for what the chosen method needs besides.
func (c Credentials) check(m method) *option.Error {
	switch m {
	case byAccessToken, byMSI, byCLI:
		return nil
	}
	if c.TenantID == "" {
		return option.Errorf("tenant_id", "It is needed to sign in with %s: the ID or a domain of the partner's Entra tenant.", m)
	}
	if strings.ContainsAny(c.TenantID, "/?#% \t\r\n") {
		return option.Errorf("tenant_id", "%q is neither the ID nor a domain of a tenant.", c.TenantID)
	}
	if c.ClientID == "" {
		return option.Errorf("client_id", "It is needed to sign in with %s: the ID of the application registered in the partner's tenant.", m)
	}
	if m == byOIDC {
		return c.checkOIDC()
	}
	return nil
}

func (c Credentials) checkOIDC() *option.Error {
	switch {
	case c.OIDCToken != "" && c.OIDCTokenFilePath != "":
		return contradiction("oidc_token", "oidc_token_file_path")
	case c.OIDCToken != "" || c.OIDCTokenFilePath != "":
		return nil
	case c.OIDCRequestURL == "":
		return option.Errorf("use_oidc", "None of oidc_token, oidc_token_file_path and oidc_request_url is set. "+
			"In GitHub Actions the job needs the permission id-token: write.")
	case c.OIDCRequestToken == "":
		return option.Errorf("oidc_request_token", "oidc_request_url is set, so this is needed too.")
	}
	_, err := addressWithQuery("oidc_request_url", c.OIDCRequestURL)
	return err
}

// addressWithQuery checks an address that a token is sent to, and that may have a query.
func addressWithQuery(setting, text string) (*url.URL, *option.Error) {
	address, query, _ := strings.Cut(text, "?")
	checked, invalid := option.Address(setting, address)
	if invalid != nil {
		return nil, invalid
	}
	at, err := url.Parse(checked + "?" + query)
	if err != nil {
		return nil, option.Errorf(setting, "It is not an address such as https://host[:port].")
	}
	return at, nil
}
