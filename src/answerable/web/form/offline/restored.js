// What this form takes of a copy: answers to its own questions, within its own limits
// (web/form/copies.py, docs/specs/form-copy.md 9).

import { FORM } from "./questions.js";

const ITEM = /^(allegations|concerns|requests)\/([0-9]{1,3})\/(.+)$/;
const PERSON = /^(allegations\/[0-9]{1,3}\/targets)\/([0-9]{1,3})\/(.+)$/;
const CODES = new Set(
  FORM.placeLevels.map((level) => `allegations/{n}/place/${level}${FORM.placeCode}`),
);
const SPEAKER = new Set(FORM.speaker.map(({ path }) => path));
const QUESTIONS = new Map(
  FORM.pages.flatMap(({ questions }) => questions.map((one) => [one.path, one])),
);

// Where an answer is kept that was given when a form asked of one person only.
const numbered = (path) => path.replace(/^(allegations\/[0-9]+\/targets)(?=\/[a-z])/, "$1/1");

export function restored(copy) {
  const said = new Map([...copy].map(([path, given]) => [numbered(path), given]));
  const items = numbersIn(said, ITEM, FORM.mostItems);
  const numbers = new Map([...items, ...numbersIn(said, PERSON, FORM.mostPeople)]);
  const taken = new Map();
  for (const [path, given] of said) {
    const { question, at } = placeOf(path, numbers);
    if (question === null) continue;
    const answers = question === path ? whole(path, given) : ofItem(question, given);
    if (answers.length > 0) taken.set(at, answers);
  }
  return taken;
}

// Returns which question a path answers, and where it is put; null beyond what a form takes.
function placeOf(path, numbers) {
  const [item, person] = [ITEM.exec(path), PERSON.exec(path)];
  if (item === null) return { question: path, at: path };
  const [, kind, old, rest] = item;
  const number = numbers.get(`${kind}/${old}`);
  if (number === undefined) return { question: null };
  if (person === null) return { question: `${kind}/{n}/${rest}`, at: `${kind}/${number}/${rest}` };
  const one = numbers.get(`${person[1]}/${person[2]}`);
  if (one === undefined) return { question: null };
  return {
    question: `${kind}/{n}/targets/{m}/${person[3]}`,
    at: `${kind}/${number}/targets/${one}/${person[3]}`,
  };
}

// The new number of each item or person: from 1 on without a gap, as many as fit.
function numbersIn(said, counted, most) {
  const found = new Map();
  for (const path of said.keys()) {
    const one = counted.exec(path);
    if (one === null || Number(one[2]) === 0) continue;
    if (!found.has(one[1])) found.set(one[1], new Set());
    found.get(one[1]).add(one[2]);
  }
  const numbers = new Map();
  for (const [kind, listed] of found) {
    const sorted = [...listed].sort((a, b) => Number(a) - Number(b)).slice(0, most);
    sorted.forEach((old, at) => numbers.set(`${kind}/${old}`, at + 1));
  }
  return numbers;
}

function whole(path, given) {
  // How a question writes the number of an item, and no path of an answer.
  if (path.includes("{")) return [];
  if (path === "level") return given.slice(0, 1).filter((one) => FORM.levels.includes(one));
  // It is asked on the pages of a server, and what was chosen there goes back there with the copy.
  if (path === FORM.returnShows.path) {
    return given.slice(0, 1).filter((one) => FORM.returnShows.choices.includes(one));
  }
  if (path === "readers") return FORM.readers.filter((code) => given.includes(code));
  return SPEAKER.has(path) ? given.slice(0, 1) : answer(path, given);
}

function ofItem(question, given) {
  return CODES.has(question) ? given.slice(0, 1) : answer(question, given);
}

function answer(path, given) {
  const question = QUESTIONS.get(path);
  if (question === undefined) return [];
  if (question.choices.length === 0) return given.slice(0, 1);
  return [...new Set([...question.choices, FORM.other])].filter((code) => given.includes(code));
}
