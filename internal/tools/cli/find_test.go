// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	directory, bin := t.TempDir(), t.TempDir()
	terraform, tofu, chosen := filepath.Join(directory, "terraform"), filepath.Join(directory, "tofu"), filepath.Join(directory, "mine")
	installed := filepath.Join(bin, installedName())

	for name, tt := range map[string]struct {
		chosen     string
		versions   map[string]string // by path: what `version` prints
		installs   string            // the version an installation brings, empty when it fails
		want       cli
		wantErrors []string
	}{
		"terraform comes before tofu": {
			versions: map[string]string{terraform: "Terraform v1.11.4\non linux_amd64\n", tofu: "OpenTofu v1.10.0\n"},
			want:     cli{terraform, "Terraform"},
		},
		"an old terraform gives way to tofu": {
			versions: map[string]string{terraform: "Terraform v1.5.7\n", tofu: "OpenTofu v1.8.0\n"},
			want:     cli{tofu, openTofu},
		},
		"a warning stands before the version": {
			versions: map[string]string{terraform: "Warning: no configuration file\n\nTerraform v1.15.0-rc1\n"},
			want:     cli{terraform, "Terraform"},
		},
		"the user's choice wins": {
			chosen:   chosen,
			versions: map[string]string{chosen: "OpenTofu v1.9.0\n", terraform: "Terraform v1.11.4\n"},
			want:     cli{chosen, openTofu},
		},
		"the user's choice is not replaced when it is too old": {
			chosen:     chosen,
			versions:   map[string]string{chosen: "Terraform v1.7.5\n", terraform: "Terraform v1.11.4\n"},
			wantErrors: []string{"mine is Terraform 1.7.5, older than 1.8"},
		},
		"an earlier installation is used again": {
			versions: map[string]string{installed: "Terraform v1.14.8\n"},
			want:     cli{installed, "Terraform"},
		},
		"nothing on PATH is installed": {
			installs: "Terraform v1.14.8\n",
			want:     cli{installed, "Terraform"},
		},
		"everything that was tried is told": {
			versions: map[string]string{terraform: "Terraform v0.12.31\n", tofu: "a script\n"},
			wantErrors: []string{
				"older than 1.8", "tofu is neither Terraform nor OpenTofu", "no route to host", "TF_ACC_TERRAFORM_PATH",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			versions := map[string]string{}
			maps.Copy(versions, tt.versions)
			got, err := find(&finder{
				chosen: tt.chosen,
				look: func(name string) (string, error) {
					path := name
					if !filepath.IsAbs(name) {
						path = filepath.Join(directory, name)
					}
					if _, ok := versions[path]; !ok {
						return "", exec.ErrNotFound
					}
					return path, nil
				},
				version: func(path string) (string, error) {
					output, ok := versions[path]
					if !ok {
						return "", exec.ErrNotFound
					}
					return output, nil
				},
				bin: bin,
				install: func(string) error {
					if tt.installs == "" {
						return errors.New("no route to host")
					}
					versions[installed] = tt.installs
					return nil
				},
			})
			if got != tt.want {
				t.Errorf("find() = %+v, want %+v", got, tt.want)
			}
			if (err != nil) != (len(tt.wantErrors) > 0) {
				t.Errorf("find() error = %v, want it to contain %q", err, tt.wantErrors)
			}
			for _, want := range tt.wantErrors {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("find() error = %v, want it to contain %q", err, want)
				}
			}
		})
	}
}

func TestEnvironment(t *testing.T) {
	set := func(string) string { return "" }
	got := strings.Join(cli{"/usr/bin/tofu", openTofu}.environment(set), " ")
	want := "TF_ACC_TERRAFORM_PATH=/usr/bin/tofu TF_CLI_CONFIG_FILE=" + os.DevNull + " CHECKPOINT_DISABLE=1 " +
		"TF_ACC_PROVIDER_NAMESPACE=partnercenter-community TF_ACC_PROVIDER_HOST=registry.opentofu.org"
	if got != want {
		t.Errorf("environment() = %q, want %q", got, want)
	}

	set = func(name string) string { return map[string]string{"TF_ACC_PROVIDER_NAMESPACE": "fork"}[name] }
	got = strings.Join(cli{"/usr/bin/terraform", "Terraform"}.environment(set), " ")
	want = "TF_ACC_TERRAFORM_PATH=/usr/bin/terraform TF_CLI_CONFIG_FILE=" + os.DevNull + " CHECKPOINT_DISABLE=1"
	if got != want {
		t.Errorf("environment() = %q, want %q", got, want)
	}
}
