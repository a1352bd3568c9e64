// Policies (docs/specs/policy.md): whose keys count, when, and how many must have signed.

import { numberOf, textOf } from "./bytes.js";
import { Failure, malformed } from "./failure.js";
import { COSIGNATURE, ED25519, MLDSA_COSIGNATURE, parseKey } from "./keys.js";

export const MOST_POLICY_BYTES = 1 << 20;
const NONE = "none";

export function parsePolicy(bytes) {
  const no = (reason) => malformed("unreadable-policy", { reason, line: 0 });
  if (bytes.length > MOST_POLICY_BYTES) throw no("too-large");
  const text = textOf(bytes);
  if (text === null) throw no("encoding");
  if (text && !text.endsWith("\n")) throw no("line-end");
  return new Reader().read(text);
}

export function quorumMet(policy, cosigned) {
  const names = policy.witnesses.map(({ name }) => name);
  const met = new Set(names.filter((name) => cosigned.has(name)));
  // A group names only what stands before it, so one pass is enough.
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => met.has(member)).length >= threshold) met.add(name);
  }
  return policy.quorum === NONE || met.has(policy.quorum);
}

export const isWithin = (window, at) =>
  at >= window.from && (window.until === null || at < window.until);

const words = (text) => text.split(/[ \t]+/);

class Reader {
  line = 0;
  logs = [];
  witnesses = [];
  groups = [];
  quorum = null;
  names = new Set();
  members = new Set();
  publicKeys = new Set();
  windows = new Map();
  header = new Map();

  read(text) {
    for (const line of text.split("\n").slice(0, -1)) {
      this.line += 1;
      if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line)) throw this.no("control-character");
      this.readLine(line.replace(/^[ \t]+|[ \t]+$/g, ""));
    }
    this.line = 0;
    if (this.quorum === null) throw this.no("quorum");
    const origin = this.header.get("origin") ?? null;
    if (origin !== null && !this.logs.some(({ key }) => key.name === origin)) {
      throw this.no("origin");
    }
    this.giveWindows();
    const { logs, witnesses, groups, quorum } = this;
    return { logs, witnesses, groups, quorum, origin, title: this.header.get("title") ?? null };
  }

  readLine(line) {
    if (line.startsWith("#")) {
      const ours = /^#[ \t]*answerable(?:[ \t]+([^]*))?$/.exec(line);
      if (ours !== null) this.comment(ours[1] ?? "");
    } else if (line) {
      const [word, ...items] = words(line);
      if (word === "log") this.log(items);
      else if (word === "witness") this.witness(items);
      else if (word === "group") this.group(items);
      else if (word === "quorum") this.readQuorum(items);
      else throw this.no("unknown-word");
    }
  }

  comment(comment) {
    const [, word, rest] = /^([^ \t]*)(?:[ \t]+([^]*))?$/.exec(comment);
    if (word === "key") {
      this.window(rest === undefined ? [] : words(rest));
    } else if (word === "origin" || word === "title") {
      if (rest === undefined) throw this.no("items");
      if (this.header.has(word)) throw this.no("duplicate-comment");
      this.header.set(word, rest);
    } else {
      // A word that a later version adds may restrict a key: to pass it over would be unsafe.
      throw this.no("unknown-word");
    }
  }

  window(items) {
    const [id, from, start, until, end] = items;
    const isOpen = items.length === 3 && from === "from";
    if (!isOpen && !(items.length === 5 && from === "from" && until === "until")) {
      throw this.no("items");
    }
    const window = { from: this.instant(start), until: isOpen ? null : this.instant(end) };
    if (window.until !== null && window.until <= window.from) throw this.no("instant");
    if (this.windows.has(id)) throw this.no("duplicate-comment");
    this.windows.set(id, { line: this.line, window });
  }

  giveWindows() {
    const dated = [...this.logs, ...this.witnesses];
    for (const [id, { line, window }] of this.windows) {
      const named = dated.filter(({ key }) => key.id === id);
      if (named.length !== 1) {
        this.line = line;
        throw this.no("unknown-key");
      }
      named[0].window = window;
    }
  }

  log(items) {
    this.logs.push({ key: this.keyOf(items, [ED25519]), window: { from: 0n, until: null } });
  }

  witness(items) {
    const name = this.newName(items);
    const key = this.keyOf(items.slice(1), [COSIGNATURE, MLDSA_COSIGNATURE]);
    this.witnesses.push({ name, key, window: { from: 0n, until: null } });
  }

  group(items) {
    const name = this.newName(items);
    const members = items.slice(2);
    if (members.length === 0) throw this.no("items");
    for (const member of members) {
      if (member === name || !this.names.has(member)) throw this.no("unknown-name");
      if (this.members.has(member)) throw this.no("duplicate-name");
      this.members.add(member);
    }
    this.groups.push({ name, threshold: this.threshold(items[1], members.length), members });
  }

  readQuorum(items) {
    if (items.length !== 1) throw this.no("items");
    if (this.quorum !== null) throw this.no("quorum");
    if (items[0] !== NONE && !this.names.has(items[0])) throw this.no("unknown-name");
    this.quorum = items[0];
  }

  threshold(text, members) {
    const threshold = text === "any" ? 1n : text === "all" ? BigInt(members) : numberOf(text);
    if (threshold === null || threshold < 1n || threshold > members) throw this.no("threshold");
    return Number(threshold);
  }

  newName(items) {
    if (items.length === 0) throw this.no("items");
    const [name] = items;
    if (name === NONE) throw this.no("name");
    if (this.names.has(name)) throw this.no("duplicate-name");
    this.names.add(name);
    return name;
  }

  keyOf(items, kinds) {
    if (items.length !== 1 && items.length !== 2) throw this.no("items");
    let key;
    try {
      key = parseKey(items[0]);
    } catch (problem) {
      if (!(problem instanceof Failure)) throw problem;
      throw this.no(problem.facts.reason === "kind" ? "key-kind" : "key");
    }
    if (!kinds.includes(key.kind)) throw this.no("key-kind");
    // One key in two roles would let one holder count twice, or date its own signatures.
    const publicKey = key.publicKey.join();
    if (this.publicKeys.has(publicKey)) throw this.no("duplicate-key");
    this.publicKeys.add(publicKey);
    return key;
  }

  instant(text) {
    const form = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;
    const at = form.test(text) ? Date.parse(text) : NaN;
    // Date.parse takes 24:00:00 and, in some engines, 31 February.
    if (!(at >= 0) || new Date(at).toISOString() !== text.replace("Z", ".000Z")) {
      throw this.no("instant");
    }
    return BigInt(at) / 1000n;
  }

  no(reason) {
    return malformed("unreadable-policy", { reason, line: this.line });
  }
}
