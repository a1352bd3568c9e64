// What the fields of an envelope may be, and case numbers (docs/specs/act.md).

import { bytesOfHex } from "./bytes.js";
import { hasMembers, isObject } from "./canonical.js";
import { malformed } from "./failure.js";

const isCode = (value) =>
  typeof value === "string" && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(value);

// 32 bytes in base64url: the last of 43 characters has two spare bits, which are zero.
export const isDigest = (value) =>
  typeof value === "string" && /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(value);

const isCount = (value) => Number.isSafeInteger(value) && value > 0;

const isText = (value) => typeof value === "string" && value !== "";

const isBy = (value) =>
  hasMembers(value, "party", "seat") && isText(value.party) && isCode(value.seat);

const isSignature = (value) =>
  hasMembers(value, "key", "signature") &&
  bytesOfHex(value.key).length === 32 &&
  bytesOfHex(value.signature).length === 64;

// Returns milliseconds since 1970, NaN for what is not written as 2026-05-12T02:14:05.123Z.
export function instantOf(text) {
  const form = /^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/;
  const at = typeof text === "string" && form.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString() === text ? at : NaN;
}

export const ENVELOPE = new Map([
  ["act", isCode],
  ["allegations", (value) => Array.isArray(value) && value.every(isCount)],
  ["at", (value) => !Number.isNaN(instantOf(value))],
  ["by", isBy],
  ["docket", isText],
  ["entered_by", (value) => value === null || isBy(value)],
  ["facts", isObject],
  ["kind", isCode],
  ["previous", (value) => value === null || isDigest(value)],
  ["sequence", isCount],
  ["signature", (value) => value === null || isSignature(value)],
]);

const NUMBER = /^([A-Z][A-Z0-9]{1,7})-([0-9]{4})-([0-9]{4,8})-([0-9])(?:\/([1-9][0-9]{0,8}))?$/;
const KHMER_ZERO = 0x17e0;

// Returns the number that a person typed, in Khmer digits or the others.
export function typedNumber(text) {
  const plain = text
    .replace(/[\u17e0-\u17e9]/g, (digit) => String(digit.charCodeAt(0) - KHMER_ZERO))
    .replace(/[\u200b-\u200d]/g, "");
  return caseNumber(plain);
}

export function caseNumber(text) {
  const trimmed = text.trim();
  // Upper case would make an S of a long s: a letter nobody prints here.
  const found = /^[ -~]*$/.test(trimmed) ? NUMBER.exec(trimmed.toUpperCase()) : null;
  if (found === null) throw malformed("unreadable-number");
  const [, prefix, year, serial, digit, act] = found;
  if (serial.length > 4 && serial.startsWith("0")) throw malformed("unreadable-number");
  if (checkDigit(serial.padStart(8, "0") + year) !== Number(digit)) {
    throw malformed("wrong-check-digit", { found: digit });
  }
  const numbers = { year: Number(year), serial: Number(serial), act: act ? Number(act) : null };
  return { prefix, ...numbers, text: trimmed.toUpperCase() };
}

// ISO/IEC 7064, MOD 11,10.
function checkDigit(digits) {
  let check = 10;
  for (const digit of digits) check = (((check + Number(digit)) % 10 || 10) * 2) % 11;
  return (11 - check) % 10;
}
