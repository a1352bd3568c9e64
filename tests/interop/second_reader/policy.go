package main

// docs/specs/policy.md.

import (
	"bytes"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const never = math.MaxInt64

type window struct{ from, until int64 }

func (w window) holds(at int64) bool { return w.from <= at && (w.until == never || at < w.until) }

type party struct {
	name string
	key  key
	window
}

type group struct {
	name    string
	needed  int
	members []string
}

type policy struct {
	origin, title, quorum string
	hasOrigin, hasTitle   bool
	logs, witnesses       []party
	groups                []group
	defined, member       map[string]bool
	public                map[string]bool
	windows               map[string]window
	windowLines           []string
	windowAt              map[string]int
}

func readPolicy(octets []byte) (*policy, *refusal) {
	if len(octets) > 1<<20 {
		return nil, malformed("unreadable-policy", "too-large")
	}
	if !utf8.Valid(octets) {
		return nil, malformed("unreadable-policy", "encoding")
	}
	if len(octets) > 0 && octets[len(octets)-1] != '\n' {
		return nil, malformed("unreadable-policy", "line-end")
	}
	p := &policy{
		defined: map[string]bool{}, member: map[string]bool{}, public: map[string]bool{},
		windows: map[string]window{}, windowAt: map[string]int{},
	}
	lines := bytes.Split(octets, []byte("\n"))
	for i, octets := range lines[:len(lines)-1] {
		for _, c := range octets {
			if c < 0x20 && c != '\t' || c == 0x7f {
				return nil, &refusal{"unreadable-policy", "control-character", i + 1, 2}
			}
		}
	}
	for i, octets := range lines[:len(lines)-1] {
		if reason := p.line(strings.Trim(string(octets), " \t"), i+1); reason != "" {
			return nil, &refusal{"unreadable-policy", reason, i + 1, 2}
		}
	}
	return p, p.whole()
}

// What is found after the faults of single lines.
func (p *policy) whole() *refusal {
	if p.quorum == "" {
		return malformed("unreadable-policy", "quorum")
	}
	found := false
	for _, log := range p.logs {
		found = found || log.key.name == p.origin
	}
	if p.hasOrigin && !found {
		return malformed("unreadable-policy", "origin")
	}
	for _, id := range p.windowLines {
		var dated []*party
		for _, parties := range [][]party{p.logs, p.witnesses} {
			for i := range parties {
				if hex.EncodeToString(parties[i].key.id[:]) == id {
					dated = append(dated, &parties[i])
				}
			}
		}
		if len(dated) != 1 {
			return &refusal{"unreadable-policy", "unknown-key", p.windowAt[id], 2}
		}
		dated[0].window = p.windows[id]
	}
	return nil
}

func items(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' })
}

func (p *policy) line(text string, at int) string {
	if text == "" {
		return ""
	}
	if text[0] == '#' {
		comment := strings.TrimLeft(text[1:], " \t")
		rest := strings.TrimPrefix(comment, "answerable")
		if rest == comment || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
			return ""
		}
		return p.comment(strings.TrimLeft(rest, " \t"), at)
	}
	words := items(text)
	switch words[0] {
	case "log":
		return p.log(words[1:])
	case "witness":
		return p.witness(words[1:])
	case "group":
		return p.group(words[1:])
	case "quorum":
		return p.demand(words[1:])
	}
	return "unknown-word"
}

// Rule 8.
func (p *policy) comment(text string, at int) string {
	words := items(text)
	if len(words) == 0 {
		return "unknown-word"
	}
	switch words[0] {
	case "origin":
		if len(words) != 2 {
			return "items"
		}
		if p.hasOrigin {
			return "duplicate-comment"
		}
		p.origin, p.hasOrigin = words[1], true
	case "title":
		if len(words) == 1 {
			return "items"
		}
		if p.hasTitle {
			return "duplicate-comment"
		}
		p.title, p.hasTitle = strings.TrimLeft(text[len("title"):], " \t"), true
	case "key":
		return p.dated(words[1:], at)
	default:
		return "unknown-word"
	}
	return ""
}

