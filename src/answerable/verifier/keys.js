// Verifier keys (docs/specs/ledger.md, rules 12 and 13).

import { base64, bytesOfBase64, hex, joined, sha256, utf8 } from "./bytes.js";
import { malformed } from "./failure.js";

export const ED25519 = 0x01;
export const COSIGNATURE = 0x04;
export const MLDSA_COSIGNATURE = 0x06;

const LENGTHS = { [ED25519]: 32, [COSIGNATURE]: 32, [MLDSA_COSIGNATURE]: 1312 };

// White_Space of Unicode, spelt out: what an engine calls a space changes with its version.
const NOT_IN_NAMES =
  /[\u0000-\u0020+\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export const isKeyName = (name) => name !== "" && !NOT_IN_NAMES.test(name);

const unreadable = (reason) => malformed("unreadable-key", { reason });

export function parseKey(text) {
  const first = text.indexOf("+");
  const second = text.indexOf("+", first + 1);
  // The base64 may hold a plus too, so only the first two separate.
  const material = bytesOfBase64(second < 0 ? "" : text.slice(second + 1));
  if (material === null) throw unreadable("form");
  const [name, identifier] = [text.slice(0, first), text.slice(first + 1, second)];
  const [kind, publicKey] = [material[0], material.subarray(1)];
  if (!(kind in LENGTHS)) throw unreadable("kind");
  if (publicKey.length !== LENGTHS[kind]) throw unreadable("length");
  if (!isKeyName(name)) throw unreadable("name");
  const id = hex(sha256(joined(utf8(`${name}\n`), material)).subarray(0, 4));
  if (id !== identifier) throw unreadable("key-id");
  return { name, id, kind, publicKey, text: `${name}+${id}+${base64(material)}` };
}
