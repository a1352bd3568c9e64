package main

// Canonical JSON (RFC 8785) for texts, integers, true, false, null, lists and objects: a text is
// canonical if writing what was read gives the same bytes. A value is string, int64, bool, nil,
// []any or map[string]any.

import (
	"bytes"
	"errors"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const greatest = 1<<53 - 1

var errNotCanonical = errors.New("not canonical JSON")

func decode(octets []byte, depth int) (any, error) {
	if !utf8.Valid(octets) {
		return nil, errNotCanonical
	}
	r := reader{octets, 0}
	value, err := r.value(depth)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(encode(value), octets) {
		return nil, errNotCanonical
	}
	return value, nil
}

type reader struct {
	octets []byte
	at     int
}

func (r *reader) take(text string) bool {
	if bytes.HasPrefix(r.octets[r.at:], []byte(text)) {
		r.at += len(text)
		return true
	}
	return false
}

func (r *reader) value(depth int) (any, error) {
	switch {
	case r.take("null"):
		return nil, nil
	case r.take("true"):
		return true, nil
	case r.take("false"):
		return false, nil
	case r.take(`"`):
		return r.text()
	case r.take("["):
		return r.list(depth - 1)
	case r.take("{"):
		return r.object(depth - 1)
	}
	return r.integer()
}

func (r *reader) integer() (any, error) {
	end := r.at
	for end < len(r.octets) && strings.IndexByte("-0123456789", r.octets[end]) >= 0 {
		end++
	}
	number, err := strconv.ParseInt(string(r.octets[r.at:end]), 10, 64)
	if err != nil || number > greatest || number < -greatest {
		return nil, errNotCanonical
	}
	r.at = end
	return number, nil
}

func (r *reader) list(depth int) (any, error) {
	items := []any{}
	if depth < 0 {
		return nil, errNotCanonical
	}
	if r.take("]") {
		return items, nil
	}
	for {
		item, err := r.value(depth)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		if r.take("]") {
			return items, nil
		}
		if !r.take(",") {
			return nil, errNotCanonical
		}
	}
}

func (r *reader) object(depth int) (any, error) {
	members := map[string]any{}
	if depth < 0 {
		return nil, errNotCanonical
	}
	if r.take("}") {
		return members, nil
	}
	for {
		if !r.take(`"`) {
			return nil, errNotCanonical
		}
		name, err := r.text()
		if err != nil || !r.take(":") {
			return nil, errNotCanonical
		}
		if members[name.(string)], err = r.value(depth); err != nil {
			return nil, err
		}
		if r.take("}") {
			return members, nil // a name that stood twice is now shorter than what was read
		}
		if !r.take(",") {
			return nil, errNotCanonical
		}
	}
}

func (r *reader) text() (any, error) {
	var text strings.Builder
	for r.at < len(r.octets) {
		c := r.octets[r.at]
		r.at++
		switch {
		case c == '"':
			return text.String(), nil
		case c < 0x20:
			return nil, errNotCanonical
		case c != '\\':
			text.WriteByte(c)
		default:
			meant, err := r.escape()
			if err != nil {
				return nil, err
			}
			text.WriteByte(meant)
		}
	}
	return nil, errNotCanonical
}

// Only what canonical JSON escapes: quotation mark, backslash and the controls below U+0020.
func (r *reader) escape() (byte, error) {
	rest := r.octets[r.at:]
	if len(rest) > 0 {
		if i := strings.IndexByte(`"\bfnrt`, rest[0]); i >= 0 {
			r.at++
			return "\"\\\b\f\n\r\t"[i], nil
		}
	}
	if len(rest) < 5 || rest[0] != 'u' {
		return 0, errNotCanonical
	}
	code, err := strconv.ParseUint(string(rest[1:5]), 16, 16)
	if err != nil || code >= 0x20 {
		return 0, errNotCanonical
	}
	r.at += 5
	return byte(code), nil
}

func encode(value any) []byte {
	var out bytes.Buffer
	write(&out, value)
	return out.Bytes()
}

func write(out *bytes.Buffer, value any) {
	switch v := value.(type) {
	case nil:
		out.WriteString("null")
	case bool:
		out.WriteString(strconv.FormatBool(v))
	case int64:
		out.WriteString(strconv.FormatInt(v, 10))
	case string:
		writeText(out, v)
	case []any:
		out.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				out.WriteByte(',')
			}
			write(out, item)
		}
		out.WriteByte(']')
	case map[string]any:
		out.WriteByte('{')
		for i, name := range sortedNames(v) {
			if i > 0 {
				out.WriteByte(',')
			}
			writeText(out, name)
			out.WriteByte(':')
			write(out, v[name])
		}
		out.WriteByte('}')
	default:
		panic("a value of no kind of JSON")
	}
}

// RFC 8785, 3.2.3: by UTF-16 code units.
func sortedNames(members map[string]any) []string {
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := utf16.Encode([]rune(names[i])), utf16.Encode([]rune(names[j]))
		for k := 0; k < len(a) && k < len(b); k++ {
			if a[k] != b[k] {
				return a[k] < b[k]
			}
		}
		return len(a) < len(b)
	})
	return names
}

func writeText(out *bytes.Buffer, text string) {
	out.WriteByte('"')
	for i := 0; i < len(text); i++ {
		c := text[i]
		if j := strings.IndexByte("\"\\\b\f\n\r\t", c); j >= 0 {
			out.WriteByte('\\')
			out.WriteByte(`"\bfnrt`[j])
		} else if c < 0x20 {
			out.WriteString(`\u00`)
			out.WriteByte("0123456789abcdef"[c>>4])
			out.WriteByte("0123456789abcdef"[c&15])
		} else {
			out.WriteByte(c)
		}
	}
	out.WriteByte('"')
}
