// SPDX-License-Identifier: MPL-2.0

package partnercenter

// Credentials are the settings that sign in to Partner Center.
type Credentials struct {
	// TenantID is the partner's Entra tenant, ClientID the application registered there.
	TenantID, ClientID string
	// ClientSecret signs the application in; with RefreshToken it proves the application.
	ClientSecret string
	// ClientCertificatePath is a PEM or PKCS #12 file, ClientCertificate the same in base64; ClientCertificatePassword opens PKCS #12.
	ClientCertificatePath, ClientCertificate, ClientCertificatePassword string
	// UseOIDC signs in with a token of another identity provider: OIDCToken, else the one in OIDCTokenFilePath,
	// else one asked for at OIDCRequestURL with OIDCRequestToken (GitHub, or Azure DevOps with OIDCServiceConnectionID).
	UseOIDC                                                   bool
	OIDCToken, OIDCTokenFilePath                              string
	OIDCRequestURL, OIDCRequestToken, OIDCServiceConnectionID string
	// UseMSI signs in as the managed identity of the machine; ClientID picks a user-assigned one.
	UseMSI bool
	// UseCLI signs in as whoever is signed in to the Azure CLI.
	UseCLI bool
	// RefreshToken signs in as a user and an application (Secure Application Model).
	RefreshToken string
	// AccessToken is used as it is and cannot be renewed.
	AccessToken string
}
