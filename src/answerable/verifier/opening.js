// Openings (docs/specs/commitment.md, "The opening file" and "How a reader judges").

import { base64url, bytesOfHex, hex, joined, same, sha256, utf8 } from "./bytes.js";
import { decode, encoded, hasMembers } from "./canonical.js";
import { broken, fieldOf, listsOf, octetsOf } from "./disclosure.js";
import { verify } from "./ed25519.js";
import { ENVELOPE } from "./envelope.js";
import { refused } from "./failure.js";

export const MOST_OPENING_BYTES = 32 * 1024 * 1024;
const MOST_BRACKETS = 7;
const LINE_FEED = 10;
const SIGNED_ACT = "signed-act";
// In the order in which they are compared.
const TOLD = ["act", "allegations", "by", "docket", "entered_by", "facts", "sequence"];

// Returns the opening that a file holds, checked for form; nothing is proven yet.
export function parseOpening(bytes) {
  const file = membersOf(bytes);
  const blinding = octetsOf(file.blinding);
  if (blinding.length !== 32) throw broken("wrong-blinding");
  const lists = listsOf(file.body);
  const { disclosures } = file;
  if (!Array.isArray(disclosures) || disclosures.some((item) => typeof item !== "string")) {
    throw broken("wrong-members");
  }
  if (disclosures.some((item) => /[^\0-\x7f]/.test(item))) throw broken("not-base64url");
  const fields = disclosures.map(fieldOf);
  const body = sha256(encoded(file.body));
  const commitment = sha256(joined(utf8("answerable/commit/v1\0"), blinding, body));
  return { commitment, lists, fields };
}

function membersOf(bytes) {
  if (bytes.length > MOST_OPENING_BYTES) throw broken("too-long");
  // No text of an opening holds these signs, so counting them bounds what a parser would build.
  const brackets = count(bytes, "[") + count(bytes, "{");
  if (brackets > MOST_BRACKETS || count(bytes, ",") > Math.floor(bytes.length / 32)) {
    throw broken("wrong-members");
  }
  const file = decode(bytes.at(-1) === LINE_FEED ? bytes.subarray(0, -1) : bytes);
  if (file === undefined) throw broken("not-canonical");
  if (!hasMembers(file, "blinding", "body", "disclosures", "format")) throw broken("wrong-members");
  if (file.format !== "answerable/opening/v1") throw broken("wrong-format");
  return file;
}

function count(bytes, sign) {
  const wanted = sign.charCodeAt(0);
  let found = 0;
  for (const byte of bytes) if (byte === wanted) found += 1;
  return found;
}

// Returns what the opening shows, given the commitment and origin of a receipt that is proven.
export function opened(opening, { commitment, origin, index }) {
  if (!same(opening.commitment, commitment)) {
    const facts = { index, expected: hex(commitment), got: hex(opening.commitment) };
    throw refused("opening-of-another", facts);
  }
  const [content, envelope] = [new Set(opening.lists.content), new Set(opening.lists.envelope)];
  const shown = new Map();
  for (const field of opening.fields) {
    const isEnvelope = ENVELOPE.has(field.path);
    if (!content.has(field.digest) && !envelope.has(field.digest)) {
      throw refused("foreign-disclosure", { field: field.path });
    }
    if (!(isEnvelope ? envelope : content).has(field.digest)) throw broken("wrong-list");
    if (isEnvelope && !ENVELOPE.get(field.path)(field.value)) throw broken("wrong-value");
    if (shown.has(field.path)) throw broken("path-twice");
    shown.set(field.path, field);
  }
  const fields = [...shown.values()];
  const ofContent = fields.filter(({ path }) => !ENVELOPE.has(path));
  const key = signedBy(shown.get("signature")?.value ?? null, origin, opening.lists.content);
  const said = shown.get(SIGNED_ACT);
  if (key !== null && said !== undefined) requireThisAct(said.value, shown);
  return {
    envelope: fields.filter(({ path }) => ENVELOPE.has(path)),
    content: ofContent,
    undisclosed: content.size - ofContent.length,
    value: (path) => (ENVELOPE.has(path) ? shown.get(path)?.value ?? null : null),
    discloses: (path) => shown.has(path),
    signedBy: key,
    signedAs: key === null ? null : signedAs(said?.value, shown),
  };
}

// Rules 16a to 16c: what was signed says nothing else than those envelope fields that are shown.
function requireThisAct(said, shown) {
  const wrong = (field) => refused("signed-another-act", { field });
  if (!hasMembers(said, ...TOLD)) throw wrong(SIGNED_ACT);
  const isNew = said.docket === null && said.sequence === 1;
  for (const name of TOLD) {
    if (!shown.has(name) || (name === "docket" && isNew)) continue;
    const { value } = shown.get(name);
    const wanted = name === "facts" ? withoutClocks(value) : value;
    if (!same(encoded(said[name]), encoded(wanted))) throw wrong(name);
  }
}

// What is shown of what was signed: this act in its place, this act as the first of a docket, or no
// more than the content.
function signedAs(said, shown) {
  if (said === undefined || !TOLD.every((name) => shown.has(name))) return "content";
  return said.docket === null ? "first-act" : "act";
}

function withoutClocks(facts) {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => name !== "clocks"));
}

function signedBy(signature, origin, content) {
  if (signature === null) return null;
  const digest = base64url(sha256(encoded({ _sd: content })));
  const statement = utf8(`answerable/content/v1\n${origin}\n${digest}\n`);
  if (!verify(bytesOfHex(signature.key), bytesOfHex(signature.signature), statement)) {
    throw refused("party-signature-wrong");
  }
  return signature.key;
}
