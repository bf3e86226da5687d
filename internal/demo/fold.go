// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// shortened passes the output of a CLI on, line by line, and leaves out what a reader skips anyway: the legend of a plan, attributes that
// are known after apply, and those of a resource that is destroyed. Below each resource it says how many it left out.
type shortened struct {
	out io.Writer

	unfinished []byte
	inLegend   bool
	resource   bool     // between the braces of a resource
	destroyed  bool     // which is to be destroyed
	attribute  []string // lines of the attribute that is being read
	hidden     int
	blank      bool // a blank line waits for a line to follow it
	started    bool
}

var (
	colourCode  = regexp.MustCompile("\x1b\\[[0-9;]*m")
	legendStart = regexp.MustCompile(`^(Terraform|OpenTofu) used the selected providers`)
	legendEnd   = regexp.MustCompile(`will perform the following actions:$`)

	resourceStart  = regexp.MustCompile(`^  ([-+~/]+) resource "`)
	attributeStart = regexp.MustCompile(`^ {6}[-+~] ([a-z_0-9]+) `)
	attributeOpen  = regexp.MustCompile(`[\[{(]$`)
	attributeEnd   = regexp.MustCompile(`^ {8}[\]})]`)
	knownLater     = regexp.MustCompile(`\(known after apply\)$`)
)

// telling is what a reader wants to see of a resource that is destroyed.
var telling = []string{"friendly_name", "quantity", "deletion_policy"}

func (f *shortened) Write(p []byte) (int, error) {
	f.unfinished = append(f.unfinished, p...)
	for {
		line, rest, complete := bytes.Cut(f.unfinished, []byte("\n"))
		if !complete {
			return len(p), nil
		}
		f.unfinished = rest
		if err := f.line(strings.TrimSuffix(string(line), "\r")); err != nil {
			return 0, err
		}
	}
}

// Close passes on a last line that has no end.
func (f *shortened) Close() error {
	if len(f.unfinished) == 0 {
		return nil
	}
	return f.line(string(f.unfinished))
}

func (f *shortened) line(text string) error {
	plain := colourCode.ReplaceAllString(text, "")
	switch {
	case f.inLegend, legendStart.MatchString(plain):
		f.inLegend = !legendEnd.MatchString(plain)
		return nil
	case f.resource:
		return f.inResource(text, plain)
	}
	if start := resourceStart.FindStringSubmatch(plain); start != nil {
		f.resource, f.destroyed, f.hidden = true, start[1] == "-", 0
	}
	return f.print(text)
}

func (f *shortened) inResource(text, plain string) error {
	switch {
	case len(f.attribute) > 0:
		f.attribute = append(f.attribute, text)
		if attributeEnd.MatchString(plain) {
			return f.decide(plain)
		}
		return nil
	case attributeStart.MatchString(plain):
		f.attribute = []string{text}
		if attributeOpen.MatchString(plain) {
			return nil
		}
		return f.decide(plain)
	case strings.TrimRight(plain, " ") == "    }":
		f.resource = false
		if f.hidden > 0 {
			if err := f.print("        # (" + f.left() + ")"); err != nil {
				return err
			}
		}
	}
	return f.print(text)
}

func (f *shortened) left() string {
	noun := "attributes"
	if f.hidden == 1 {
		noun = "attribute"
	}
	if f.destroyed {
		return fmt.Sprintf("%d more %s", f.hidden, noun)
	}
	return fmt.Sprintf("%d %s known after apply", f.hidden, noun)
}

// decide prints or hides the attribute that ends with the line.
func (f *shortened) decide(last string) error {
	name := attributeStart.FindStringSubmatch(colourCode.ReplaceAllString(f.attribute[0], ""))[1]
	lines := f.attribute
	f.attribute = nil
	if f.destroyed && !slices.Contains(telling, name) || knownLater.MatchString(last) {
		f.hidden++
		return nil
	}
	for _, line := range lines {
		if err := f.print(line); err != nil {
			return err
		}
	}
	return nil
}

// print writes the line, and for any number of blank lines before it one; none at the beginning.
func (f *shortened) print(line string) error {
	if strings.TrimSpace(colourCode.ReplaceAllString(line, "")) == "" {
		f.blank = f.started
		return nil
	}
	if f.blank {
		if _, err := io.WriteString(f.out, "\n"); err != nil {
			return err
		}
	}
	f.blank, f.started = false, true
	_, err := io.WriteString(f.out, "  "+line+"\n")
	return err
}
