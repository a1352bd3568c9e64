// Canonical JSON (RFC 8785) for texts, safe integers, true, false, null, lists and objects.

import { textOf, utf8 } from "./bytes.js";

const DEPTH = 32;

// Returns the value of which the bytes are the canonical form, undefined for any other bytes.
// The form is unique, so one comparison refuses doubled and unsorted keys, blanks and needless
// escapes.
export function decode(bytes) {
  const text = textOf(bytes);
  if (text === null) return undefined;
  try {
    const value = JSON.parse(text);
    return encode(value) === text ? value : undefined;
  } catch {
    return undefined; // no JSON, or no value of ours
  }
}

export function encode(value, depth = DEPTH) {
  if (typeof value === "string") return quoted(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new RangeError("no integer up to 2^53 - 1");
    return String(value);
  }
  if (depth === 0) throw new RangeError("too deep");
  if (Array.isArray(value)) return `[${value.map((item) => encode(item, depth - 1)).join(",")}]`;
  // sort() compares UTF-16 code units, as section 3.2.3 has it.
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${quoted(key)}:${encode(value[key], depth - 1)}`).join(",")}}`;
}

export const encoded = (value) => utf8(encode(value));

function quoted(text) {
  // JSON.stringify spells half a character; it has no UTF-8, and so no canonical form.
  if (/\p{Surrogate}/u.test(text)) throw new RangeError("half a character");
  return JSON.stringify(text);
}

export const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

// Whether a value is an object with exactly these members, named in ascending order.
export function hasMembers(value, ...names) {
  const members = isObject(value) ? Object.keys(value).sort() : [];
  return members.length === names.length && names.every((name, at) => members[at] === name);
}
