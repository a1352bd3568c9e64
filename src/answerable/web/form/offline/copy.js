// The locked copy of a form (docs/specs/form-copy.md): sealed, and opened again.

import { joined, same, textOf, utf8 } from "./bytes.js";
import { malformed, refused } from "./failure.js";
import { gcm } from "./noble/ciphers/aes.js";
import { scryptAsync } from "./noble/scrypt.js";

const FORMAT = "answerable/form-copy/v1";
const MAGIC = utf8(`${FORMAT}\n`);
const [SALT, NONCE, TAG, LEAST, LONGEST] = [16, 12, 16, 4096, 2 * 2 ** 20];
// Of its key: slow, and gives the page back every few hundredths of a second.
const COST = { N: 2 ** 14, r: 8, p: 1, dkLen: 32, asyncTick: 30 };

const secretOf = (key, salt, onProgress) =>
  scryptAsync(utf8(key), joined(utf8(`${FORMAT}\0`), salt), { ...COST, onProgress });

// Makes the lock of one copy ahead of it: a salt of its own, and what takes seconds to work out.
export async function lock(key, random, onProgress) {
  const salt = random(SALT);
  return { salt, nonce: random(NONCE), secret: await secretOf(key, salt, onProgress) };
}

// Returns the octets of a copy. A lock is for one copy only.
export function sealed({ salt, nonce, secret }, answers) {
  const plain = utf8(JSON.stringify({ answers: Object.fromEntries(answers), format: FORMAT }));
  const padded = new Uint8Array(Math.max(LEAST, 2 ** Math.ceil(Math.log2(plain.length))));
  padded.fill(0x20);
  padded.set(plain);
  return joined(MAGIC, salt, nonce, gcm(secret, nonce).encrypt(padded));
}

// Returns the answers in a copy. Whoever has its key may have made it: nothing of it is trusted.
export async function opened(key, octets, onProgress) {
  const rest = octets.subarray(MAGIC.length);
  const isCopy = same(octets.subarray(0, MAGIC.length), MAGIC);
  if (!isCopy || rest.length <= SALT + NONCE || rest.length > LONGEST) {
    throw malformed("no-form-copy");
  }
  const [salt, nonce] = [rest.subarray(0, SALT), rest.subarray(SALT, SALT + NONCE)];
  const secret = await secretOf(key, salt, onProgress);
  return answersIn(plainOf(secret, nonce, rest.subarray(SALT + NONCE)));
}

function plainOf(secret, nonce, ciphertext) {
  if (ciphertext.length < TAG) throw refused("copy-stays-shut");
  try {
    return gcm(secret, nonce).decrypt(ciphertext);
  } catch {
    throw refused("copy-stays-shut");
  }
}

function answersIn(plain) {
  let value;
  try {
    value = JSON.parse(textOf(plain));
  } catch {
    throw malformed("no-form-copy");
  }
  const isObject = (one) => typeof one === "object" && one !== null && !Array.isArray(one);
  if (!isObject(value) || value.format !== FORMAT || !isObject(value.answers)) {
    throw malformed("no-form-copy");
  }
  const isTexts = (one) =>
    Array.isArray(one) && one.length > 0 && one.every((text) => typeof text === "string");
  return new Map(Object.entries(value.answers).filter(([, given]) => isTexts(given)));
}
