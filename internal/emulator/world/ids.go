// SPDX-License-Identifier: MPL-2.0

package world

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
)

// idSource makes ids that look random and are the same in every run, so that a run can be replayed.
type idSource struct{ random *rand.Rand }

func newIDSource(seed uint64) *idSource {
	return &idSource{random: rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))}
}

func (i *idSource) guid() string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], i.random.Uint64())
	binary.BigEndian.PutUint64(b[8:], i.random.Uint64())
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

func (i *idSource) code(n int) string {
	const letters = "0123456789BCDFGHJKLMNPQRSTVWXZ"
	b := make([]byte, n)
	for k := range b {
		b[k] = letters[i.random.IntN(len(letters))]
	}
	return string(b)
}
