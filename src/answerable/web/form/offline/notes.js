// What the receiver will probably ask, while whoever saw it may still be near
// (core/case/notes.py). What depends on level, readers and files is told where the copy is put in.

import { readAt } from "./checks.js";
import { FORM } from "./questions.js";
import { cleaned, isBlank } from "./typed.js";

const KINDS = ["allegations", "concerns", "requests"];
// Two assertions in one sentence. Where a word begins is spelt out, as with dates.
const AND = /(?:^|[^\p{L}\p{N}_])(?:and|et)(?=[^\p{L}\p{N}_]|$)|ហើយ|ព្រមទាំង/iu;
const SENTENCE_END = /[.!?;\n។៕]/;

// Returns each note: its code, the item that it is of or "", and facts.
export function notesOn(form) {
  const items = KINDS.flatMap((kind) => form.items(kind).map((number) => [kind, number]));
  return [
    ...ofTheWhole(form, items).map((code) => ({ code, path: "", facts: {} })),
    ...items.flatMap(([kind, number]) => ofItem(form, kind, `${kind}/${number}`)),
  ];
}

const chosen = (checks) => Object.keys(checks).filter((code) => checks[code]);

function ofTheWhole(form, items) {
  // What is said of one person stands before what is said for all.
  const given = form
    .items("allegations")
    .flatMap((item) => form.people(item).map((one) => `allegations/${item}/targets/${one}`))
    .map((start) => form.text(`${start}/consent/included`) || form.text("consent/included"));
  const agreed = given.length > 0 ? given : [form.text("consent/included")];
  const asks = items.some(([kind, number]) => form.text(`${kind}/${number}/remedy`));
  return chosen({
    "note.no-consent": !agreed.every(Boolean),
    "note.no-risk": !form.text("risk/harm"),
    "note.no-remedy": !asks && form.items("requests").length === 0,
  });
}

function ofItem(form, kind, path) {
  const said = (name) => !isBlank(form.text(`${path}/${name}`));
  const codes = said("what") ? [] : ["note.no-account"];
  if (kind === "allegations") codes.push(...ofAllegation(form, path, said));
  const notes = codes.map((code) => ({ code, path, facts: {} }));
  return kind === "allegations" ? [...notes, ...ofDate(form, path)] : notes;
}

function ofAllegation(form, path, said) {
  const [title, what] = ["title", "what"].map((name) => cleaned(form.text(`${path}/${name}`)));
  const places = FORM.placeLevels.flatMap((one) => [one, one + FORM.placeCode]);
  const people = form.people(path.split("/")[1]);
  const isUnnamed = (one) =>
    !["name", "initials", "described"].some((name) => said(`targets/${one}/${name}`));
  return chosen({
    "note.other-kind-unsaid": form.text(`${path}/kind`) === FORM.other,
    "note.no-date": !said("date") && !said("date-to"),
    "note.no-place": !["words", ...places].some((one) => said(`place/${one}`)),
    "note.no-actor": !said("actor/kind") && !said("actor/body"),
    "note.no-target": people.length === 0,
    "note.no-how-known": !said("how-known"),
    "note.nothing-would-show-it": !said("would-show-it"),
    "note.may-be-two": AND.test(title || what.split(SENTENCE_END)[0]),
    "note.target-unnamed": people.some(isUnnamed),
  });
}

// A year of the Buddhist era changes in May: only its writer knows which of two was meant.
function ofDate(form, path) {
  const read = readAt(form, `${path}/date`);
  if (!read?.marks.includes("buddhist-era-may")) return [];
  const facts = { first: read.first, last: read.last };
  return [{ code: "note.date-year-unsure", path, facts }];
}
