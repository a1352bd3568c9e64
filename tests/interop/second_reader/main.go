// A second reader of receipts, policies and openings, from docs/specs alone.
//
//	second_reader policy POLICY [COSIGNER...]
//	second_reader receipt POLICY RECEIPT [NOW]
//	second_reader opening OPENING [COMMITMENT [ORIGIN]]
//	second_reader number|instant TEXT
//	second_reader value PATH JSON
//	second_reader record JSON
//	second_reader batch
//
// It prints one object of JSON, and exits as docs/specs/receipt.md says. With batch it reads
// commands, one JSON list of words a line, and prints a line for each.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "batch" {
		batch()
		return
	}
	answer, exit := answered(os.Args[1:])
	fmt.Println(answer)
	os.Exit(exit)
}

func batch() {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var words []string
		fail(json.Unmarshal(line, &words))
		answer, _ := answered(words)
		fmt.Fprintln(out, answer)
	}
}

func answered(words []string) (string, int) {
	shown, refused := run(words)
	if refused == nil {
		shown["outcome"] = "proven"
		return string(encode(shown)), 0
	}
	answer := map[string]any{
		"outcome": "refused", "code": refused.code, "exit": int64(refused.exit), "reason": nil,
		"line": int64(refused.line),
	}
	if refused.reason != "" {
		answer["reason"] = refused.reason
	}
	return string(encode(answer)), refused.exit
}

func run(words []string) (map[string]any, *refusal) {
	switch {
	case len(words) >= 2 && words[0] == "policy":
		return runPolicy(words[1], words[2:])
	case len(words) >= 3 && words[0] == "receipt":
		return runReceipt(words[1], words[2], words[3:])
	case len(words) >= 2 && words[0] == "opening":
		return runOpening(words[1], words[2:])
	case len(words) == 2 && words[0] == "number":
		return readNumber(words[1])
	case len(words) == 2 && words[0] == "instant":
		milliseconds, ok := moment(words[1])
		if !ok {
			return nil, malformed("unreadable-instant", "")
		}
		return map[string]any{"milliseconds": milliseconds}, nil
	case len(words) == 3 && words[0] == "value":
		value, err := decode([]byte(words[2]), 32)
		if err != nil || !envelopeFields[words[1]](value) {
			return nil, openingMalformed("wrong-value")
		}
		return map[string]any{}, nil
	case len(words) == 2 && words[0] == "record":
		given, err := decode([]byte(words[1]), 32)
		fail(err)
		return record(given.(map[string]any)), nil
	}
	fail(fmt.Errorf("no such command: %q", words))
	return nil, nil
}

func runPolicy(file string, cosigners []string) (map[string]any, *refusal) {
	p, refused := readPolicy(read(file))
	if refused != nil {
		return nil, refused
	}
	cosigned := map[string]bool{}
	for _, name := range cosigners {
		cosigned[name] = true
	}
	shown := p.shown()
	shown["met"] = p.met(cosigned)
	return shown, nil
}

func runReceipt(policyFile, receiptFile string, clock []string) (map[string]any, *refusal) {
	p, refused := readPolicy(read(policyFile))
	if refused != nil {
		return nil, refused
	}
	var now *int64
	if len(clock) == 1 {
		seconds, err := strconv.ParseInt(clock[0], 10, 64)
		fail(err)
		now = &seconds
	}
	return verify(p, read(receiptFile), now)
}

func runOpening(file string, rest []string) (map[string]any, *refusal) {
	var commitment []byte
	var origin *string
	if len(rest) > 0 {
		var err error
		commitment, err = hex.DecodeString(rest[0])
		fail(err)
	}
	if len(rest) > 1 {
		origin = &rest[1]
	}
	return open(read(file), commitment, origin)
}

func read(file string) []byte {
	octets, err := os.ReadFile(file)
	fail(err)
	return octets
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(70)
	}
}
