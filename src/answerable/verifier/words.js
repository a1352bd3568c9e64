// A verdict in words, line by line as the commands print it (locale/verdict_words.py). A line is
// [kind, text]: headline, text, gap, title, item, path or value; or aloud, with its language.

import { hex, sha256 } from "./bytes.js";
import { encode, isObject } from "./canonical.js";
import { visible } from "./catalogue.js";
import { LISTS } from "./fingerprint.js";

const HEADLINES = { 1: "verdict.not-valid", 2: "verdict.unreadable", 3: "verdict.undecided" };
const PARTS = ["what", "means", "do"];
const SAID = 12;
const GAP = ["gap", ""];
const text = (said) => ["text", said];
const item = (said) => ["item", said];

export function linesOf(verdict, catalogue) {
  const { file, problem, proven, alone, byThatPolicy } = verdict;
  const lines = problem ? failed(file, problem, catalogue) : [headline(verdict, catalogue)];
  if (byThatPolicy) {
    const [what] = catalogue.explain(byThatPolicy.code, byThatPolicy.facts);
    lines.push(text(catalogue.say("verdict.by-that-policy", { what })));
  }
  if (proven) lines.push(...(problem ? [GAP] : []), ...proof(verdict, catalogue));
  if (alone) {
    lines.push(GAP, ["title", catalogue.say("verdict.receipt-alone", { file: alone.file })]);
    lines.push(...proof(alone, catalogue));
  }
  return lines;
}

export const exitOf = ({ problem }) => (problem ? problem.exit : 0);

function headline({ file, receipt, opened }, catalogue) {
  const said = opened
    ? catalogue.say("opening.belongs", { file, receipt })
    : catalogue.say("verdict.valid", { file });
  return ["headline", said];
}

// Returns the fingerprint of a receipt as two people compare it by telephone: in words and numbers
// of its first twelve bytes (core/fingerprint.py), first what the reader can say.
function aloud({ commitment }, catalogue) {
  const { language } = catalogue;
  const said = [...commitment.subarray(0, SAID)];
  const lists = LISTS.map((one) => one.split(" "));
  const words = said.map((byte, at) => lists[at % 2][byte]);
  const numbers = said.map((byte) => catalogue.digits(String(byte).padStart(3, "0")));
  const ways = [
    ["aloud", words.join(" "), "en"],
    ["aloud", numbers.join(" "), language],
  ];
  return [text(catalogue.say("receipt.aloud")), ...(language === "km" ? ways.reverse() : ways)];
}

function failed(file, { code, exit, facts }, catalogue) {
  // Where the command's words name an option, the page has words of its own for what to do.
  const own = PARTS.map((part) => `verifier.error.${code}.${part}`);
  const parts = catalogue
    .explain(code, facts)
    .map((said, at) => (catalogue.has(own[at]) ? catalogue.say(own[at], facts) : said));
  return [
    ["headline", catalogue.say(HEADLINES[exit], { file })],
    ...parts.filter(Boolean).map(text),
  ];
}

function proof(verdict, catalogue) {
  const { proven, trust, opened } = verdict;
  return [
    ...firstThree(verdict, catalogue),
    GAP,
    ["title", catalogue.say(trust.isGiven ? "proves.title" : "proves.title-if")],
    ...proves(verdict, catalogue).map(item),
    ["title", catalogue.say("not.title")],
    ...doesNotProve(verdict, catalogue).map(item),
    GAP,
    ...trusted(proven, trust, catalogue).map(text),
    ...aloud(proven, catalogue),
    ...(opened ? [GAP, ...shown(opened, catalogue)] : []),
  ];
}

// The act is known where act and docket are shown; its number where the sequence is too.
function actIn(opened, catalogue) {
  const [code, docket] = [opened?.value("act") ?? null, opened?.value("docket") ?? null];
  if (code === null || docket === null) return null;
  const sequence = opened.value("sequence");
  const number = sequence === null ? null : sequence > 1 ? `${docket}/${sequence}` : docket;
  return { code, docket, number, act: catalogue.word("act", code) };
}

