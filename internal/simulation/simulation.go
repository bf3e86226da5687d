// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// Begins is when every simulation starts, so that a seed means the same on every day: extended service terms exist by then.
var Begins = time.Date(2026, 6, 10, 9, 30, 0, 0, time.UTC)

// life is one subscription from its purchase or import to the end of its simulation: a block, what Partner Center has, and what was wanted.
type life struct {
	workspace     *Workspace
	address, name string
	customer      string
	id            string          // "" until it is bought
	wanted        int             // purchases that somebody wanted of it
	stuck         int             // times that a message named only what is managed already
	another       bool            // a run broke off that was to buy another one in any case
	over          bool            // nobody wants it any more
	renewal       Record          // as it was at the end of the last step
	quantity      any             // that was configured then
	lost          bool            // a run broke off, or somebody changed the state, so that it may be there and not known
	released      map[string]bool // ended or given up by a plan
	replaced      map[string]bool // by a plan
	before        Configuration
	boughtBefore  int    // when the plan of its last run was approved
	scheduled     Record // as it was then, where that plan leaves the renewal as it is
	operated      bool   // somebody changed the state, in this step
	harmless      bool   // all that happened in this step has to succeed
}

func (l *life) block() Configuration { return l.workspace.Blocks[l.address] }

// Counts are what happened in simulations.
type Counts struct{ Lives, Runs, Requests, Purchases, Faults, Crashes, Refusals int }

// Add adds another simulation's.
func (c *Counts) Add(o Counts) {
	c.Lives, c.Runs, c.Requests, c.Purchases = c.Lives+o.Lives, c.Runs+o.Runs, c.Requests+o.Requests, c.Purchases+o.Purchases
	c.Faults, c.Crashes, c.Refusals = c.Faults+o.Faults, c.Crashes+o.Crashes, c.Refusals+o.Refusals
}

func (c Counts) String() string {
	return fmt.Sprintf("%d lives, %d runs, %d requests, %d purchases, %d faults, %d crashes, %d refusals", c.Lives, c.Runs, c.Requests, c.Purchases, c.Faults, c.Crashes, c.Refusals)
}

// Simulation is one Partner Center with what lives there.
type Simulation struct {
	Seed   uint64
	Counts Counts

	emu        *emulator.Server
	schemas    *terraform.Schemas
	random     *rand.Rand
	scheduler  *terraform.Scheduler
	market     *market
	spent      map[*Workspace]map[string]float64                // by the present run, by cart
	altered    map[*Workspace]func(*Simulation, *http.Response) // what a fault makes of the next answer
	workspaces []*Workspace
	lives      []*life
	names      int
	policies   map[string]string // of what plans ended, by id
	fails      bool              // orders may fail after the checkout, and do not count then
	early      bool              // extended service terms do not exist yet
	late       bool              // lists do not show for minutes what is bought

	clockMoved, sulking, troubled bool // in this step
	delayed                       bool // changes are accepted and made later, in this step
	meanwhileChanged              bool // something, between a plan and its apply
	refusals                      []refusal
	approved                      []approval
	owners                        map[string]*life // of what was bought, by id
	checked                       int              // purchases that have been looked at
	story                         []string
	failures                      []string
}

// refusal is a message that nothing was bought for a life, and how many had been bought and wanted for it then.
type refusal struct {
	life           *life
	text           string
	bought, wanted int
	again          bool // another plan was approved since
}

// approval is a purchase of a plan that was applied.
type approval struct {
	change *Change
	life   *life
}

// New prepares the simulation of a seed.
func New(seed uint64, schemas *terraform.Schemas) *Simulation {
	random := rand.New(rand.NewPCG(seed, 20)) //nolint:gosec // a seed has to bring the same again
	return newSimulation(seed, schemas, random, readings[random.IntN(len(readings))])
}

func newSimulation(seed uint64, schemas *terraform.Schemas, random *rand.Rand, r reading) *Simulation {
	s := &Simulation{Seed: seed, schemas: schemas, random: random, market: newMarket(), owners: map[string]*life{}, policies: map[string]string{}, spent: map[*Workspace]map[string]float64{}, altered: map[*Workspace]func(*Simulation, *http.Response){}}
	emu, err := emulator.Start(emulator.InMemory(), emulator.SampleTenant(), emulator.WithTime(Begins), emulator.WithSeed(seed),
		emulator.WithBehaviour(func(b *emulator.Behaviour) { b.RequestsPerMinute, b.TokenLifetime = 0, 1e6*time.Hour }), emulator.WithBehaviour(r.behave))
	if err != nil {
		panic(err) // in memory nothing is opened
	}
	s.emu, s.scheduler = emu, &terraform.Scheduler{Clock: emu.Clock(), Random: random}
	s.fails, s.early, s.late = strings.HasPrefix(r.name, "orders that"), r.name == beforeExtendedTerms, strings.HasPrefix(r.name, "late")
	s.tell("Partner Center reads: %s", r.name)
	return s
}

// requestIDs are the client's, and other ones each time.
var requestIDs = regexp.MustCompile(` \([A-Z]+ \S+ request ID \S+ correlation ID [0-9a-f-]+\)`)

func (s *Simulation) tell(format string, args ...any) {
	s.story = append(s.story, s.emu.Clock().Now().Format("2006-01-02 15:04:05 ")+requestIDs.ReplaceAllString(fmt.Sprintf(format, args...), ""))
}

// fail notes a breach of an invariant.
func (s *Simulation) fail(invariant, format string, args ...any) {
	text := invariant + ": " + fmt.Sprintf(format, args...)
	s.failures = append(s.failures, text)
	s.tell("BROKEN %s", text)
}

