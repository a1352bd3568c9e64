// What was typed, part by part, to be looked over, changed and printed.

import { spokenIn, unbroken } from "./catalogue.js";
import { link, made } from "./elements.js";
import { choicesOf, echoOf, labelOf, pathOf } from "./fields.js";
import { addressOf, ADDS, askedOn, hasPeople, OF_ALLEGATION, PAGES, WHEN_WHERE, WHOLE } from "./pages.js";
import { ofPerson, ordinal } from "./people.js";
import { FORM } from "./questions.js";

const { known: KNOWN } = FORM.at;

// Leads to where something is changed, and says what to whoever hears the link alone.
export function change(say, to, what) {
  const node = link(to, say("form.change"));
  node.setAttribute("aria-label", unbroken(say("form.change-of", { what })));
  return node;
}

// Returns each date that was typed with the days that it is read as, and where it is changed.
export function echoes({ say, session, catalogue }, changes = true) {
  const { form } = session;
  const dated = form
    .items("allegations")
    .map((at) => [at, echoOf(`allegations/${at}/date`, form, catalogue)])
    .filter(([, told]) => told);
  if (dated.length === 0) return [];
  const what = (at) => say("form-page.when-where", { number: at });
  const lines = dated.map(([at, told]) =>
    made("li", {}, told, " ", changes ? change(say, `${WHEN_WHERE.number}/${at}`, what(at)) : ""),
  );
  return [made("ul", { class: "echoes" }, ...lines)];
}

export function parts({ say, session, catalogue }, changes = true) {
  const { form } = session;
  const card = (title, to, questions, number, person = 1) => {
    const answer = (one) => told(one, pathOf(one, number, person), form, catalogue);
    const lines = questions
      .map((one) => [labelOf(one, catalogue), answer(one)])
      .filter(([, text]) => text);
    if (lines.length === 0) return null;
    const changing = changes ? change(say, to, title) : "";
    const rows = lines.map(([label, text]) =>
      made("div", {}, made("dt", {}, label), made("dd", { lang: spokenIn(text) }, text)),
    );
    return made(
      "div",
      { class: "card" },
      made("p", { class: "head" }, title, " ", changing),
      made("dl", { class: "typed" }, ...rows),
    );
  };
  const items = ADDS.flatMap((code) => {
    const { item } = PAGES.get(code);
    const pages = code === "allegation" ? OF_ALLEGATION : [PAGES.get(code)];
    return form.items(item).flatMap((at) =>
      pages.flatMap((page) =>
        (hasPeople(page) ? form.people(at) : [1]).map((person) => {
          const whole = say(`form-page.${page.code}`, { number: at });
          const title = ofPerson(say, whole, ordinal(form, page, at, person));
          return card(title, addressOf(page, at, person), askedOn(page), at, person);
        }),
      ),
    );
  });
  const whole = Object.keys(WHOLE).map((code) => {
    const { number, questions } = PAGES.get(code);
    return card(say(`form-task.${code}`), number, questions, 0);
  });
  return [...items, card(say("form.speaker"), KNOWN, FORM.speaker, 0), ...whole].filter(Boolean);
}

function told(question, path, form, catalogue) {
  if (question.choices.length === 0) {
    return question.shape === "yes" && form.text(path)
      ? catalogue.word("yes-no", "yes")
      : form.text(path);
  }
  const words = new Map(choicesOf(question, catalogue));
  return form
    .all(path)
    .map((code) => words.get(code) ?? code)
    .join(", ");
}
