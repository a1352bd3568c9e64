package main

// docs/specs/commitment.md: openings, and records made again from their secret.

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

type disclosure struct {
	digest, path string
	readers      []any
	value        any
}

func openingMalformed(reason string) *refusal { return malformed("opening-malformed", reason) }

// What an opening has: itself, body, content, envelope, and three lists.
const brackets = 7

// How a reader judges, in this order; nil for what the reader does not have.
func open(octets, commitment []byte, origin *string) (map[string]any, *refusal) {
	file, refused := readFile(octets)
	if refused != nil {
		return nil, refused
	}
	blinding, refused := readBlinding(file["blinding"].(string))
	if refused != nil {
		return nil, refused
	}
	body := file["body"].(map[string]any)
	content, envelope, refused := readBody(body)
	if refused != nil {
		return nil, refused
	}
	disclosures, refused := readDisclosures(file["disclosures"].([]any))
	if refused != nil {
		return nil, refused
	}
	made := commit(blinding, encode(body))
	if commitment != nil && !bytes.Equal(made, commitment) {
		return nil, notProven("opening-of-another")
	}
	shown, refused := sorted(disclosures, content, envelope)
	if refused != nil {
		return nil, refused
	}
	shown["commitment"] = hex.EncodeToString(made)
	return shown, signedBy(shown, body["content"], origin)
}

func readFile(octets []byte) (map[string]any, *refusal) {
	if len(octets) > 32<<20 {
		return nil, openingMalformed("too-long")
	}
	if bytes.Count(octets, []byte("["))+bytes.Count(octets, []byte("{")) > brackets {
		return nil, openingMalformed("wrong-members")
	}
	value, err := decode(bytes.TrimSuffix(octets, []byte("\n")), brackets)
	if err != nil {
		return nil, openingMalformed("not-canonical")
	}
	file, _ := value.(map[string]any)
	_, blinding := file["blinding"].(string)
	_, body := file["body"].(map[string]any)
	list, disclosures := file["disclosures"].([]any)
	format, formatted := file["format"].(string)
	for _, item := range list {
		_, text := item.(string)
		disclosures = disclosures && text
	}
	if len(file) != 4 || !blinding || !body || !disclosures || !formatted {
		return nil, openingMalformed("wrong-members")
	}
	if format != "answerable/opening/v1" {
		return nil, openingMalformed("wrong-format")
	}
	return file, nil
}

func readBlinding(text string) ([]byte, *refusal) {
	blinding, ok := base64url(text)
	if !ok {
		return nil, openingMalformed("not-base64url")
	}
	if len(blinding) != 32 {
		return nil, openingMalformed("wrong-blinding")
	}
	return blinding, nil
}

// Rules 9 to 11: the two lists, as sets.
func readBody(body map[string]any) (content, envelope map[string]bool, refused *refusal) {
	algorithm, one := body["_sd_alg"].(string)
	format, two := body["format"].(string)
	content, three := readList(body["content"])
	envelope, four := readList(body["envelope"])
	if one && algorithm != "sha-256" || two && format != "answerable/record/v1" {
		return nil, nil, openingMalformed("wrong-format")
	}
	fits := len(body) == 4 && one && two && three && four &&
		len(content) > 0 && len(content)%8 == 0 && len(envelope) == 11
	for digest := range content {
		fits = fits && !envelope[digest]
	}
	if !fits {
		return nil, nil, openingMalformed("wrong-body")
	}
	return content, envelope, nil
}

func readList(value any) (map[string]bool, bool) {
	members, _ := value.(map[string]any)
	list, ok := members["_sd"].([]any)
	digests, before := map[string]bool{}, ""
	for _, item := range list {
		digest, _ := item.(string)
		octets, fits := base64url(digest)
		ok = ok && fits && len(octets) == 32 && digest > before
		digests[digest], before = true, digest
	}
	return digests, ok && len(members) == 1
}

func readDisclosures(texts []any) ([]disclosure, *refusal) {
	var disclosures []disclosure
	for _, text := range texts {
		d, reason := readDisclosure(text.(string))
		if reason != "" {
			return nil, openingMalformed(reason)
		}
		disclosures = append(disclosures, d)
	}
	return disclosures, nil
}

