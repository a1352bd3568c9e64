// Signed notes and checkpoints (docs/specs/ledger.md, rules 10 to 18).

import {
  bytesOfBase64, hex, numberOf, numberOfBytes, same, sha256, textOf, utf8,
} from "./bytes.js";
import { verify } from "./ed25519.js";
import { malformed, refused } from "./failure.js";
import { COSIGNATURE, ED25519, isKeyName } from "./keys.js";

const MOST_BYTES = 1 << 20;
const MOST_SIGNATURES = 100;
const MOST_SECONDS = 2n ** 63n - 1n;
const KEY_ID = 4;
const EMPTY_ROOT = sha256(new Uint8Array());

const unreadable = (reason, facts = {}) => malformed("unreadable-note", { reason, ...facts });

export function parseNote(bytes) {
  if (bytes.length > MOST_BYTES) throw unreadable("too-large");
  const note = textOf(bytes);
  if (note === null) throw unreadable("encoding");
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) throw unreadable("control-character");
  // The text may hold empty lines: the last one ends it.
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n") || end + 2 === note.length) {
    throw unreadable("no-signature-block");
  }
  const lines = note.slice(end + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) throw unreadable("too-many-signatures");
  return { text: note.slice(0, end + 1), signatures: lines.map(signature) };
}

function signature(line, at) {
  const space = line.indexOf(" ", 2);
  const name = space < 0 ? "" : line.slice(2, space);
  const blob = bytesOfBase64(line.slice(space + 1));
  if (!line.startsWith("\u2014 ") || !isKeyName(name) || blob === null || blob.length <= KEY_ID) {
    throw unreadable("signature-line", { line: at + 1 });
  }
  return { name, id: hex(blob.subarray(0, KEY_ID)), blob: blob.subarray(KEY_ID) };
}

// Returns the keys that signed, each with the earliest time that its lines state or null. Lines of
// unknown keys are ignored; one of a known key that does not fit refuses the whole note. There is
// no ML-DSA here, so lines of kind 0x06 are unknown.
export function openNote(note, keys) {
  const known = new Map();
  for (const key of keys.filter(({ kind }) => kind === ED25519 || kind === COSIGNATURE)) {
    const line = `${key.name} ${key.id}`;
    if (known.has(line) && known.get(line).text !== key.text) throw malformed("ambiguous-keys");
    known.set(line, key);
  }
  const signed = new Map();
  for (const line of note.signatures) {
    const key = known.get(`${line.name} ${line.id}`);
    if (key === undefined) continue;
    const at = checked(key, line.blob, note.text);
    const before = signed.get(key);
    signed.set(key, before === undefined || at < before ? at : before);
  }
  return signed;
}

function checked(key, blob, text) {
  const isDated = key.kind === COSIGNATURE;
  const at = isDated ? numberOfBytes(blob.subarray(0, 8)) : null;
  const message = isDated ? `cosignature/v1\ntime ${at}\n${text}` : text;
  const bare = isDated ? blob.subarray(8) : blob;
  if ((isDated && at > MOST_SECONDS) || !verify(key.publicKey, bare, utf8(message))) {
    throw refused("signature-does-not-fit", { name: key.name, key_id: key.id });
  }
  return at;
}

export function parseCheckpoint(text) {
  const no = (reason) => malformed("unreadable-checkpoint", { reason });
  const lines = text.split("\n");
  if (lines.length !== 4 || lines[3] !== "") throw no("lines");
  const [origin, size, root] = [lines[0], numberOf(lines[1]), bytesOfBase64(lines[2])];
  if (!isKeyName(origin)) throw no("origin");
  if (size === null) throw no("size");
  if (root === null || root.length !== 32) throw no("root");
  if (size === 0n && !same(root, EMPTY_ROOT)) throw no("empty-root");
  return { origin, size, root };
}
