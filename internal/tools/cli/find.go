// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
)

const (
	// oldestMinor is the oldest supported minor version of Terraform 1 and OpenTofu 1: the first with provider functions.
	oldestMinor = 8
	// installVersion is what is installed where no CLI is found: new enough for list resources and actions.
	installVersion = "1.14.8"
	openTofu       = "OpenTofu"
)

// versionLine is the first line that both CLIs print; warnings about their configuration may stand before it.
var versionLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v((\d+)\.(\d+)\.\S+)`)

type cli struct{ path, product string }

// finder holds what find asks of the machine.
type finder struct {
	chosen  string // the user's choice, used or refused but never replaced
	look    func(name string) (string, error)
	version func(path string) (string, error)
	bin     string // where a missing CLI is installed
	install func(directory string) error
}

// find returns the CLI to use; its error says all that was tried.
func find(f *finder) (cli, error) {
	if f.chosen != "" {
		path, err := f.look(f.chosen)
		if err != nil {
			return cli{}, err
		}
		return f.check(path)
	}
	var tried []error
	for _, name := range []string{"terraform", "tofu"} {
		path, err := f.look(name)
		if err != nil {
			tried = append(tried, err)
			continue
		}
		found, err := f.check(path)
		if err == nil {
			return found, nil
		}
		tried = append(tried, err)
	}
	found, err := f.installed()
	if err == nil {
		return found, nil
	}
	return cli{}, fmt.Errorf("this needs Terraform or OpenTofu 1.%d or newer, and found neither:\n%w\n"+
		"Install one of them on PATH, or name one in %s: https://developer.hashicorp.com/terraform/install, https://opentofu.org/docs/intro/install",
		oldestMinor, errors.Join(append(tried, err)...), pathVariable)
}

// installed returns the CLI of an earlier installation, or of a new one.
func (f *finder) installed() (cli, error) {
	path := filepath.Join(f.bin, installedName())
	if found, err := f.check(path); err == nil {
		return found, nil
	}
	if err := f.install(f.bin); err != nil {
		return cli{}, fmt.Errorf("installing Terraform %s into %s: %w", installVersion, f.bin, err)
	}
	return f.check(path)
}

func installedName() string {
	if runtime.GOOS == "windows" {
		return "terraform.exe"
	}
	return "terraform"
}

// check returns the CLI at the path if it is new enough. The path becomes absolute, because tests run in the folder of their package.
func (f *finder) check(path string) (cli, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return cli{}, err
	}
	output, err := f.version(path)
	if err != nil {
		return cli{}, err
	}
	match := versionLine.FindStringSubmatch(output)
	if match == nil {
		return cli{}, fmt.Errorf("%s is neither Terraform nor OpenTofu", path)
	}
	product, version := match[1], match[2]
	major, _ := strconv.Atoi(match[3]) // digits, by the expression
	minor, _ := strconv.Atoi(match[4])
	if major < 1 || major == 1 && minor < oldestMinor {
		return cli{}, fmt.Errorf("%s is %s %s, older than 1.%d", path, product, version, oldestMinor)
	}
	return cli{path: path, product: product}, nil
}
