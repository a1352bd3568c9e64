package main

// docs/specs/receipt.md.

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

type receipt struct {
	commitment, checkpoint []byte
	index                  int64
	path                   [][]byte
}

// Rules 1 to 7.
func readReceipt(octets []byte) (*receipt, *refusal) {
	refuse := func(reason string) (*receipt, *refusal) {
		return nil, malformed("unreadable-receipt", reason)
	}
	if len(octets) > 65536 {
		return refuse("too-large")
	}
	if bytes.IndexByte(octets, '\r') >= 0 {
		return refuse("line-ends")
	}
	end := bytes.Index(octets, []byte("\n\n"))
	if end < 0 {
		return refuse("no-checkpoint")
	}
	lines := strings.Split(string(octets[:end]), "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		return refuse("header")
	}
	if len(lines) < 2 || !strings.HasPrefix(lines[1], "extra ") {
		return nil, malformed("missing-commitment", "")
	}
	r := &receipt{checkpoint: octets[end+2:]}
	var ok bool
	if r.commitment, ok = base64Of(lines[1][len("extra "):]); !ok || len(r.commitment) != 32 {
		return nil, malformed("not-a-commitment", "")
	}
	if len(lines) < 3 || !strings.HasPrefix(lines[2], "index ") {
		return refuse("index")
	}
	if r.index, ok = number(lines[2][len("index "):]); !ok {
		return refuse("index")
	}
	if len(lines) > 3+63 {
		return refuse("path")
	}
	for _, line := range lines[3:] {
		hash, ok := base64Of(line)
		if !ok {
			return refuse("path")
		}
		r.path = append(r.path, hash)
	}
	for _, hash := range r.path {
		if len(hash) != 32 {
			return nil, malformed("not-a-hash", "")
		}
	}
	return r, nil
}

const (
	earliest = 1577836800   // 2020-01-01T00:00:00Z
	latest   = 253402300799 // 9999-12-31T23:59:59Z
	ahead    = 86400
)

type judge struct {
	policy *policy
	now    *int64
	note   note
	signed map[string]int64
	checkpoint
	logs []party
	at   int64
}

func (j *judge) possible(at int64) bool {
	return earliest <= at && at <= latest && (j.now == nil || at <= *j.now+ahead)
}

// Rules 9 to 16, in this order.
func verify(p *policy, octets []byte, now *int64) (map[string]any, *refusal) {
	r, refused := readReceipt(octets)
	if refused != nil {
		return nil, refused
	}
	j := &judge{policy: p, now: now}
	if j.note, refused = readNote(r.checkpoint); refused != nil {
		return nil, refused
	}
	if j.checkpoint, refused = readCheckpoint(j.note.text); refused != nil {
		return nil, refused
	}
	for _, step := range []func() *refusal{j.opened, j.timed} {
		if refused := step(); refused != nil {
			return nil, refused
		}
	}
	log := j.logUsed()
	if log == nil {
		return nil, notProven("key-outside-window")
	}
	cosigners, met := j.cosigners()
	if !met {
		return nil, notProven("quorum-not-met")
	}
	leaf := sha256.Sum256([]byte("\x00answerable/v1\n" + string(r.commitment)))
	root, refused := rootFrom(leaf, r.index, j.size, r.path)
	if refused != nil {
		return nil, refused
	}
	if root != j.root {
		return nil, notProven("root-differs")
	}
	return map[string]any{
		"origin": j.origin, "index": r.index, "size": j.size,
		"commitment": hex.EncodeToString(r.commitment), "log_key": log.key.text, "at": j.at,
		"quorum": p.quorum, "cosigners": cosigners,
	}, nil
}

// Rules 10 to 12.
func (j *judge) opened() *refusal {
	var keys []key
	for _, log := range j.policy.logs {
		if log.key.name == j.origin {
			j.logs = append(j.logs, log)
			keys = append(keys, log.key)
		}
	}
	if len(keys) == 0 {
		return undecidable("unknown-ledger")
	}
	for _, witness := range j.policy.witnesses {
		keys = append(keys, witness.key)
	}
	var refused *refusal
	if j.signed, refused = j.note.signedBy(keys); refused != nil {
		return refused
	}
	for _, log := range j.logs {
		if _, ok := j.signed[log.key.text]; ok {
			return nil
		}
	}
	if j.note.bears(j.origin) {
		return undecidable("unknown-key")
	}
	return notProven("not-signed-by-ledger")
}

// Rule 13.
func (j *judge) timed() *refusal {
	var stated, held []int64
	for _, witness := range j.policy.witnesses {
		at, ok := j.signed[witness.key.text]
		if !ok || witness.key.name != j.origin+"/time" {
			continue
		}
		stated = append(stated, at)
		if j.possible(at) && witness.holds(at) {
			held = append(held, at)
		}
	}
	switch {
	case len(held) > 0:
		j.at = least(held)
		return nil
	case len(stated) == 0 && j.note.bears(j.origin+"/time"):
		return undecidable("unknown-key")
	case len(stated) == 0:
		return notProven("no-timestamp")
	case !j.possible(least(stated)):
		return notProven("impossible-time")
	}
	return notProven("key-outside-window")
}

func least(times []int64) int64 {
	first := times[0]
	for _, at := range times {
		if at < first {
			first = at
		}
	}
	return first
}

// Rule 14.
func (j *judge) logUsed() *party {
	for i, log := range j.logs {
		if _, ok := j.signed[log.key.text]; ok && log.holds(j.at) {
			return &j.logs[i]
		}
	}
	return nil
}

// Rule 15.
func (j *judge) cosigners() ([]any, bool) {
	shown, counted := []any{}, map[string]bool{}
	for _, witness := range j.policy.witnesses {
		at, ok := j.signed[witness.key.text]
		if !ok {
			continue
		}
		counts := j.possible(at) && witness.holds(at)
		if counts {
			counted[witness.name] = true
		}
		shown = append(shown, map[string]any{
			"name": witness.name, "at": at, "own": witness.key.name == j.origin+"/time",
			"counted": counts,
		})
	}
	return shown, j.policy.met(counted)
}
