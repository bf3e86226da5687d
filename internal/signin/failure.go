// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"errors"
	"regexp"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

var entraCode = regexp.MustCompile(`AADSTS\d+`)

// failure explains a failed sign-in by the latest answer, which libraries wrap beyond recognition.
func (s *signIn) failure(via *recorder, err error) *Error {
	e := &Error{Setting: s.setting(), Description: wire.OneLine(err.Error()), Temporary: via.mayPass(), Err: wire.WithoutURL(via.err)}
	if setting, ok := errors.AsType[settingError](err); ok {
		e.Setting = setting.setting
		e.Description = wire.OneLine(setting.err.Error())
		return e
	}
	if via.err != nil {
		e.Description = wire.OneLine("the sign-in service cannot be reached: " + e.Err.Error())
		if s.method != byMSI { // whose service is the machine's own
			e.Setting = "authority_host"
		}
	} else if said := wire.ReadFault(via.body); via.status >= 400 && said.Description != "" {
		e.Description = said.Description
	}
	e.Code = entraCode.FindString(e.Description)
	if known, ok := Remedies[e.Code]; ok && known.Setting != "" {
		e.Setting = known.Setting
	}
	return e
}

// setting is the attribute that the method's credential comes from.
func (s *signIn) setting() string {
	if s.method == byCertificate && s.credentials.ClientCertificatePath != "" {
		return "client_certificate_path"
	}
	return string(s.method)
}
