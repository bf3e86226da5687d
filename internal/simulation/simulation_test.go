// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"os"
	"strconv"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

func TestMain(m *testing.M) {
	CollectRarely()
	os.Exit(m.Run())
}

// share is how much of the usual work is done: the race detector makes everything many times slower, and looks for something else.
func share(n int) int {
	if raceDetector {
		return max(1, n/500)
	}
	return n
}

// setting is a number of the environment.
func setting(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// The same seeds each time; SIMULATION_SEED is another first one, and SIMULATION_LIVES another number of lives, 0 for no end.
func TestLives(t *testing.T) {
	counts, err := Span{First: uint64(setting(t, "SIMULATION_SEED", 1)), Lives: setting(t, "SIMULATION_LIVES", share(10000))}.Live(t.Context(), nil)
	t.Log(counts)
	if err != nil {
		t.Error(err)
	}
}

// One seed always tells the same story.
func TestLives_sameStory(t *testing.T) {
	t.Parallel()
	schemas, err := terraform.ReadSchemas()
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(share(8)) {
		first, second := New(seed, schemas), New(seed, schemas)
		_, _ = first.Run(), second.Run()
		if first.Story() != second.Story() {
			t.Errorf("seed %d tells two stories:\n%s\n\n%s", seed, first.Story(), second.Story())
		}
	}
}