function firstThree({ proven, trust, opened }, catalogue) {
  const { origin, index, logKey, at } = proven;
  const title = trust.policy.origin === origin ? trust.policy.title : null;
  const act = actIn(opened, catalogue);
  const covers = act ? "receipt.covers-act" : "receipt.covers";
  return [
    catalogue.say("receipt.signed-by", { origin, key_id: logKey.id, title }),
    catalogue.say("receipt.by-when", { at }),
    catalogue.say(covers, { index, ...act }),
  ].map(text);
}

const SIGNED_AS = { act: "proves.party-act", "first-act": "proves.party-first-act" };

const witnesses = ({ cosigners }) => cosigners.filter(({ counted, own }) => counted && !own);

function proves({ proven, opened }, catalogue) {
  const act = actIn(opened, catalogue);
  const key = opened?.signedBy ?? null;
  return [
    catalogue.say("proves.entry", { origin: proven.origin, index: proven.index }),
    catalogue.say("proves.fixed"),
    ...(act ? [catalogue.say(act.number ? "proves.act" : "proves.act-of", act)] : []),
    ...(key ? [catalogue.say("proves.party-key", { key })] : []),
    ...(SIGNED_AS[opened?.signedAs] ? [catalogue.say(SIGNED_AS[opened.signedAs])] : []),
    ...witnesses(proven).map(({ name, key: { name: key_name }, at }) =>
      catalogue.say("proves.witness", { name, key_name, at }),
    ),
  ];
}

function doesNotProve({ proven, opened }, catalogue) {
  const act = actIn(opened, catalogue);
  const isWithBody = isObject(opened?.value("facts")) && opened.value("facts").host === "body";
  return [
    ...(opened ? [catalogue.say("not.true"), ...who(opened, catalogue)] : []),
    ...(opened ? [] : [catalogue.say("not.content")]),
    ...(act?.code === "submitted" && !isWithBody ? [catalogue.say("not.delivered")] : []),
    catalogue.say("not.read"),
    catalogue.say("not.time"),
    ...(witnesses(proven).length === 0 ? [catalogue.say("not.same-ledger")] : []),
  ];
}

function who(opened, catalogue) {
  const [by, enteredBy] = [opened.value("by"), opened.value("entered_by")];
  const party = by?.party ?? null;
  const signed = opened.signedBy
    ? catalogue.say("not.whose-key")
    : opened.discloses("signature")
      ? catalogue.say("not.unsigned", { party })
      : catalogue.say("not.signature-unknown");
  const code = actIn(opened, catalogue)?.code ?? null;
  const isOpen = opened.signedAs === "content" && code !== null && code !== "submitted";
  return [
    signed,
    ...(isOpen ? [catalogue.say("not.party-act")] : []),
    ...(enteredBy ? [catalogue.say("not.entered", { party, by: enteredBy.party })] : []),
  ];
}

function trusted({ logKey }, trust, catalogue) {
  const why = trust.isGiven ? "trust.because-given" : "trust.because-beside";
  const facts = { key_id: logKey.id, origin: logKey.name, file: trust.file };
  return [
    catalogue.say(why, facts),
    catalogue.say("trust.key-fingerprint", { fingerprint: hex(sha256(logKey.publicKey)) }),
    catalogue.say("trust.policy-fingerprint", { fingerprint: trust.sha256 }),
  ];
}

function shown({ envelope, content, undisclosed, signedBy, discloses }, catalogue) {
  const signature = signedBy
    ? catalogue.say("opening.signed", { key: signedBy })
    : catalogue.say(discloses("signature") ? "opening.unsigned" : "opening.signature-not-shown");
  return [
    text(signature),
    GAP,
    ["title", catalogue.say("opening.envelope", { count: envelope.length })],
    ...envelope.flatMap((field) => [["path", field.path], ...values(field)]),
    GAP,
    ["title", catalogue.say("opening.content", { count: content.length })],
    ...content.flatMap((field) => [["path", pathWithReaders(field, catalogue)], ...values(field)]),
    GAP,
    text(catalogue.say("opening.undisclosed", { count: undisclosed })),
  ];
}

function pathWithReaders({ path, readers }, catalogue) {
  const named = readers.map((reader) => catalogue.word("reader", reader)).join(", ");
  return `${path} (${catalogue.say("opening.readers", { readers: named })})`;
}

// A line of its own for each line of a value, so that no value can pass for words of ours.
function values({ value }) {
  const lines = typeof value === "string" ? value.split("\n") : [encode(value)];
  return lines.map((line) => ["value", visible(line)]);
}
