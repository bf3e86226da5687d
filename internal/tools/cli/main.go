// SPDX-License-Identifier: MPL-2.0

// Command cli runs another command with a Terraform or OpenTofu that this project supports:
//
//	go run ./internal/tools/cli go test ./...
//
// It takes TF_ACC_TERRAFORM_PATH, or else terraform or tofu on PATH, or else installs Terraform below .ci/bin, and hands its choice on in
// the variables that terraform-plugin-testing and the demo read. Without a command it prints the path of the CLI.
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

const (
	pathVariable = "TF_ACC_TERRAFORM_PATH"
	namespace    = "partnercenter-community"
	tofuHost     = "registry.opentofu.org"
)

func main() {
	log.SetFlags(0)
	found, err := find(&finder{
		chosen:  os.Getenv(pathVariable),
		look:    exec.LookPath,
		version: runVersion,
		bin:     filepath.Join(".ci", "bin"),
		install: runInstall,
	})
	if err != nil {
		log.Fatal(err)
	}
	if len(os.Args) < 2 {
		fmt.Println(found.path)
		return
	}
	os.Exit(run(os.Args[1:], append(os.Environ(), found.environment(os.Getenv)...)))
}

// environment lists what tells terraform-plugin-testing which CLI runs and under which address it knows the provider; what is already
// set stays. The CLI configuration of whoever runs this is left out: a dev_overrides in it would test another build.
func (c cli) environment(getenv func(string) string) []string {
	variables := []struct{ name, value string }{
		{"CHECKPOINT_DISABLE", "1"}, // no question for newer versions over the network
		{"TF_ACC_PROVIDER_NAMESPACE", namespace},
	}
	if c.product == openTofu {
		variables = append(variables, struct{ name, value string }{"TF_ACC_PROVIDER_HOST", tofuHost})
	}
	added := []string{pathVariable + "=" + c.path, "TF_CLI_CONFIG_FILE=" + os.DevNull}
	for _, v := range variables {
		if getenv(v.name) == "" {
			added = append(added, v.name+"="+v.value)
		}
	}
	return added
}

// runVersion returns what the CLI prints about its version.
func runVersion(path string) (string, error) {
	cmd := exec.Command(path, "version")
	cmd.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1")
	output, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("running %q: %w", path+" version", err)
	}
	return string(output), nil
}

// runInstall downloads Terraform, verified against HashiCorp's signature, and puts it into the directory.
func runInstall(directory string) error {
	if err := os.MkdirAll(directory, 0o750); err != nil {
		return err
	}
	cmd := exec.Command("go", "tool", "-modfile=.ci/tools.mod", "hc-install", "install", "-version", installVersion, "-path", directory, "terraform")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}
