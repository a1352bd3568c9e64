// What this form takes of a copy: answers to its own questions, within its own limits
// (web/form/copies.py, docs/specs/form-copy.md 9).

import { FORM } from "./questions.js";

const ITEM = /^(allegations|concerns|requests)\/([0-9]{1,3})\/(.+)$/;
const CODES = new Set(FORM.placeLevels.map((level) => `place/${level}${FORM.placeCode}`));
const SPEAKER = new Set(FORM.speaker.map(({ path }) => path));
const QUESTIONS = new Map(
  FORM.pages.flatMap(({ questions }) => questions.map((one) => [one.path, one])),
);

export function restored(said) {
  const numbers = numbersIn(said);
  const taken = new Map();
  for (const [path, given] of said) {
    const item = ITEM.exec(path);
    const number = item && numbers.get(`${item[1]}/${item[2]}`);
    if (item && number === undefined) continue;
    const answers = item ? ofItem(item[1], item[3], given) : whole(path, given);
    const at = item ? `${item[1]}/${number}/${item[3]}` : path;
    if (answers.length > 0) taken.set(at, answers);
  }
  return taken;
}

// The new number of each item: from 1 on without a gap, as many as a form takes.
function numbersIn(said) {
  const found = new Map();
  for (const path of said.keys()) {
    const item = ITEM.exec(path);
    if (item === null || Number(item[2]) === 0) continue;
    if (!found.has(item[1])) found.set(item[1], new Set());
    found.get(item[1]).add(item[2]);
  }
  const numbers = new Map();
  for (const [kind, listed] of found) {
    const sorted = [...listed].sort((a, b) => Number(a) - Number(b)).slice(0, FORM.mostItems);
    sorted.forEach((old, at) => numbers.set(`${kind}/${old}`, at + 1));
  }
  return numbers;
}

function whole(path, given) {
  if (path === "level") return given.slice(0, 1).filter((one) => FORM.levels.includes(one));
  // It is asked on the pages of a server, and what was chosen there goes back there with the copy.
  if (path === FORM.returnShows.path) {
    return given.slice(0, 1).filter((one) => FORM.returnShows.choices.includes(one));
  }
  if (path === "readers") return FORM.readers.filter((code) => given.includes(code));
  return SPEAKER.has(path) ? given.slice(0, 1) : answer(path, given);
}

function ofItem(kind, rest, given) {
  if (kind === "allegations" && CODES.has(rest)) return given.slice(0, 1);
  return answer(`${kind}/{n}/${rest}`, given);
}

function answer(path, given) {
  const question = QUESTIONS.get(path);
  if (question === undefined) return [];
  if (question.choices.length === 0) return given.slice(0, 1);
  return [...new Set([...question.choices, FORM.other])].filter((code) => given.includes(code));
}
