// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// How many moments the process is killed at, and the seed that chooses them: set the seed that a failure prints to see it again.
const (
	momentsVariable = "PARTNERCENTER_TEST_MOMENTS"
	seedVariable    = "PARTNERCENTER_TEST_SEED"
	usualMoments    = 3
)

// moment is when the provider's process dies: in a phase of one of its requests.
type moment struct {
	request int
	phase   phase
}

func (m moment) String() string { return fmt.Sprintf("%s of request %d", m.phase, m.request) }

// randomMoments are spread over an apply that takes so many requests.
func randomMoments(t *testing.T, requests int) []moment {
	t.Helper()
	number := func(name string, otherwise uint64) uint64 {
		text := os.Getenv(name)
		if text == "" {
			return otherwise
		}
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return n
	}
	seed := number(seedVariable, rand.Uint64())
	random := rand.New(rand.NewPCG(seed, 0))
	moments := make([]moment, number(momentsVariable, usualMoments))
	for i := range moments {
		moments[i] = moment{1 + random.IntN(requests), []phase{beforeTheWork, afterTheWork, answered}[random.IntN(3)]}
	}
	t.Logf("%d moments among %d requests; %s=%d brings the same again", len(moments), requests, seedVariable, seed)
	return moments
}

// tenSubscriptions have names of all kinds, and none; their addresses are of all kinds, too.
const tenSubscriptions = `
resource "partnercenter_subscription" "site" {
  for_each      = toset(["Werk 2", "lager.nord", "b\u00fcro", "\"quoted\"", "plain"])
  customer_id   = %[1]q
  product_id    = %[2]q
  sku_id        = "0001"
  quantity      = 3
  friendly_name = each.key
}

resource "partnercenter_subscription" "studio" {
  count              = 3
  customer_id        = %[1]q
  product_id         = %[3]q
  sku_id             = "0001"
  quantity           = 2
  term_duration      = "P1Y"
  billing_cycle      = "annual"
  friendly_name      = "studio ${count.index}"
  auto_renew_enabled = false
}

resource "partnercenter_subscription" "unnamed" {
  customer_id   = %[1]q
  product_id    = %[4]q
  sku_id        = "0001"
  quantity      = 7
  term_duration = "P1M"
  billing_cycle = "monthly"
}

module "branch" {
  source      = "./branch"
  customer_id = %[1]q
}
`

const branchModule = `
terraform {
  required_providers {
    partnercenter = { source = "partnercenter-community/partnercenter" }
  }
}

variable "customer_id" {}

resource "partnercenter_subscription" "backup" {
  customer_id   = var.customer_id
  product_id    = %q
  sku_id        = "0001"
  quantity      = 3
  term_duration = "P1Y"
  billing_cycle = "annual"
  friendly_name = "Filiale"
}
`

// TestAccPurchase_killed kills the provider's process at random moments of an apply of ten subscriptions. There are never more than ten,
// and what the next apply prints leads to the end: its import blocks are pasted as they are, with the addresses it names.
func TestAccPurchase_killed(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	requests := 0
	t.Run("undisturbed", func(t *testing.T) { requests = killed(t, moment{}) })
	for i, m := range randomMoments(t, max(requests, 1)) {
		t.Run(fmt.Sprintf("%02d %s", i+1, m), func(t *testing.T) {
			t.Parallel()
			killed(t, m)
		})
	}
}

func killed(t *testing.T, m moment) (requests int) {
	t.Helper()
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) {
		b.SubscriptionIDAfterReads, b.NewSubscriptionMissingReads = 0, 0 // nothing is waited for in real time
	}))
	trap := interceptRequests(t, emu)
	w := acctest.NewProcessWorkspace(t, emu, trap.URL, fmt.Sprintf(tenSubscriptions, emulator.CustomerKaffeehaus, emulator.ProductArchive, emulator.ProductDiagram, emulator.ProductMailGuard))
	writeFile(t, w.Dir, "branch/main.tf", fmt.Sprintf(branchModule, emulator.ProductBackup))
	if out, code := w.Run("get"); code != 0 {
		t.Fatalf("get failed:\n%s", out)
	}
	process := w.StartProvider()
	trap.set(m.request, m.phase, process.Kill)
	first, _ := w.Apply()
	requests, at := trap.seen()
	if m.request != 0 {
		w.StartProvider()
	}
	t.Logf("killed at %s: %d bought, %d in the state", at, len(emu.Purchases()), len(w.State()))
	emu.Advance(time.Hour) // Partner Center lists them now: before that, only partnercenter_cart is safe
	finish(t, emu, w, first)
	return requests
}

