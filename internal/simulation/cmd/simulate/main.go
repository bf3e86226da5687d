// SPDX-License-Identifier: MPL-2.0

// Command simulate lives through seeds, one after the other, until one breaks an invariant.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation"
)

func main() {
	seed := flag.Uint64("seed", 0, "replay this seed, and tell its story")
	first := flag.Uint64("first", 1, "the first seed")
	lives := flag.Int("lives", 10000, "how many lives, 0 for no end")
	profile := flag.String("profile", "", "profile")
	keep := flag.Bool("keep", false, "go on after a failure")
	flag.Parse()
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(600 << 20)
	if *profile != "" {
		f, _ := os.Create(*profile)
		pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	schemas, err := simulation.ReadSchemas()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	if *seed != 0 {
		s := simulation.New(*seed, schemas)
		err := s.Run()
		fmt.Println(err)
		if err == nil {
			fmt.Println(s.Story())
		}
		return
	}
	begin, counts := time.Now(), simulation.Counts{}
	for n := *first; *lives == 0 || counts.Lives < *lives; n++ {
		s := simulation.New(n, schemas)
		err := s.Run()
		counts.Add(s.Counts)
		if err != nil {
			if *keep {
				fmt.Println(err.(*simulation.Failure).Seed, err.(*simulation.Failure).Failures[0])
				continue
			}
			fmt.Println(err)
			os.Exit(1)
		}
	}
	fmt.Printf("%s in %s\n", counts, time.Since(begin).Round(time.Second))
}
