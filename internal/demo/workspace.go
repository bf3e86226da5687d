// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// providerVersion is what the mirror calls the build; no release is asked for, so any will do.
const providerVersion = "0.1.0"

// workspace is a temporary folder with a provider mirror, the CLI's configuration and a copy of examples/demo.
type workspace struct{ folder string }

// prepare builds the provider and fills the workspace; the caller removes it.
func prepare(ctx context.Context) (*workspace, error) {
	root, err := moduleRoot(ctx)
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "partnercenter-demo-")
	if err != nil {
		return nil, err
	}
	w := &workspace{folder}
	for _, step := range []func() error{
		func() error { return w.buildProvider(ctx, root) },
		w.configureCLI,
		func() error { return os.CopyFS(folder, os.DirFS(filepath.Join(root, "examples", "demo"))) },
	} {
		if err := step(); err != nil {
			w.remove()
			return nil, err
		}
	}
	return w, nil
}

func (w *workspace) remove() {
	if err := os.RemoveAll(w.folder); err != nil {
		fmt.Fprintln(os.Stderr, "demo: cannot remove its temporary folder:", err)
	}
}

func (w *workspace) path(parts ...string) string {
	return filepath.Join(append([]string{w.folder}, parts...)...)
}

// moduleRoot is the top folder of the project, from wherever in it the demo is started.
func moduleRoot(ctx context.Context) (string, error) {
	output, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("looking for the project's folder: %w", err)
	}
	root := strings.TrimSpace(string(output))
	if root == "" {
		return "", errors.New("start it inside the project's folder: it builds the provider first")
	}
	return root, nil
}

// buildProvider puts the provider where `init` finds it without a registry: Terraform and OpenTofu look under their own hosts.
func (w *workspace) buildProvider(ctx context.Context, root string) error {
	const name = "terraform-provider-partnercenter"
	suffix := ""
	if runtime.GOOS == "windows" {
		suffix = ".exe"
	}
	built := w.path(name + suffix)
	var output bytes.Buffer
	build := program(ctx, "go", "build", "-o", built, ".")
	build.Dir, build.Stdout, build.Stderr = root, &output, &output
	if err := run(ctx, build); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, output.String())
	}
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		to := w.path("mirror", host, "partnercenter-community", "partnercenter", providerVersion, runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(to, 0o700); err != nil {
			return err
		}
		if err := os.Link(built, filepath.Join(to, name+"_v"+providerVersion+suffix)); err != nil {
			return err
		}
	}
	return nil
}

func (w *workspace) configureCLI() error {
	configuration := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.ToSlash(w.path("mirror")))
	return os.WriteFile(w.path("cli.tfrc"), []byte(configuration), 0o600)
}

// read returns what stands in a file of the workspace.
func (w *workspace) read(path string) (string, error) {
	content, err := os.ReadFile(w.path(path))
	return string(content), err
}

// edit gives an attribute another value, in a file that sets it once, and returns its line before and after.
func (w *workspace) edit(path, attribute, value string) (before, after string, err error) {
	content, err := w.read(path)
	if err != nil {
		return "", "", err
	}
	line := regexp.MustCompile(`(?m)^( *` + attribute + ` *= )(.*)$`)
	found := line.FindAllString(content, -1)
	if len(found) != 1 {
		return "", "", fmt.Errorf("%s sets %s %d times instead of once", path, attribute, len(found))
	}
	changed := line.ReplaceAllString(content, "${1}"+value)
	return found[0], line.FindString(changed), os.WriteFile(w.path(path), []byte(changed), 0o600)
}