var path = regexp.MustCompile(`\A[a-z0-9_-]+(/[a-z0-9_-]+)*\z`)

func readDisclosure(text string) (disclosure, string) {
	if len(text) > 4<<20 {
		return disclosure{}, "too-long"
	}
	octets, ok := base64url(text)
	if !ok {
		return disclosure{}, "not-base64url"
	}
	value, err := decode(octets, 32)
	array, _ := value.([]any)
	if err != nil || len(array) != 3 {
		return disclosure{}, "wrong-disclosure"
	}
	salt, one := array[0].(string)
	where, two := array[1].(string)
	claim, three := array[2].(map[string]any)
	readers, four := claim["readers"].([]any)
	said, five := claim["value"]
	octets, six := base64url(salt)
	if !(one && two && three && four && five && six) || len(claim) != 2 || len(octets) != 16 {
		return disclosure{}, "wrong-disclosure"
	}
	hash := sha256.Sum256([]byte(text))
	d := disclosure{base64.RawURLEncoding.EncodeToString(hash[:]), where, readers, said}
	return d, d.wrong()
}

// Rules 3 to 6.
func (d disclosure) wrong() string {
	_, inEnvelope := envelopeFields[d.path]
	switch {
	case len(d.path) > 200 || !path.MatchString(d.path):
		return "wrong-path"
	case inEnvelope && (len(d.readers) != 1 || d.readers[0] != "parties"):
		return "wrong-readers"
	case !inEnvelope && !areReaders(d.readers):
		return "wrong-readers"
	}
	return ""
}

// Rule 6: each reader has a rank, and ranks ascend.
func areReaders(readers []any) bool {
	before := ""
	for _, item := range readers {
		reader, _ := item.(string)
		rank := "" // which is below every rank: no reader
		for i, seat := range []string{"complainant", "secretariat", "member", "monitor", "collector", "lead", "author", "public"} {
			if reader == seat {
				rank = strconv.Itoa(i)
			}
		}
		if strings.HasPrefix(reader, "key:") && isHex(reader[len("key:"):], 64) {
			rank = reader
		}
		if rank <= before {
			return false
		}
		before = rank
	}
	return len(readers) > 0
}

func sorted(disclosures []disclosure, content, envelope map[string]bool) (map[string]any, *refusal) {
	shown := map[string]map[string]any{"content": {}, "envelope": {}}
	paths := map[string]bool{}
	for _, d := range disclosures {
		allows, inEnvelope := envelopeFields[d.path]
		switch {
		case !content[d.digest] && !envelope[d.digest]:
			return nil, notProven("foreign-disclosure")
		case envelope[d.digest] != inEnvelope:
			return nil, openingMalformed("wrong-list")
		case inEnvelope && !allows(d.value):
			return nil, openingMalformed("wrong-value")
		case paths[d.path]:
			return nil, openingMalformed("path-twice")
		case inEnvelope:
			shown["envelope"][d.path] = d.value
		default:
			shown["content"][d.path] = map[string]any{"readers": d.readers, "value": d.value}
		}
		paths[d.path] = true
	}
	_, signature := shown["envelope"]["signature"]
	return map[string]any{
		"content": shown["content"], "envelope": shown["envelope"],
		"undisclosed":     int64(len(content) - len(shown["content"])),
		"signature_shown": signature, "signed_by": nil,
	}, nil
}

// Rules 13 to 15. Without a receipt the origin is not known, and the signature cannot be judged.
func signedBy(shown map[string]any, content any, origin *string) *refusal {
	signature, _ := shown["envelope"].(map[string]any)["signature"].(map[string]any)
	if signature == nil || origin == nil {
		return nil
	}
	public, _ := hex.DecodeString(signature["key"].(string))
	octets, _ := hex.DecodeString(signature["signature"].(string))
	if !ed25519.Verify(public, []byte(statement(*origin, content)), octets) {
		return notProven("party-signature-wrong")
	}
	shown["signed_by"] = signature["key"]
	return signedThisAct(shown["content"].(map[string]any), shown["envelope"].(map[string]any))
}

