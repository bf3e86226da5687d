package simulation

import (
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"testing"
	"time"
)

func BenchmarkRun(b *testing.B) {
	s, _ := ReadSchemas()
	for b.Loop() {
		emu, _ := emulator.Start(emulator.InMemory(), emulator.SampleTenant(), emulator.WithTime(time.Date(2026, 6, 10, 9, 30, 0, 0, time.UTC)), emulator.WithBehaviour(func(b *emulator.Behaviour) { b.RequestsPerMinute = 0; b.TokenLifetime = 1000 * time.Hour }))
		w := newWorkspace("one", emu, s, func(f string, a ...any) {})
		w.Blocks["partnercenter_subscription.a"] = Configuration{"customer_id": emulator.CustomerKaffeehaus, "product_id": emulator.ProductArchive, "sku_id": "0001", "quantity": 5, "friendly_name": "one"}
		w.Apply(nil)
		w.Plan()
		w.Blocks["partnercenter_subscription.a"]["quantity"] = 7
		w.Apply(nil)
		w.Plan()
		s.idle = append(s.idle, w.host)
	}
}