func (p *policy) dated(words []string, at int) string {
	if len(words) != 3 && len(words) != 5 || words[1] != "from" ||
		len(words) == 5 && words[3] != "until" {
		return "items"
	}
	from, ok := instant(words[2])
	w := window{from, never}
	if len(words) == 5 && ok {
		w.until, ok = instant(words[4])
		ok = ok && w.until > w.from
	}
	if !ok {
		return "instant"
	}
	if _, again := p.windows[words[0]]; again {
		return "duplicate-comment"
	}
	p.windows[words[0]], p.windowAt[words[0]] = w, at
	p.windowLines = append(p.windowLines, words[0])
	return ""
}

// Rule 9. time.Parse alone would take fractions.
func instant(text string) (int64, bool) {
	const layout = "2006-01-02T15:04:05Z"
	t, err := time.Parse(layout, text)
	return t.Unix(), err == nil && t.Format(layout) == text && t.Year() >= 1970
}

func (p *policy) key(text string, kinds ...byte) (key, string) {
	k, refused := readKey(text)
	if refused != nil && refused.reason == "kind" {
		return k, "key-kind"
	}
	if refused != nil {
		return k, "key"
	}
	if bytes.IndexByte(kinds, k.kind) < 0 {
		return k, "key-kind"
	}
	if p.public[k.public] {
		return k, "duplicate-key"
	}
	p.public[k.public] = true
	return k, ""
}

func (p *policy) log(words []string) string {
	if len(words) < 1 || len(words) > 2 {
		return "items"
	}
	k, reason := p.key(words[0], kindEd25519)
	p.logs = append(p.logs, party{"", k, window{0, never}})
	return reason
}

func (p *policy) witness(words []string) string {
	if len(words) < 2 || len(words) > 3 {
		return "items"
	}
	if reason := p.define(words[0]); reason != "" {
		return reason
	}
	k, reason := p.key(words[1], kindCosignature, kindMLDSA)
	p.witnesses = append(p.witnesses, party{words[0], k, window{0, never}})
	return reason
}

func (p *policy) define(name string) string {
	if name == "none" {
		return "name"
	}
	if p.defined[name] {
		return "duplicate-name"
	}
	p.defined[name] = true
	return ""
}

func (p *policy) group(words []string) string {
	if len(words) < 3 {
		return "items"
	}
	g := group{name: words[0], members: words[2:]}
	switch words[1] {
	case "any":
		g.needed = 1
	case "all":
		g.needed = len(g.members)
	default:
		k, err := strconv.Atoi(words[1])
		if err != nil || strconv.Itoa(k) != words[1] || k < 1 || k > len(g.members) {
			return "threshold"
		}
		g.needed = k
	}
	for _, name := range g.members {
		if !p.defined[name] {
			return "unknown-name"
		}
		if p.member[name] {
			return "duplicate-name"
		}
		p.member[name] = true
	}
	p.groups = append(p.groups, g)
	return p.define(g.name)
}

func (p *policy) demand(words []string) string {
	if len(words) != 1 {
		return "items"
	}
	if p.quorum != "" {
		return "quorum"
	}
	if words[0] != "none" && !p.defined[words[0]] {
		return "unknown-name"
	}
	p.quorum = words[0]
	return ""
}

// Rule 12.
func (p *policy) met(cosigned map[string]bool) bool {
	there := map[string]bool{"none": true}
	for name := range cosigned {
		there[name] = true
	}
	for _, g := range p.groups {
		count := 0
		for _, name := range g.members {
			if there[name] {
				count++
			}
		}
		if count >= g.needed {
			there[g.name] = true
		}
	}
	return there[p.quorum]
}

func (p *policy) shown() map[string]any {
	orNull := func(text string, there bool) any {
		if !there {
			return nil
		}
		return text
	}
	list := func(parties []party) []any {
		shown := []any{}
		for _, by := range parties {
			one := map[string]any{"key": by.key.text, "from": by.from, "until": nil}
			if by.until != never {
				one["until"] = by.until
			}
			if by.name != "" {
				one["name"] = by.name
			}
			shown = append(shown, one)
		}
		return shown
	}
	return map[string]any{
		"origin": orNull(p.origin, p.hasOrigin), "title": orNull(p.title, p.hasTitle),
		"quorum": p.quorum, "logs": list(p.logs), "witnesses": list(p.witnesses),
	}
}
