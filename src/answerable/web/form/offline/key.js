// The copy key: twenty digits, each group of four with its check digit (docs/specs/form-copy.md).

import { malformed } from "./failure.js";
import { latinDigits } from "./typed.js";

const GROUPS = 5;
const DRAWN = 3;
const LENGTH = GROUPS * (DRAWN + 1);
const POSITIONS = [6, 7, 8, 9, 0];
const OF_RETURN_KEYS = [1, 2, 3, 4, 5];
// Spaces, line ends, hyphens and dashes, and what is not seen at all.
const BETWEEN = /^[\p{Zs}\p{Zl}\p{Zp}\p{Pd}\p{Cf}\p{Cc}0-9]*$/u;
// Damm's quasigroup of order ten.
const DAMM = (
  "0317598642 7092154863 4206871359 1750983426 6123045978 " +
  "3674209581 5869720134 8945362017 9438617205 2581436790"
).split(" ");

const check = (position, drawn) =>
  [position, ...drawn].reduce((interim, digit) => Number(DAMM[interim][digit]), 0);

// Returns the key that 32 random bytes make.
export function drawnKey(random) {
  if (random.length !== 32) throw new Error("a key is made of 32 random bytes");
  const whole = random.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
  const digits = String(whole % 10n ** BigInt(GROUPS * DRAWN)).padStart(GROUPS * DRAWN, "0");
  return POSITIONS.map((position, at) => {
    const drawn = digits.slice(at * DRAWN, (at + 1) * DRAWN);
    return drawn + check(position, drawn);
  }).join("");
}

export const groupsOf = (key) => key.match(/..../g);

// Returns the key that a person typed, in digits of any script and groups of any length.
export function typedKey(text) {
  const latin = latinDigits(text);
  const digits = latin.replace(/[^0-9]/g, "");
  const found = digits.length;
  if (found !== LENGTH) throw malformed("copy-key-unreadable", { found });
  if (!BETWEEN.test(latin)) throw malformed("copy-key-unreadable", { found, reason: "signs" });
  const wrong = wrongGroup(digits, POSITIONS);
  if (wrong === 0) return digits;
  if (wrongGroup(digits, OF_RETURN_KEYS) === 0) {
    throw malformed("key-of-another-kind", { kind: "return" });
  }
  throw malformed("copy-key-group-wrong", { group: wrong });
}

// The first group, counted from 1, whose check digit does not fit, or 0.
function wrongGroup(digits, positions) {
  const fits = (group, at) => Number(group[DRAWN]) === check(positions[at], group.slice(0, DRAWN));
  return groupsOf(digits).findIndex((group, at) => !fits(group, at)) + 1;
}
