// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// atATime is how many objects one run takes into the state: the CLI writes all of the state after each of them, so that many at a time
// take hours.
const atATime = 250

// adopt makes the state of an estate, part by part.
func (b *bench) adopt(ctx context.Context, k measuredProvider, dir string, estate []object) error {
	if len(estate) == 0 {
		return nil
	}
	var state map[string]json.RawMessage
	var resources []json.RawMessage
	for part := range slices.Chunk(estate, atATime) {
		if err := b.adoptPart(ctx, k, dir, part); err != nil {
			return err
		}
		text, err := os.ReadFile(statePath(dir))
		if err != nil {
			return err
		}
		var found []json.RawMessage
		if err := json.Unmarshal(text, &state); err != nil {
			return err
		}
		if err := json.Unmarshal(state["resources"], &found); err != nil {
			return err
		}
		resources = append(resources, found...)
	}
	if len(resources) != len(estate) {
		return fmt.Errorf("%d objects are in the state, not %d", len(resources), len(estate))
	}
	var err error
	if state["resources"], err = json.Marshal(resources); err != nil {
		return err
	}
	text, err := json.Marshal(state)
	if err != nil {
		return err
	}
	return os.WriteFile(statePath(dir), text, 0o600)
}

// adoptPart leaves nothing but the part in the state.
func (b *bench) adoptPart(ctx context.Context, k measuredProvider, dir string, part []object) error {
	if err := os.Remove(statePath(dir)); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := k.write(dir, part, 0, true); err != nil {
		return err
	}
	return b.must(ctx, dir, "apply", "-input=false", "-auto-approve")
}

func statePath(dir string) string { return filepath.Join(dir, "terraform.tfstate") }
