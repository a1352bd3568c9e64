package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type checkpoint struct {
	origin string
	size   int64
	root   tlog.Hash
	times  map[string]int64
}

// The log's key is opened by note.NewVerifier; witnesses by our own Verifier, which notes the time.
func openCheckpoint(policyFile string, content []byte) (*checkpoint, error) {
	policy, err := os.ReadFile(policyFile)
	if err != nil {
		return nil, err
	}
	c := &checkpoint{times: map[string]int64{}}
	origin, _, _ := strings.Cut(string(content), "\n")
	var verifiers []note.Verifier
	logs := map[string]bool{}
	for _, line := range strings.Split(string(policy), "\n") {
		words := strings.Fields(line)
		if len(words) >= 2 && words[0] == "log" {
			verifier, err := note.NewVerifier(words[1])
			if err != nil {
				return nil, err
			}
			if verifier.Name() == origin {
				verifiers = append(verifiers, verifier)
				logs[fmt.Sprintf("%s+%08x", verifier.Name(), verifier.KeyHash())] = true
			}
		}
		if len(words) >= 3 && words[0] == "witness" {
			verifier, err := newCosigner(words[2], c.times)
			if err != nil {
				return nil, err
			}
			verifiers = append(verifiers, verifier)
		}
	}
	opened, err := note.Open(content, note.VerifierList(verifiers...))
	if err != nil {
		return nil, err
	}
	signed := false
	for _, by := range opened.Sigs {
		signed = signed || logs[fmt.Sprintf("%s+%08x", by.Name, by.Hash)]
	}
	if _, timed := c.times[origin+"/time"]; !signed || !timed {
		return nil, errors.New("not signed by the log and its clock")
	}
	return c, c.read(opened.Text)
}

func (c *checkpoint) read(text string) error {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 {
		return errors.New("not three lines")
	}
	var err error
	c.origin = lines[0]
	if c.size, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return err
	}
	c.root, err = tlog.ParseHash(lines[2])
	return err
}

// C2SP cosignature/v1: a note.Verifier, which x/mod has for kind 0x01 only.
type cosigner struct {
	name   string
	hash   uint32
	public ed25519.PublicKey
	times  map[string]int64
}

func newCosigner(vkey string, times map[string]int64) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a verifier key")
	}
	hash, err := hex.DecodeString(parts[1])
	if err != nil || len(hash) != 4 {
		return nil, errors.New("not a key id")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return nil, errors.New("not a key of kind 0x04")
	}
	return &cosigner{parts[0], binary.BigEndian.Uint32(hash), key[1:], times}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }

func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 72 {
		return false
	}
	at := int64(binary.BigEndian.Uint64(signature))
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", at, text)
	if at < 0 || !ed25519.Verify(c.public, []byte(message), signature[8:]) {
		return false
	}
	if earlier, again := c.times[c.name]; !again || at < earlier {
		c.times[c.name] = at
	}
	return true
}