// finish applies until all is well, pasting what each apply prints. Terraform 1.16.0-rc2 takes only the first of several import blocks into
// instances of one resource, without a word: the command import does the same, as the guide about versions says.
func finish(t *testing.T, emu *emulator.Server, w *acctest.Workspace, before string) {
	t.Helper()
	var imports []string
	pasted := map[string]bool{}
	for round := 1; ; round++ {
		out, code := w.Apply()
		if n := len(emu.Purchases()); n > 10 {
			t.Fatalf("%d subscriptions were bought; the first apply said:\n%s\nand apply %d after it:\n%s", n, before, round, out)
		}
		if code == 0 {
			break
		}
		blocks := blocksToPaste(out)
		if len(blocks) == 0 || round == 3 {
			t.Fatalf("apply %d leads nowhere:\n%s", round, out)
		}
		for _, block := range blocks {
			if pasted[block] {
				imported := importBlock.FindStringSubmatch(block)
				if out, code := w.Run("import", "-input=false", imported[1], imported[2]); code != 0 {
					t.Fatalf("import failed:\n%s", out)
				}
				continue
			}
			pasted[block] = true
			imports = append(imports, block)
		}
		writeFile(t, w.Dir, "imports.tf", strings.Join(imports, "\n"))
	}
	t.Logf("%d imports", len(imports))
	w.MustPlanClean()

	expectPurchases(t, emu, 10)
	state := map[any]bool{}
	for _, values := range w.State() {
		state[values["id"]] = true
	}
	for _, p := range emu.Purchases() {
		if !state[p.SubscriptionID] {
			t.Errorf("subscription %s is paid for and not in the state", p.SubscriptionID)
		}
	}
}

var (
	boxes       = regexp.MustCompile(`(?m)^[│╷╵] ?`)
	errorAt     = regexp.MustCompile(`(?m)^  with (.*),$`)
	importBlock = regexp.MustCompile(`(?m)^import \{\n  to = (.*)\n  id = "(.*)"\n\}$`)
)

// blocksToPaste takes out of what an apply printed what a user would: each block, with the address that stands above it.
func blocksToPaste(out string) []string {
	var blocks []string
	for _, message := range strings.Split(boxes.ReplaceAllString(out, ""), "\nError: ")[1:] {
		at, block := errorAt.FindStringSubmatch(message), importBlock.FindString(message)
		if at != nil && block != "" {
			blocks = append(blocks, strings.Replace(block, "partnercenter_subscription.NAME", at[1], 1)+"\n")
		}
	}
	return blocks
}

func writeFile(t *testing.T, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// tenFromCart are ten subscriptions of one cart.
const tenFromCart = `
resource "partnercenter_cart" "ten" {
  customer_id = %[1]q
  line_items  = [for n in range(10) : { product_id = %[2]q, sku_id = "0001", quantity = 3, friendly_name = "site ${n}" }]
}

resource "partnercenter_subscription" "site" {
  count          = 10
  customer_id    = %[1]q
  product_id     = %[2]q
  sku_id         = "0001"
  quantity       = 3
  friendly_name  = "site ${count.index}"
  cart_id        = partnercenter_cart.ten.id
  cart_line_item = count.index
}
`

// TestAccPurchase_killedWithCart kills the provider while it buys from a cart that is in the state, and the lists lag: there are never more
// than ten subscriptions, and no import is needed.
func TestAccPurchase_killedWithCart(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	requests := 0
	t.Run("undisturbed", func(t *testing.T) { requests = killedWithCart(t, moment{}) })
	for i, m := range randomMoments(t, max(requests, 1)) {
		if i%3 != 0 { // the cart has fewer moments than ten purchases have
			continue
		}
		t.Run(fmt.Sprintf("%02d %s", i+1, m), func(t *testing.T) {
			t.Parallel()
			killedWithCart(t, m)
		})
	}
}

func killedWithCart(t *testing.T, m moment) (requests int) {
	t.Helper()
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) {
		b.SubscriptionIDAfterReads, b.NewSubscriptionMissingReads, b.ListLagReads = 0, 0, 0
	}))
	trap := interceptRequests(t, emu)
	trap.before(func(*http.Request) { emu.Advance(time.Minute) }) // the lag passes while the provider looks
	w := acctest.NewProcessWorkspace(t, emu, trap.URL, fmt.Sprintf(tenFromCart, emulator.CustomerKaffeehaus, emulator.ProductArchive))
	process := w.StartProvider()
	w.MustApply("-target=partnercenter_cart.ten")
	trap.set(m.request, m.phase, process.Kill)
	w.Apply()
	requests, at := trap.seen()
	if m.request != 0 {
		w.StartProvider()
	}
	t.Logf("killed at %s: %d bought, %d in the state", at, len(emu.Purchases()), len(w.State()))
	out := w.MustApply()
	if blocks := blocksToPaste(out); len(blocks) > 0 {
		t.Errorf("imports are asked for:\n%s", out)
	}
	w.MustApply()
	w.MustPlanClean()
	expectPurchases(t, emu, 10)
	return requests
}
