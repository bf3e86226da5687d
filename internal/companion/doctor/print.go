// SPDX-License-Identifier: MPL-2.0

package doctor

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Text writes a line for each finding, and one below it where there is something to do.
func (r Report) Text(w io.Writer) error {
	for _, f := range r.Findings {
		if _, err := fmt.Fprintf(w, "%-9s  %-26s  %s\n", f.State, f.ID, escape.Message(f.Says)); err != nil {
			return err
		}
		if f.Remedy == "" {
			continue
		}
		if _, err := fmt.Fprintf(w, "%-9s  %-26s  Do: %s\n", "", "", escape.Message(f.Remedy)); err != nil {
			return err
		}
	}
	return nil
}

// JSON writes the same for programs.
func (r Report) JSON(w io.Writer) error {
	encoded, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(escape.JSON(encoded), '\n'))
	return err
}
