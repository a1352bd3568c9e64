// The people affected by one allegation: each has short pages, and answers of their own
// (web/form/people.py).

import { spokenIn, unbroken } from "./catalogue.js";
import { button, made, paragraph } from "./elements.js";
import { addressOf, hasPeople, OF_ALLEGATION, WHO_WAS_AFFECTED } from "./pages.js";
import { FORM } from "./questions.js";
import { shortened } from "./typed.js";

const CALLED_BY = ["name", "initials", "described"];
// The letters of what somebody is called in the list.
const LABEL = 60;

// Returns the number of a further person, 0 where there are as many as a record takes.
export function nextPerson(form, item) {
  const people = form.people(item);
  if (people.length >= FORM.mostPeople) return 0;
  const last = Math.max(0, ...people);
  if (last < FORM.mostItems) return last + 1;
  return people.findIndex((number, at) => number !== at + 1) + 1;
}

// Returns whom a page is of: somebody who is there, or who is being added.
export function personOn(form, page, item, asked) {
  const people = hasPeople(page) ? form.people(item) : [];
  const isBegun = page === WHO_WAS_AFFECTED && asked === nextPerson(form, item);
  return people.length === 0 || people.includes(asked) || isBegun ? asked : people[0];
}

// Returns the addresses of an allegation's pages in order: who each is, then what each answered.
export function steps(form, page, item, person) {
  const people = peopleAt(form, page, item, person);
  return OF_ALLEGATION.flatMap((one) =>
    (hasPeople(one) && people.length > 0 ? people : [1]).map((of) => addressOf(one, item, of)),
  );
}

// Returns which person a page is of, null where the allegation has no other.
export function ordinal(form, page, item, person) {
  const people = hasPeople(page) ? peopleAt(form, page, item, person) : [];
  return people.length > 1 ? people.indexOf(person) + 1 : null;
}

export const ofPerson = (say, what, number) =>
  number === null ? what : say("form.of-person", { what, number });

export function called({ say, session }, page, item, person) {
  const { form } = session;
  const start = `allegations/${item}/targets/${person}`;
  const said = CALLED_BY.map((name) => shortened(form.text(`${start}/${name}`), LABEL));
  const number = ordinal(form, page, item, person) ?? 1;
  return said.find(Boolean) ?? say("form.person", { number });
}

// Returns what stands above the questions: whom they are of, where the allegation has others.
export function heading(app, page, item, person) {
  if (ordinal(app.session.form, page, item, person) === null) return null;
  const label = called(app, page, item, person);
  return made("p", {}, made("strong", { lang: spokenIn(label) }, label));
}

// Returns the buttons to add somebody, and the list of who is affected so far.
export function listed(app, page, item, person) {
  const { say, session, go } = app;
  const { form } = session;
  if (page !== WHO_WAS_AFFECTED) return [];
  // What is typed until then counts: whoever was nobody when this was shown may be somebody now.
  const further = () => go(addressOf(page, item, nextPerson(form, item) || person));
  const add = button(say("form.add-person"), further, "second");
  const adding = nextPerson(form, item) ? [made("p", { class: "actions" }, add)] : [];
  if (ordinal(form, page, item, person) === null) return adding;
  const rows = form.people(item).map((one) => {
    const label = called(app, page, item, one);
    const change = button(say("form.change"), () => go(addressOf(page, item, one)), "second");
    change.setAttribute("aria-label", unbroken(say("form.change-of", { what: label })));
    const remove = button(say("form.remove-person"), () => removed(app, item, one, person), "second");
    remove.setAttribute("aria-label", unbroken(say("form.remove-of", { what: label })));
    const actions = made("p", { class: "actions" }, one === person ? null : change, " ", remove);
    return made("li", {}, made("span", { lang: spokenIn(label) }, label), actions);
  });
  const most = paragraph(say("form.people-most", { most: FORM.mostPeople }), "hint");
  const head = paragraph(say("form.people-so-far"), "head");
  return [...adding, made("div", { class: "card" }, head, made("ol", {}, ...rows), most)];
}

function removed({ session, go }, item, gone, person) {
  const { form } = session;
  form.forget(`allegations/${item}/targets/${gone}`);
  const left = gone === person ? (form.people(item)[0] ?? 1) : person;
  go(addressOf(WHO_WAS_AFFECTED, item, left));
}

// Whether each person of an allegation has an answer to one of these questions.
export function isFilled(form, page, item, hasAnswer) {
  const people = hasPeople(page) ? form.people(item) : [1];
  return people.length > 0 && people.every(hasAnswer);
}

function peopleAt(form, page, item, person) {
  const here = hasPeople(page) ? [person] : [];
  return [...new Set([...form.people(item), ...here])].sort((a, b) => a - b);
}
