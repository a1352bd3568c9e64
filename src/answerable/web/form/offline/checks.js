// What is wrong with an answer: the same that would be said where the copy is put back, so that
// nobody learns it only there (core/case/text.py, core/case/submission_parts.py).

import { readDay, readSpan } from "./dates.js";
import { cleaned, length, refusedIn } from "./typed.js";

// Returns the code and the facts of what is wrong with the answer to a question, or null.
export function wrongWith(question, path, form) {
  const text = form.text(path);
  if (text === "" || question.choices.length > 0 || question.shape === "yes") return null;
  if (question.when) return wrongDate(question, path, form);
  const listed = question.lines ? text.split("\n").filter((line) => line.trim()) : [text];
  if (question.lines && listed.length > question.lines) {
    return { code: "too-many", facts: { found: listed.length, limit: question.lines } };
  }
  return listed.map((one) => wrongText(one, question)).find(Boolean) ?? null;
}

function wrongText(typed, { limit, line }) {
  const text = cleaned(typed);
  const refused = refusedIn(text);
  if (refused) return { code: refused.code, facts: { found: refused.found } };
  const found = length(text);
  if (found > limit) return { code: "too-long", facts: { found, limit } };
  return line && text.includes("\n") ? { code: "more-than-one-line", facts: {} } : null;
}

// What no calendar has is kept in words: only words can be wrong.
function wrongDate({ limit }, path, form) {
  const when = dateAt(form, path.replace(/-to$/, ""));
  if (when.days.length > 0 || path.endsWith("-to")) return null;
  return wrongText(when.typed, { limit, line: false });
}

// Returns a date as it was typed, and the first and last day that it is read as, if any.
export function dateAt(form, path) {
  const ends = [form.text(path), form.text(`${path}-to`)];
  const read = readAt(form, path);
  const typed = ends.filter(Boolean).join(" - ");
  return { typed, days: read ? [read.first, read.last].filter(Boolean) : [] };
}

// Returns what a date or a span is read as, or null.
export function readAt(form, path) {
  const [first, last] = [form.text(path), form.text(`${path}-to`)];
  return last ? readSpan(first, last) : first ? readDay(first) : null;
}