// Failure is a broken invariant with its story; nil where all of them held.
type Failure struct {
	Seed     uint64
	Failures []string
	Story    []string
}

func (f *Failure) Error() string {
	return fmt.Sprintf("seed %d: %s\n\nwhat happened:\n  %s\n\nreplay: go run ./internal/simulation/cmd/simulate -seed %d",
		f.Seed, strings.Join(f.Failures, "\n"), strings.Join(f.Story, "\n  "), f.Seed)
}

func (s *Simulation) failure() error {
	if len(s.failures) == 0 {
		return nil
	}
	return &Failure{s.Seed, s.failures, s.story}
}

// Run lives through the steps, or to the first broken invariant: what comes after it says little.
func (s *Simulation) Run() error {
	defer s.close()
	s.populate()
	for n := []int{1, 1, 1, 1, 2, 3}[s.random.IntN(6)]; n > 0 && len(s.failures) == 0; n-- {
		s.step()
	}
	if len(s.failures) == 0 {
		s.finally()
	}
	return s.failure()
}

func (s *Simulation) close() {
	s.emu.Close()
	for _, w := range s.workspaces {
		w.Close()
	}
}

func (s *Simulation) workspace() *Workspace {
	w := terraform.NewWorkspace("ABC"[len(s.workspaces):len(s.workspaces)+1], s.emu, s.schemas, s.tell)
	w.Answered = func(path string, answer *http.Response) { s.answered(w, path, answer) }
	w.Observe, w.Remote = s.observe, s.random.IntN(2) == 0
	if s.random.IntN(2) == 0 {
		w.Settings["quote_prices"] = false
	}
	s.workspaces = append(s.workspaces, w)
	return w
}

// step lets time, people and faults do something, lets every workspace apply at once, and recovers.
func (s *Simulation) step() {
	s.clockMoved, s.sulking, s.troubled = false, false, false
	for _, l := range s.lives {
		l.before, l.harmless, l.operated = l.block().Clone(), true, false
		l.renewal, l.quantity = s.record(l), l.block()["quantity"]
	}
	s.moveAll()
	for _, l := range s.lives {
		s.move(l)
	}
	for _, w := range s.workspaces {
		w.Trouble = s.newTrouble(w)
	}
	refused := s.together()
	for _, w := range s.workspaces {
		w.Trouble = nil
	}
	if len(s.failures) > 0 {
		return
	}
	s.recover()
	if !s.troubled && !refused && s.random.IntN(3) > 0 {
		return // the next step goes on from here; of what went well some look whether all is there
	}
	for _, w := range s.workspaces {
		if s.settle(w); len(s.failures) > 0 {
			return
		}
	}
}

// together reports whether something was refused or is not known yet. It lets all workspaces apply at the same time, each up to its next request.
func (s *Simulation) together() (refused bool) {
	outcomes := make([]*Outcome, len(s.workspaces))
	var runs []func(*terraform.Turn)
	for i, w := range s.workspaces {
		runs = append(runs, func(t *terraform.Turn) {
			w.Turn = t
			outcomes[i] = w.Apply(func(o *Outcome) { s.approve(w, o) })
			w.Turn = nil
		})
	}
	if len(runs) == 1 {
		outcomes[0] = s.workspaces[0].Apply(func(o *Outcome) { s.approve(s.workspaces[0], o) })
	} else {
		s.scheduler.All(runs...)
	}
	for i, w := range s.workspaces {
		s.judge(w, outcomes[i])
		refused = refused || len(outcomes[i].Problems()) > 0 || outcomes[i].Crashed || s.waits(w)
		for _, c := range outcomes[i].Changes {
			refused = refused || len(c.Warnings) > 0
		}
	}
	return refused
}

// recover ends a bad day of the service, and waits until its lists show everything: before that an import or another purchase from the same
// configuration cannot know what a crash left behind.
func (s *Simulation) recover() {
	s.emu.ClearFaults()
	s.serve(emulator.PatchApplied, false)
	if s.troubled {
		s.emu.Advance(time.Hour)
		s.tell("the trouble is over, and an hour passes")
	}
}

func (s *Simulation) serve(mode emulator.PatchMode, refuses bool) {
	s.emu.Behave(func(b *emulator.Behaviour) { b.PatchMode, b.PublisherRefusesChanges = mode, refuses })
}

// settle applies until a plan is empty, and does what the messages say. Once nothing is wrong any more, two applies have to be enough.
func (s *Simulation) settle(w *Workspace) {
	clean := 0
	for attempt := 0; ; attempt++ {
		outcome := w.Apply(func(o *Outcome) { s.approve(w, o) })
		if s.judge(w, outcome); len(s.failures) > 0 {
			return
		}
		if outcome.Crashed {
			s.recover()
			clean = 0
			continue
		}
		if outcome.Empty() && !s.waits(w) {
			s.agree(w)
			return
		}
		clean++
		if s.follow(w, outcome) {
			clean = 0
		}
		if clean > 2 || attempt > 12 {
			s.fail("two applies are enough", "%s does not come to an empty plan: %v", w.Name, outcome.Problems())
			return
		}
	}
}

// livesIn are the lives of a workspace.
func (s *Simulation) livesIn(w *Workspace) []*life {
	return slices.DeleteFunc(slices.Clone(s.lives), func(l *life) bool { return l.workspace != w })
}

func (s *Simulation) lifeAt(w *Workspace, address string) *life {
	for _, l := range s.lives {
		if l.workspace == w && l.address == address {
			return l
		}
	}
	return nil
}

// Story is what has happened.
func (s *Simulation) Story() string { return strings.Join(s.story, "\n") }
