// Dates as people write them (core/case/dates.py): what was typed, and the days it is read as.

import { FORM } from "./questions.js";
import { cleaned, latinDigits, length, refusedIn, words } from "./typed.js";

const [EARLIEST, LATEST, VISAK, LONGEST] = [1900, 2199, 5, 200];
const ERA_FROM = EARLIEST + 543;
const KHMER_WORDS = /ថ្ងៃទី|ថ្ងៃ|ខែ|ឆ្នាំ/g;
// Where a word begins is spelt out: some browsers cannot look behind, and know Latin letters only.
const BEGINS = String.raw`(^|[^\p{L}\p{N}_])`;
const ENDS = String.raw`(?=\s|\d|$)`;
const BUDDHIST = new RegExp(String.raw`ព\.?\s?ស\.?|${BEGINS}B\.?E\.?${ENDS}`, "gu");
const COMMON = new RegExp(String.raw`គ\.?\s?ស\.?|${BEGINS}(?:C\.?E\.?|A\.?D\.?)${ENDS}`, "gu");

const MONTHS = new Map(Object.entries(FORM.months));
const MONTH = [...MONTHS.keys()].sort((a, b) => b.length - a.length).join("|");
const FORMS = [
  String.raw`(?<y>\d{4})(?:[-/.](?<m>\d{1,2})(?:[-/.](?<d>\d{1,2}))?)?`,
  String.raw`(?<d>\d{1,2})(?<sep>[-/.]| )(?<m>\d{1,2})\k<sep>(?<y>\d{4}|\d{2})`,
  String.raw`(?<m>\d{1,2})[-/.](?<y>\d{4})`,
  String.raw`(?:(?<d>\d{1,2})(?:er|st|nd|rd|th)?\s*)?(?<name>${MONTH})\.?,?\s*(?<y>\d{4})`,
  String.raw`(?<name>${MONTH})\.?\s+(?<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<y>\d{4})`,
].map((form) => new RegExp(`^(?:${form})$`, "u"));

// Returns the first and the last day that a text is read as, and how; null where it is no date.
export function readDay(typed) {
  const text = cleaned(typed);
  if (text.includes("\n") || refusedIn(text) || length(text) > LONGEST) return null;
  let isBuddhist = false;
  const bare = latinDigits(text.replace(/[\u200b-\u200d]/g, ""))
    .replace(KHMER_WORDS, " ")
    .replace(BUDDHIST, (_, before = "") => {
      isBuddhist = true;
      return `${before} `;
    })
    .replace(COMMON, (_, before = "") => `${before} `);
  const spelt = words(bare.toLowerCase()).join(" ");
  const found = FORMS.map((form) => form.exec(spelt)).find(Boolean);
  return found ? read(found.groups, isBuddhist) : null;
}

// Returns the days of a span, one of whose ends may be open; null where an end is no date.
export function readSpan(from, to) {
  const ends = [from, to].map((typed) => (typed ? readDay(typed) : { first: null, marks: [] }));
  if (ends.includes(null)) return null;
  const [first, last] = [ends[0].first, ends[1].last ?? null];
  if (first && last && first > last) return null;
  return { first, last, marks: [...new Set(ends.flatMap(({ marks }) => marks))] };
}

function read({ y, m, d, name }, isBuddhist) {
  const marks = [];
  const month = name ? MONTHS.get(name) : m ? Number(m) : null;
  const year = commonYear(y, month, marks, isBuddhist);
  if (year < EARLIEST || year > LATEST) return null;
  const days = daysOf(year, month, d ? Number(d) : null);
  return days && { first: days[0], last: days[1], marks };
}

function commonYear(digits, month, marks, isBuddhist) {
  let year = Number(digits);
  if (digits.length === 2) {
    marks.push("two-digit-year");
    year += isBuddhist ? 2500 : 2000;
  }
  if (year < ERA_FROM) return year;
  marks.push(month === null || month === VISAK ? "buddhist-era-may" : "buddhist-era");
  return year - (month !== null && month < VISAK ? 543 : 544);
}

function daysOf(year, month, day) {
  const last = (of) => new Date(Date.UTC(year, of, 0)).getUTCDate();
  const iso = (of, on) => [year, of, on].map((one) => String(one).padStart(2, "0")).join("-");
  if (month === null) return [iso(1, 1), iso(12, 31)];
  if (month < 1 || month > 12) return null;
  if (day === null) return [iso(month, 1), iso(month, last(month))];
  return day < 1 || day > last(month) ? null : [iso(month, day), iso(month, day)];
}
