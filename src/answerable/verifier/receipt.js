// Receipts (docs/specs/receipt.md): reading one, and judging it by a policy.

import { base64, bytesOfBase64, latin, numberOf, same } from "./bytes.js";
import { malformed, refused, undecidable } from "./failure.js";
import { openNote, parseCheckpoint, parseNote } from "./note.js";
import { isWithin, quorumMet } from "./policy.js";
import { leafOf, rootFrom } from "./tree.js";

export const MOST_RECEIPT_BYTES = 1 << 16;
const HEADER = "c2sp.org/tlog-proof@v1";
const MOST_PATH = 63;
const EARLIEST = 1577836800n;
const LATEST = 253402300799n;
const SKEW = 86400n;

const unreadable = (reason) => malformed("unreadable-receipt", { reason });

export function parseReceipt(bytes) {
  if (bytes.length > MOST_RECEIPT_BYTES) throw unreadable("too-large");
  const whole = latin(bytes);
  // Mail and editors write these. To forgive it would make files that other readers refuse.
  if (whole.includes("\r")) throw unreadable("line-ends");
  const end = whole.indexOf("\n\n");
  if (end < 0) throw unreadable("no-checkpoint");
  const [header, extra = "", index = "", ...path] = whole.slice(0, end).split("\n");
  if (header !== HEADER) throw unreadable("header");
  if (!extra.startsWith("extra ")) throw malformed("missing-commitment");
  const commitment = bytesOfBase64(extra.slice(6));
  if (commitment === null) throw malformed("not-a-commitment");
  if (commitment.length !== 32) throw malformed("not-a-commitment", { length: commitment.length });
  const at = index.startsWith("index ") ? numberOf(index.slice(6)) : null;
  if (at === null) throw unreadable("index");
  const hashes = pathOf(path);
  const note = parseNote(bytes.subarray(end + 2));
  return { commitment, index: at, path: hashes, note, checkpoint: parseCheckpoint(note.text) };
}

function pathOf(lines) {
  if (lines.length > MOST_PATH) throw unreadable("path");
  const path = lines.map(bytesOfBase64);
  if (path.includes(null)) throw unreadable("path");
  const wrong = path.find((hash) => hash.length !== 32);
  if (wrong !== undefined) throw malformed("not-a-hash", { length: wrong.length });
  return path;
}

// Returns what the receipt proves under the policy; "now" is the reader's clock in seconds, or
// null. The checks stand in the order of rules 9 to 16: every reader names the same failure.
export function judge(receipt, policy, now) {
  const { note, checkpoint } = receipt;
  const { origin } = checkpoint;
  const latest = now === null || now + SKEW > LATEST ? LATEST : now + SKEW;
  const isPossible = (at) => EARLIEST <= at && at <= latest;
  const logs = policy.logs.filter(({ key }) => key.name === origin);
  if (logs.length === 0) throw undecidable("unknown-ledger", { origin });
  const signed = openNote(note, [...logs, ...policy.witnesses].map(({ key }) => key));
  const signedLogs = logs.filter(({ key }) => signed.has(key));
  if (signedLogs.length === 0) {
    refuseUnknown(note, origin);
    throw refused("not-signed-by-ledger", { origin });
  }
  const witnesses = policy.witnesses
    .filter(({ key }) => signed.has(key))
    .map((by) => ({ ...by, at: signed.get(by.key), own: by.key.name === `${origin}/time` }));
  const at = ownTime(note, origin, witnesses.filter(({ own }) => own), isPossible);
  const log = signedLogs.find(({ window }) => isWithin(window, at));
  if (log === undefined) throw outside(signedLogs[0].key, at);
  const cosigners = witnesses.map((by) => ({
    ...by,
    counted: isWithin(by.window, by.at) && isPossible(by.at),
  }));
  const counting = cosigners.filter(({ counted }) => counted).map(({ name }) => name);
  if (!quorumMet(policy, new Set(counting))) {
    throw refused("quorum-not-met", { quorum: policy.quorum, counted: counting.length });
  }
  requireRoot(receipt);
  const { commitment, index } = receipt;
  const { size } = checkpoint;
  return { origin, index, size, commitment, logKey: log.key, at, cosigners, quorum: policy.quorum };
}

function refuseUnknown(note, name) {
  const line = note.signatures.find((signature) => signature.name === name);
  if (line !== undefined) throw undecidable("unknown-key", { name, key_id: line.id });
}

function ownTime(note, origin, own, isPossible) {
  if (own.length === 0) {
    refuseUnknown(note, `${origin}/time`);
    throw refused("no-timestamp", { origin });
  }
  const stated = [...own].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const counting = stated.find(({ at, window }) => isWithin(window, at) && isPossible(at));
  if (counting !== undefined) return counting.at;
  const [{ key, at }] = stated;
  throw isPossible(at) ? outside(key, at) : refused("impossible-time", { at });
}

const outside = (key, at) =>
  refused("key-outside-window", { name: key.name, key_id: key.id, at });

function requireRoot({ commitment, index, path, checkpoint: { size, root } }) {
  const made = rootFrom(leafOf(commitment), index, size, path);
  if (!same(made, root)) {
    const facts = { index, size, expected: base64(root), got: base64(made) };
    throw refused("root-differs", facts);
  }
}
