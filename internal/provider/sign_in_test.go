// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// withEnvironment sets these variables and no others that the provider reads.
func withEnvironment(t *testing.T, set map[string]string) {
	t.Helper()
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		for _, prefix := range []string{"PARTNERCENTER_", "ARM_", "ACTIONS_ID_TOKEN_", "SYSTEM_", "AZURESUBSCRIPTION_"} {
			if strings.HasPrefix(name, prefix) {
				t.Setenv(name, "")
			}
		}
	}
	for name, value := range set {
		t.Setenv(name, value)
	}
}

func TestCredentials(t *testing.T) {
	type (
		block       = providerModel
		environment = map[string]string
		want        = signin.Credentials
	)
	text, yes, no := types.StringValue, types.BoolValue(true), types.BoolValue(false)
	for name, test := range map[string]struct {
		block       block
		environment environment
		want        want
	}{
		"nothing": {},
		"only the environment": {
			block{}, environment{"ARM_TENANT_ID": "t", "ARM_CLIENT_ID": "c", "ARM_USE_OIDC": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "u", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "r"},
			want{TenantID: "t", ClientID: "c", UseOIDC: true, OIDCRequestURL: "u", OIDCRequestToken: "r"},
		},
		"a way in the block, another of another provider": {
			block{ClientSecret: text("s")}, environment{"ARM_TENANT_ID": "t", "ARM_USE_OIDC": "true", "ARM_USE_CLI": "maybe", "ARM_CLIENT_CERTIFICATE": "x"},
			want{TenantID: "t", ClientSecret: "s"},
		},
		"a way in the block, others in this provider's variables": {
			block{UseMSI: yes}, environment{"PARTNERCENTER_CLIENT_SECRET": "s", "PARTNERCENTER_REFRESH_TOKEN": "r", "PARTNERCENTER_ACCESS_TOKEN": "a"},
			want{UseMSI: true},
		},
		"a way in the block that the environment completes": {
			block{UseOIDC: yes, ClientID: text("mine")}, environment{"ARM_TENANT_ID": "t", "ARM_CLIENT_ID": "c", "ARM_OIDC_TOKEN": "o", "ARM_CLIENT_SECRET": "s"},
			want{TenantID: "t", ClientID: "mine", UseOIDC: true, OIDCToken: "o"},
		},
		"this provider's variables before the shared ones": {
			block{}, environment{"PARTNERCENTER_CLIENT_SECRET": "s", "ARM_USE_OIDC": "true", "ARM_CLIENT_CERTIFICATE_PATH": "p"},
			want{ClientSecret: "s"},
		},
		"two ways of one source stay two": {
			block{UseOIDC: yes, ClientSecret: text("s")}, environment{"ARM_USE_CLI": "true"}, want{UseOIDC: true, ClientSecret: "s"},
		},
		"two ways in shared variables stay two": {
			block{}, environment{"ARM_USE_OIDC": "true", "ARM_CLIENT_SECRET": "s"}, want{UseOIDC: true, ClientSecret: "s"},
		},
		"a way that the block turns off": {
			block{UseOIDC: no}, environment{"ARM_USE_OIDC": "true", "ARM_CLIENT_SECRET": "s"}, want{ClientSecret: "s"},
		},
		"a refresh token, and its proof from elsewhere": {
			block{RefreshToken: text("r")}, environment{"ARM_CLIENT_SECRET": "s", "ARM_USE_OIDC": "true"}, want{RefreshToken: "r", ClientSecret: "s"},
		},
		"a refresh token in a variable, and a shared proof": {
			block{}, environment{"PARTNERCENTER_REFRESH_TOKEN": "r", "ARM_CLIENT_CERTIFICATE_PATH": "p"}, want{RefreshToken: "r", ClientCertificatePath: "p"},
		},
		"a refresh token with its own proof": {
			block{RefreshToken: text("r"), ClientCertificate: text("x")}, environment{"ARM_CLIENT_SECRET": "s"}, want{RefreshToken: "r", ClientCertificate: "x"},
		},
		"proofs of this provider before shared ones": {
			block{RefreshToken: text("r")}, environment{"PARTNERCENTER_CLIENT_CERTIFICATE": "x", "ARM_CLIENT_SECRET": "s"}, want{RefreshToken: "r", ClientCertificate: "x"},
		},
		"a proof in the block is a way of its own": {
			block{ClientSecret: text("s")}, environment{"PARTNERCENTER_REFRESH_TOKEN": "r"}, want{ClientSecret: "s"},
		},
		"a password for the block's certificate": {
			block{ClientCertificatePath: text("p")}, environment{"ARM_CLIENT_CERTIFICATE_PASSWORD": "w", "ARM_CLIENT_CERTIFICATE": "x"},
			want{ClientCertificatePath: "p", ClientCertificatePassword: "w"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			withEnvironment(t, test.environment)
			var diags diag.Diagnostics
			_, signIn, _ := test.block.read("", "", &diags)
			if got := signIn.Credentials; got != test.want || diags.HasError() {
				t.Errorf("got  %+v\nwant %+v\n%v", got, test.want, diags)
			}
		})
	}
}

func TestCredentials_wrong(t *testing.T) {
	withEnvironment(t, map[string]string{"ARM_USE_OIDC": "maybe"})
	unknown := providerModel{ClientSecret: types.StringUnknown()}
	for name, model := range map[string]providerModel{"a variable that counts": {}, "an unknown value": unknown} {
		var diags diag.Diagnostics
		model.read("", "", &diags)
		if diags.ErrorsCount() == 0 {
			t.Errorf("%s is accepted", name)
		}
	}
	if _, err := signin.New(signin.Options{Credentials: signin.Credentials{UseOIDC: true, ClientSecret: "s"}}); err == nil {
		t.Error("two ways to sign in are accepted")
	}
}
