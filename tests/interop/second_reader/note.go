package main

// docs/specs/ledger.md: keys, notes, checkpoints and inclusion paths.

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"
)

type refusal struct {
	code, reason string
	line         int
	exit         int
}

func malformed(code, reason string) *refusal { return &refusal{code: code, reason: reason, exit: 2} }
func notProven(code string) *refusal         { return &refusal{code: code, exit: 1} }
func undecidable(code string) *refusal       { return &refusal{code: code, exit: 3} }

// One spelling only: rule 11, and for base64url commitment.md 7.
func strict(encoding *base64.Encoding, text string) ([]byte, bool) {
	octets, err := encoding.DecodeString(text)
	return octets, err == nil && encoding.EncodeToString(octets) == text
}

func base64Of(text string) ([]byte, bool) { return strict(base64.StdEncoding, text) }

const whiteSpace = "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006" +
	"\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"

// Rule 12.
func isKeyName(name string) bool {
	for _, r := range name {
		if r < 0x20 || r == '+' || strings.ContainsRune(whiteSpace, r) {
			return false
		}
	}
	return name != ""
}

// Rules 4 and 16: a number has one spelling, and is at most 2^63 - 1.
func number(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n >= 0 && strconv.FormatInt(n, 10) == text
}

const (
	kindEd25519     = 0x01
	kindCosignature = 0x04
	kindMLDSA       = 0x06
)

type key struct {
	text, name, public string
	id                 [4]byte
	kind               byte
}

// Rule 13.
func readKey(text string) (key, *refusal) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 || !isHex(parts[1], 8) {
		return key{}, malformed("unreadable-key", "form")
	}
	octets, ok := base64Of(parts[2])
	if !ok || len(octets) == 0 {
		return key{}, malformed("unreadable-key", "form")
	}
	k := key{text: text, name: parts[0], kind: octets[0], public: string(octets[1:])}
	length, known := map[byte]int{kindEd25519: 32, kindCosignature: 32, kindMLDSA: 1312}[k.kind]
	if !known {
		return key{}, malformed("unreadable-key", "kind")
	}
	if len(k.public) != length {
		return key{}, malformed("unreadable-key", "length")
	}
	if !isKeyName(k.name) {
		return key{}, malformed("unreadable-key", "name")
	}
	hash := sha256.Sum256([]byte(k.name + "\n" + string(octets)))
	copy(k.id[:], hash[:])
	if hex.EncodeToString(k.id[:]) != parts[1] {
		return key{}, malformed("unreadable-key", "key-id")
	}
	return k, nil
}

func isHex(text string, length int) bool {
	return len(text) == length && strings.Trim(text, "0123456789abcdef") == ""
}

type line struct {
	name string
	id   [4]byte
	blob []byte
}

type note struct {
	text  string
	lines []line
}

// Rules 10 to 12.
func readNote(octets []byte) (note, *refusal) {
	refuse := func(reason string) (note, *refusal) { return note{}, malformed("unreadable-note", reason) }
	if len(octets) > 1<<20 {
		return refuse("too-large")
	}
	if !utf8.Valid(octets) {
		return refuse("encoding")
	}
	for _, c := range octets {
		if c < 0x20 && c != '\n' {
			return refuse("control-character")
		}
	}
	end := bytes.LastIndex(octets, []byte("\n\n"))
	if end < 0 || end+2 == len(octets) || octets[len(octets)-1] != '\n' {
		return refuse("no-signature-block")
	}
	n := note{text: string(octets[:end+1])}
	texts := strings.Split(strings.TrimSuffix(string(octets[end+2:]), "\n"), "\n")
	if len(texts) > 100 {
		return refuse("too-many-signatures")
	}
	for _, text := range texts {
		words := strings.Split(text, " ")
		if len(words) != 3 || words[0] != "—" || !isKeyName(words[1]) {
			return refuse("signature-line")
		}
		octets, ok := base64Of(words[2])
		if !ok || len(octets) < 5 {
			return refuse("signature-line")
		}
		l := line{name: words[1], blob: octets[4:]}
		copy(l.id[:], octets)
		n.lines = append(n.lines, l)
	}
	return n, nil
}

func (n note) bears(name string) bool {
	for _, l := range n.lines {
		if l.name == name {
			return true
		}
	}
	return false
}

type checkpoint struct {
	origin string
	size   int64
	root   [32]byte
}

// Rules 16 and 17.
func readCheckpoint(text string) (checkpoint, *refusal) {
	refuse := func(reason string) (checkpoint, *refusal) {
		return checkpoint{}, malformed("unreadable-checkpoint", reason)
	}
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return refuse("lines")
	}
	c := checkpoint{origin: lines[0]}
	if !isKeyName(c.origin) {
		return refuse("origin")
	}
	var ok bool
	if c.size, ok = number(lines[1]); !ok {
		return refuse("size")
	}
	root, ok := base64Of(lines[2])
	if !ok || len(root) != 32 {
		return refuse("root")
	}
	copy(c.root[:], root)
	if c.size == 0 && c.root != sha256.Sum256(nil) {
		return refuse("empty-root")
	}
	return c, nil
}

// Rules 14 and 15: the keys that signed, with the earliest time that their lines state.
func (n note) signedBy(keys []key) (map[string]int64, *refusal) {
	signed := map[string]int64{}
	for _, l := range n.lines {
		for _, k := range keys {
			// This reader has no ML-DSA.
			if k.name != l.name || k.id != l.id || k.kind == kindMLDSA {
				continue
			}
			at, ok := k.verifies(n.text, l.blob)
			if !ok {
				return nil, notProven("signature-does-not-fit")
			}
			if earlier, again := signed[k.text]; !again || at < earlier {
				signed[k.text] = at
			}
		}
	}
	return signed, nil
}

func (k key) verifies(text string, blob []byte) (int64, bool) {
	public := ed25519.PublicKey(k.public)
	if k.kind == kindEd25519 {
		return 0, len(blob) == 64 && ed25519.Verify(public, []byte(text), blob)
	}
	if len(blob) != 72 {
		return 0, false
	}
	seconds := binary.BigEndian.Uint64(blob)
	message := "cosignature/v1\ntime " + strconv.FormatUint(seconds, 10) + "\n" + text
	return int64(seconds), seconds < 1<<63 && ed25519.Verify(public, []byte(message), blob[8:])
}

// Rule 6.
func rootFrom(leaf [32]byte, index, size int64, path [][]byte) ([32]byte, *refusal) {
	if index >= size {
		return leaf, notProven("outside-tree")
	}
	inner := bits.Len64(uint64(index) ^ uint64(size-1))
	if len(path) != inner+bits.OnesCount64(uint64(index)>>inner) {
		return leaf, notProven("wrong-path-length")
	}
	node := leaf
	for j, sibling := range path {
		if j >= inner || index>>j&1 == 1 {
			node = nodeOf(sibling, node[:])
		} else {
			node = nodeOf(node[:], sibling)
		}
	}
	return node, nil
}

func nodeOf(left, right []byte) [32]byte {
	return sha256.Sum256(append(append([]byte{1}, left...), right...))
}
