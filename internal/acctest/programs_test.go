// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// programsFolder is the folder of builtPrograms, once it is there; TestMain removes it.
var programsFolder string

// builtPrograms is a folder with the provider, the emulator and the program partnercenter, as `make build` leaves them, built once for all tests.
// Paths stay in them, so that the packages compiled for other tests serve again.
var builtPrograms = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "programs")
	if err != nil {
		return "", err
	}
	programsFolder = dir
	built, err := exec.Command("go", "build", "-o", dir+string(filepath.Separator), "../..", "../emulator/cmd/partnercenter-emulator", "../companion/cmd/partnercenter").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, built)
	}
	return dir, nil
})
