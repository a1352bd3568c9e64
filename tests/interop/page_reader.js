// The verifier's own modules, asked as the second reader is, without its page. The tests put them
// before this text, as the page has them: $name is what the module name.js exports.
//
//   policy POLICY [COSIGNER...]       receipt POLICY RECEIPT [NOW]
//   opening OPENING COMMITMENT ORIGIN  number|instant TEXT  value PATH JSON
//   signature PUBLIC SIGNATURE MESSAGE, in hexadecimal
//   words CATALOGUES LANGUAGE NOW POLICY RECEIPT [OPENING]
//   batch: commands from stdin, one JSON list of words a line, answered by a line each

const { readFileSync } = require("node:fs");
const read = (file) => new Uint8Array(readFileSync(file));
const named = (file) => ({ name: file, bytes: read(file) });
const seconds = (text) => (text === undefined ? null : BigInt(text));

function dated({ key, window: { from, until } }) {
  return { key: key.text, from, until };
}

function policy(file, ...cosigners) {
  const found = $policy.parsePolicy(read(file));
  const { origin, title, quorum } = found;
  const witnesses = found.witnesses.map((by) => ({ name: by.name, ...dated(by) }));
  const met = $policy.quorumMet(found, new Set(cosigners));
  return { origin, title, quorum, logs: found.logs.map(dated), witnesses, met };
}

function receipt(policyFile, file, now) {
  const trusted = $policy.parsePolicy(read(policyFile));
  const found = $receipt.judge($receipt.parseReceipt(read(file)), trusted, seconds(now));
  const { origin, index, size, at, quorum } = found;
  const cosigners = found.cosigners.map(({ name, at, own, counted }) => ({ name, at, own, counted }));
  const commitment = $bytes.hex(found.commitment);
  return { origin, index, size, commitment, log_key: found.logKey.text, at, quorum, cosigners };
}

function opening(file, commitment, origin) {
  const read_ = $opening.parseOpening(read(file));
  const proven = { commitment: $bytes.bytesOfHex(commitment), origin, index: 0n };
  const found = $opening.opened(read_, proven);
  return {
    commitment: $bytes.hex(read_.commitment),
    envelope: Object.fromEntries(found.envelope.map(({ path, value }) => [path, value])),
    content: Object.fromEntries(
      found.content.map(({ path, readers, value }) => [path, { readers, value }]),
    ),
    undisclosed: found.undisclosed,
    signature_shown: found.discloses("signature"),
    signed_by: found.signedBy,
  };
}

function number(text) {
  const { prefix, year, serial, act } = $envelope.caseNumber(text);
  return { prefix, year, serial, act };
}

function instant(text) {
  const milliseconds = $envelope.instantOf(text);
  if (Number.isNaN(milliseconds)) throw $failure.malformed("unreadable-instant");
  return { milliseconds };
}

function value(path, json) {
  const found = $canonical.decode($bytes.utf8(json));
  if (found === undefined || !$envelope.ENVELOPE.get(path)(found)) {
    throw $failure.malformed("opening-malformed", { reason: "wrong-value" });
  }
  return {};
}

function words(catalogues, language, now, policyFile, receiptFile, openingFile) {
  const trusted = { ...named(policyFile), isGiven: true };
  const shown = openingFile === undefined ? null : named(openingFile);
  const verdict = $verdict.verdictOn(named(receiptFile), trusted, shown, seconds(now));
  const tables = JSON.parse(readFileSync(catalogues, "utf8"));
  const lines = $words.linesOf(verdict, new $catalogue.Catalogue(language, tables));
  const marks = { item: "- ", path: "  ", aloud: "  ", value: "    | " };
  return { text: lines.map(([kind, said]) => (marks[kind] ?? "") + said).join("\n") };
}

const signature = (...hex) => ({ fits: $ed25519.verify(...hex.map($bytes.bytesOfHex)) });

const COMMANDS = { policy, receipt, opening, number, instant, value, words, signature };

function answer([command, ...rest]) {
  try {
    return { outcome: "proven", ...COMMANDS[command](...rest) };
  } catch (problem) {
    if (!(problem instanceof $failure.Failure)) throw problem;
    const { code, exit, facts } = problem;
    return { outcome: "refused", code, exit, reason: facts.reason ?? null, line: facts.line ?? 0 };
  }
}

// JSON.stringify knows no BigInt: it goes through as a marked text.
function told(found) {
  const marked = (_, item) => (typeof item === "bigint" ? `@bigint ${item}@` : item);
  return JSON.stringify(found, marked).replace(/"@bigint ([0-9]+)@"/g, "$1");
}

const [, , ...asked] = process.argv;
if (asked[0] === "batch") {
  const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
  process.stdout.write(lines.map((line) => `${told(answer(JSON.parse(line)))}\n`).join(""));
} else {
  const found = answer(asked);
  process.stdout.write(`${told(found)}\n`);
  process.exitCode = found.exit ?? 0;
}