// Rules 16a to 16c: a signed act says in its content which act it is.
func signedThisAct(content, envelope map[string]any) *refusal {
	field, shown := content["signed-act"].(map[string]any)
	if !shown {
		return nil
	}
	names := []string{"act", "allegations", "by", "docket", "entered_by", "facts", "sequence"}
	said, _ := field["value"].(map[string]any)
	for _, name := range names {
		if _, there := said[name]; !there || len(said) != len(names) {
			return notProven("signed-another-act")
		}
	}
	begins := said["docket"] == nil && bytes.Equal(encode(said["sequence"]), []byte("1"))
	for _, name := range names {
		value, disclosed := envelope[name]
		if !disclosed || name == "docket" && begins {
			continue
		}
		if facts, ok := value.(map[string]any); ok && name == "facts" {
			signed := map[string]any{}
			for fact, what := range facts {
				if fact != "clocks" {
					signed[fact] = what
				}
			}
			value = signed
		}
		if !bytes.Equal(encode(said[name]), encode(value)) {
			return notProven("signed-another-act")
		}
	}
	return nil
}

func statement(origin string, content any) string {
	hash := sha256.Sum256(encode(content))
	return "answerable/content/v1\n" + origin + "\n" +
		base64.RawURLEncoding.EncodeToString(hash[:]) + "\n"
}

// Rule 12.
func commit(blinding, body []byte) []byte {
	hash := sha256.Sum256(body)
	made := sha256.Sum256(append(append([]byte("answerable/commit/v1\x00"), blinding...), hash[:]...))
	return made[:]
}

// Rule 2: RFC 5869, one block.
func derive(secret []byte, info string) []byte {
	extract := hmac.New(sha256.New, make([]byte, 32))
	extract.Write(secret)
	expand := hmac.New(sha256.New, extract.Sum(nil))
	expand.Write([]byte(info + "\x01"))
	return expand.Sum(nil)
}

// A record made from its secret and its fields: {"origin", "record_secret", "content", "envelope"}.
func record(given map[string]any) map[string]any {
	secret, _ := hex.DecodeString(given["record_secret"].(string))
	envelopeSecret := derive(secret, "answerable/envelope/v1")
	content, envelope := given["content"].([]any), given["envelope"].([]any)
	contentShown, contentList := disclosed(secret, content)
	envelopeShown, envelopeList := disclosed(envelopeSecret, envelope)
	decoys := []any{}
	for i := 0; i == 0 || len(contentList)%8 != 0; i++ {
		decoy := derive(secret, "answerable/decoy/v1"+strconv.Itoa(i))
		text := base64.RawURLEncoding.EncodeToString(decoy)
		decoys, contentList = append(decoys, text), append(contentList, text)
	}
	inContent := map[string]any{"_sd": ascending(contentList)}
	body := encode(map[string]any{
		"_sd_alg": "sha-256", "content": inContent,
		"envelope": map[string]any{"_sd": ascending(envelopeList)},
		"format":   "answerable/record/v1",
	})
	blinding := derive(envelopeSecret, "answerable/blinding/v1")
	return map[string]any{
		"content_key":     hex.EncodeToString(derive(secret, "answerable/content-key/v1")),
		"envelope_secret": hex.EncodeToString(envelopeSecret),
		"blinding":        hex.EncodeToString(blinding), "body": string(body),
		"commitment": hex.EncodeToString(commit(blinding, body)),
		"content":    contentShown, "envelope": envelopeShown, "decoys": decoys,
		"content_statement": statement(given["origin"].(string), inContent),
	}
}

func disclosed(secret []byte, fields []any) (shown []any, digests []string) {
	shown = []any{}
	for _, field := range fields {
		f := field.(map[string]any)
		salt := derive(secret, "answerable/salt/v1"+f["path"].(string))[:16]
		claim := map[string]any{"readers": f["readers"], "value": f["value"]}
		array := []any{base64.RawURLEncoding.EncodeToString(salt), f["path"], claim}
		text := base64.RawURLEncoding.EncodeToString(encode(array))
		hash := sha256.Sum256([]byte(text))
		digests = append(digests, base64.RawURLEncoding.EncodeToString(hash[:]))
		shown = append(shown, text)
	}
	return shown, digests
}

func ascending(texts []string) []any {
	sort.Strings(texts)
	list := []any{}
	for _, text := range texts {
		list = append(list, text)
	}
	return list
}
