package main

// docs/specs/act.md: values of the envelope, instants and numbers.

import (
	"encoding/base64"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var envelopeFields = map[string]func(any) bool{
	"act":         isCode,
	"allegations": isOrdinals,
	"at":          func(v any) bool { text, ok := v.(string); _, fits := moment(text); return ok && fits },
	"by":          isActor,
	"docket":      isText,
	"entered_by":  func(v any) bool { return v == nil || isActor(v) },
	"facts":       func(v any) bool { _, ok := v.(map[string]any); return ok },
	"kind":        isCode,
	"previous":    func(v any) bool { return v == nil || isCommitment(v) },
	"sequence":    isOrdinal,
	"signature":   func(v any) bool { return v == nil || isSignature(v) },
}

func isText(v any) bool {
	text, ok := v.(string)
	return ok && text != ""
}

// Rule 3.
var code = regexp.MustCompile(`\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z`)

func isCode(v any) bool {
	text, ok := v.(string)
	return ok && code.MatchString(text)
}

func isOrdinal(v any) bool {
	n, ok := v.(int64)
	return ok && n >= 1
}

func isOrdinals(v any) bool {
	list, ok := v.([]any)
	for _, item := range list {
		ok = ok && isOrdinal(item)
	}
	return ok
}

func isActor(v any) bool {
	members, ok := v.(map[string]any)
	return ok && len(members) == 2 && isText(members["party"]) && isCode(members["seat"])
}

func isCommitment(v any) bool {
	text, _ := v.(string)
	octets, ok := base64url(text)
	return ok && len(octets) == 32
}

func isSignature(v any) bool {
	members, ok := v.(map[string]any)
	key, _ := members["key"].(string)
	signature, _ := members["signature"].(string)
	return ok && len(members) == 2 && isHex(key, 64) && isHex(signature, 128)
}

func base64url(text string) ([]byte, bool) { return strict(base64.RawURLEncoding, text) }

// Rule 5: milliseconds since 1970.
func moment(text string) (int64, bool) {
	const layout = "2006-01-02T15:04:05.000Z"
	t, err := time.Parse(layout, text)
	return t.UnixMilli(), err == nil && t.Format(layout) == text && t.Year() >= 1000
}

var caseNumber = regexp.MustCompile(
	`\A([A-Z][A-Z0-9]{1,7})-([0-9]{4})-([0-9]{4}|[1-9][0-9]{4,7})-([0-9])(?:/([1-9][0-9]*))?\z`)

// Rules 11 to 13.
func readNumber(text string) (map[string]any, *refusal) {
	upper := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, strings.Trim(text, whiteSpace))
	parts := caseNumber.FindStringSubmatch(upper)
	if parts == nil {
		return nil, malformed("unreadable-number", "")
	}
	serial, _ := strconv.ParseInt(parts[3], 10, 64)
	year, _ := strconv.ParseInt(parts[2], 10, 64)
	digits := strings.Repeat("0", 8-len(parts[3])) + parts[3] + parts[2]
	if parts[4] != checkDigit(digits) {
		return nil, malformed("wrong-check-digit", "")
	}
	shown := map[string]any{"prefix": parts[1], "year": year, "serial": serial, "act": nil}
	if parts[5] != "" {
		act, err := strconv.ParseInt(parts[5], 10, 64)
		if err != nil || act > greatest {
			return nil, malformed("unreadable-number", "")
		}
		shown["act"] = act
	}
	return shown, nil
}

// ISO/IEC 7064, MOD 11,10.
func checkDigit(digits string) string {
	product := 10
	for _, digit := range digits {
		sum := (product + int(digit-'0')) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return strconv.Itoa((11 - product) % 10)
}
