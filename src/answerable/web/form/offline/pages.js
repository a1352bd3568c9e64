// The tables of what is asked: which pages there are, and which belong together.

import { FORM } from "./questions.js";

export const PAGES = new Map(FORM.pages.map((page) => [page.code, page]));
export const QUICK = PAGES.get("quick");
export const WHEN_WHERE = PAGES.get("when-where");
export const WHO_WAS_AFFECTED = PAGES.get("who-was-affected");
export const PLACE = PAGES.get("place");
// The pages of one allegation, in the order in which they are asked.
export const OF_ALLEGATION = FORM.allegationPages.map((number) =>
  FORM.pages.find((page) => page.number === number),
);
export const ADDS = ["allegation", "concern", "request"];
export const WHOLE = { consent: "consent", danger: "danger-now", "sent-before": "sent-before" };

// Whether a page is asked of each person affected, and where it is of one of them.
export const hasPeople = (page) => FORM.ofPeople.includes(page.number);
export const addressOf = (page, item, person = 1) =>
  hasPeople(page) && person > 1 ? `${page.number}/${item}/${person}` : `${page.number}/${item}`;

// What a page of an allegation asks: the place, which has a page of its own, where it is asked for.
export const askedOn = (page) =>
  page.questions.flatMap((one) => (one.code === "where" ? [...PLACE.questions, one] : one));
