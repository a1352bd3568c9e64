// Record bodies and disclosures (docs/specs/commitment.md, rules 3 to 11).

import { base64url, bytesOfBase64url, sha256, utf8 } from "./bytes.js";
import { decode, hasMembers } from "./canonical.js";
import { ENVELOPE, isDigest } from "./envelope.js";
import { malformed } from "./failure.js";

const MOST_SIGNS = 4194304;
const CODES = "complainant secretariat member monitor collector lead author public".split(" ");

export const broken = (reason) => malformed("opening-malformed", { reason });

export function octetsOf(text) {
  const octets = bytesOfBase64url(text);
  if (octets === null) throw broken("not-base64url");
  return octets;
}

// Returns the digests of content and those of the envelope.
export function listsOf(body) {
  if (!hasMembers(body, "_sd_alg", "content", "envelope", "format")) throw broken("wrong-body");
  if (body.format !== "answerable/record/v1" || body._sd_alg !== "sha-256") {
    throw broken("wrong-format");
  }
  const [content, envelope] = [digestsIn(body.content), digestsIn(body.envelope)];
  if (content.length % 8 || envelope.length !== ENVELOPE.size) throw broken("wrong-body");
  const inContent = new Set(content);
  if (envelope.some((digest) => inContent.has(digest))) throw broken("wrong-body");
  return { content, envelope };
}

function digestsIn(part) {
  const digests = hasMembers(part, "_sd") ? part._sd : null;
  if (!Array.isArray(digests) || digests.length === 0) throw broken("wrong-body");
  const isAscending = (digest, at) => at === 0 || digests[at - 1] < digest;
  if (!digests.every(isDigest) || !digests.every(isAscending)) throw broken("wrong-body");
  return digests;
}

// Returns the field that a disclosure shows. Whether a record vouches for it is not known yet.
export function fieldOf(disclosure) {
  if (disclosure.length > MOST_SIGNS) throw broken("too-long");
  const value = decode(octetsOf(disclosure));
  if (!Array.isArray(value) || value.length !== 3) throw broken("wrong-disclosure");
  const [salt, path, shown] = value;
  const isWhole = typeof salt === "string" && typeof path === "string";
  if (!isWhole || !hasMembers(shown, "readers", "value")) throw broken("wrong-disclosure");
  if (octetsOf(salt).length !== 16) throw broken("wrong-disclosure");
  requireReaders(path, shown.readers);
  const digest = base64url(sha256(utf8(disclosure)));
  return { path, value: shown.value, readers: shown.readers, digest };
}

function requireReaders(path, readers) {
  const areTexts = Array.isArray(readers) && readers.every((reader) => typeof reader === "string");
  if (!areTexts || !areInOrder(readers)) throw broken("wrong-readers");
  if (path.length > 200 || !/^[a-z0-9_-]+(?:\/[a-z0-9_-]+)*$/.test(path)) {
    throw broken("wrong-path");
  }
  const fit = ENVELOPE.has(path)
    ? readers.length === 1 && readers[0] === "parties"
    : readers.length > 0 && readers.every(isReader);
  if (!fit) throw broken("wrong-readers");
}

const isReader = (reader) => CODES.includes(reader) || /^key:[0-9a-f]{64}$/.test(reader);

// Codes stand in their order, then keys ascending; each once.
function areInOrder(readers) {
  const rank = (reader) => (CODES.includes(reader) ? `0${CODES.indexOf(reader)}` : `1${reader}`);
  return readers.every((reader, at) => at === 0 || rank(readers[at - 1]) < rank(reader));
}
