// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// run runs a command of the CLI and watches the provider processes below it.
func (b *bench) run(ctx context.Context, dir string, args ...string) (outcome, error) {
	var out strings.Builder
	command := exec.CommandContext(ctx, b.cli, args...) //nolint:gosec // the CLI whoever starts the benchmark has chosen
	command.Dir, command.Env = dir, b.env
	command.Stdout, command.Stderr = &out, &out
	begin := time.Now()
	if err := command.Start(); err != nil {
		return outcome{}, err
	}
	ended, used := make(chan struct{}), make(chan usage)
	go func() { used <- watch(command.Process.Pid, ended) }()
	err := command.Wait()
	state := command.ProcessState
	o := outcome{took: time.Since(begin), cpu: state.UserTime() + state.SystemTime(), code: state.ExitCode()}
	close(ended)
	o.provider, o.output = <-used, out.String()
	if ctx.Err() != nil || o.code < 0 {
		return o, fmt.Errorf("%v: %w", args, err)
	}
	return o, nil
}

// watch follows the children of a process until it has ended. The kernel keeps peak and sum of each, so a look now and then is enough.
func watch(parent int, ended <-chan struct{}) usage {
	children := map[int]usage{}
	ticks := time.NewTicker(50 * time.Millisecond)
	defer ticks.Stop()
	for {
		select {
		case <-ended:
			var all usage
			for _, u := range children {
				all = usage{all.cpu + u.cpu, max(all.memory, u.memory)}
			}
			return all
		case <-ticks.C:
		}
		processes, _ := filepath.Glob("/proc/[0-9]*") // there are none on other systems than Linux
		for _, process := range processes {
			if cpu, ok := childOf(parent, process); ok {
				id, _ := strconv.Atoi(filepath.Base(process))
				children[id] = usage{max(cpu, children[id].cpu), max(peakOf(process), children[id].memory)}
			}
		}
	}
}

// tick is the unit of processor time in /proc on Linux.
const tick = 10 * time.Millisecond

// childOf is the processor time of a process, and whether it is a child of parent; see proc_pid_stat(5).
func childOf(parent int, process string) (time.Duration, bool) {
	stat, err := os.ReadFile(filepath.Join(process, "stat"))
	if err != nil {
		return 0, false // it is gone
	}
	text := string(stat)
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:]) // the name before it may contain anything
	if len(fields) < 13 || fields[1] != strconv.Itoa(parent) {
		return 0, false
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick, true
}

// peakOf is the peak of a process's resident memory in MB; see proc_pid_status(5).
func peakOf(process string) int {
	status, _ := os.ReadFile(filepath.Join(process, "status"))
	for line := range strings.Lines(string(status)) {
		if value, found := strings.CutPrefix(line, "VmHWM:"); found {
			peak, _ := strconv.Atoi(strings.Fields(value)[0])
			return peak / 1024
		}
	}
	return 0
}
