// The screens on which a report is written: the start, what there is to fill in, the questions.

import { unbroken } from "./catalogue.js";
import { button, link, list, made, paragraph, summary } from "./elements.js";
import { faultIn, field, pathOf } from "./fields.js";
import { addressOf, ADDS, askedOn, OF_ALLEGATION, PAGES, PLACE } from "./pages.js";
import { QUICK, WHEN_WHERE, WHO_WAS_AFFECTED, WHOLE } from "./pages.js";
import { echoes } from "./parts.js";
import { heading, isFilled, listed, ofPerson, ordinal, personOn, steps } from "./people.js";
import { FORM } from "./questions.js";
import { states } from "./states.js";
import { shortened } from "./typed.js";

const { known: KNOWN, tasks: TASKS, check: CHECK, save: SAVE, open: OPEN } = FORM.at;
const KINDS = { allegation: "web.allegation", concern: "web.concern", request: "web.request" };
// The letters of a title that stands in a row of the tasks.
const TITLE = 60;
// What the pages of a server say there is not so here.
const OWN_LEADS = { quick: "offline.quick-lead", place: "offline.place-lead" };
const place = (form, number) =>
  [...FORM.placeLevels]
    .reverse()
    .map((level) => form.text(`allegations/${number}/place/${level}`))
    .filter(Boolean)
    .join(", ");

export function start({ say, session }) {
  const steps = ["offline.step-write", "offline.step-save", "offline.step-hand-in"];
  return {
    title: say("offline.title"),
    nodes: [
      paragraph(say("offline.lead"), "lead"),
      paragraph(say("form.not-sure")),
      made(
        "p",
        { class: "actions" },
        link(QUICK.number, say("form.quick"), "button"),
        link(TASKS, say(session.isEmpty ? "form.full" : "form.go-on"), "button second"),
        link(OPEN, say("offline.open"), "button second"),
      ),
      made("h2", {}, say("offline.steps")),
      made("ol", { class: "steps" }, ...steps.map((key) => made("li", {}, say(key)))),
      ...states({ say, session }),
      made("h2", {}, say("form.before-title")),
      paragraph(say("form.button-hides")),
      list(
        say("offline.before-close"),
        say("offline.before-remains"),
        say("offline.before-shift"),
        say("offline.before-true"),
      ),
    ],
  };
}

export function tasks(app) {
  const { say, session, catalogue } = app;
  const { form } = session;
  const row = (to, name, state = "") =>
    made("li", {}, link(to, name), state ? made("span", { class: "state" }, state) : "");
  const completed = (start) => (form.has(start) ? say("form.completed") : "");
  const items = ADDS.flatMap((code) => {
    const { item, number } = PAGES.get(code);
    return form.items(item).map((at) => {
      const what = form.text(`${item}/${at}/what`);
      const title = shortened(form.text(`${item}/${at}/title`) || what, TITLE);
      const name = say(KINDS[code], { number: at, title });
      const state = what ? "" : say("form.no-words-yet");
      if (code !== "allegation") return row(`${number}/${at}`, name, state);
      const rows = OF_ALLEGATION.map((page) => {
        const task = say(`form-task.${page.code}`);
        const shown = row(addressOf(page, at, form.people(at)[0]), task, howFar(app, page, at));
        const named = unbroken(`${task}, ${say(KINDS[code], { number: at })}`);
        shown.firstChild.setAttribute("aria-label", named);
        return shown;
      });
      return [
        made("h3", {}, name, state ? made("span", { class: "state todo" }, ` ${state}`) : ""),
        made("ul", { class: "tasks" }, ...rows),
      ];
    });
  });
  const more = ADDS.filter((code) => form.next(PAGES.get(code).item) <= FORM.mostItems);
  return {
    title: say("form.tasks-title"),
    nodes: [
      paragraph(say("offline.tasks-lead"), "lead"),
      ...echoes({ say, session, catalogue }),
      made("p", {}, link(QUICK.number, say("form.quick"), "button")),
      made("h2", {}, say("form.full")),
      made("ul", { class: "tasks" }, row(KNOWN, say("form.speaker"), completed("speaker"))),
      ...items.filter(Array.isArray).flat(),
      made(
        "ul",
        { class: "tasks" },
        ...items.filter((one) => !Array.isArray(one)),
        ...more.map((code) => {
          const { number, item } = PAGES.get(code);
          return row(`${number}/${form.next(item)}`, say(`form.add-${code}`));
        }),
        ...Object.entries(WHOLE).map(([code, begins]) =>
          row(PAGES.get(code).number, say(`form-task.${code}`), completed(begins)),
        ),
        row(CHECK, say("offline.check")),
      ),
      made(
        "ul",
        { class: "tasks" },
        row(SAVE, say("offline.save")),
        row(OPEN, say("offline.open")),
      ),
    ],
  };
}

// Returns how far a page of an allegation is; of several people, how many there are.
function howFar({ say, session }, page, item) {
  const { form } = session;
  const count = form.people(item).length;
  if (page === WHO_WAS_AFFECTED && count > 1) return say("form.people-count", { count });
  const has = (person) => askedOn(page).some((one) => form.text(pathOf(one, item, person)));
  return isFilled(form, page, item, has) ? say("form.completed") : "";
}

export function known(app) {
  const { say } = app;
  const hint = paragraph(say("form.speaker-hint"), "hint");
  const legend = made("legend", {}, say("form.speaker"));
  return asked(app, {
    title: say("form.speaker"),
    lead: [paragraph(say("offline.known-lead"), "lead")],
    questions: FORM.speaker,
    number: 0,
    group: (fields) => [made("fieldset", { class: "q" }, legend, hint, ...fields)],
  });
}

export function questions(app, page, number, wanted = 1) {
  const { say, session } = app;
  const lead = OWN_LEADS[page.code] ?? `form-lead.${page.code}`;
  const person = personOn(session.form, page, number, wanted);
  const title = say(`form-page.${page.code}`, { number });
  return asked(app, {
    title: ofPerson(say, title, ordinal(session.form, page, number, person)),
    lead: [
      heading(app, page, number, person),
      paragraph(say(lead), "lead"),
      page.code === "danger" ? paragraph(say("offline.danger"), "strip") : null,
    ],
    questions: page.questions,
    number,
    person,
    beside: listed(app, page, number, person),
    before: page === WHEN_WHERE ? { where: placeChosen(app, number) } : {},
    onward: () => onwardFrom(session.form, page, number, person),
    more: [
      ...aside(session.form, page, number, person).map(([key, to]) => [say(key), () => app.go(to)]),
      page === OF_ALLEGATION[0]
        ? [say("form.split-here"), () => app.go(`${FORM.at.split}/${number}`)]
        : null,
      [OF_ALLEGATION[0], OF_ALLEGATION.at(-1)].includes(page) &&
      session.form.next(page.item) <= FORM.mostItems
        ? [say("form.split"), () => another(app, number)]
        : null,
      ADDS.includes(page.code) && session.form.items(page.item).includes(number)
        ? [say("form.remove"), () => removed(app, page.item, number)]
        : null,
    ].filter(Boolean),
  });
}

function onwardFrom(form, page, number, person) {
  if (page === QUICK) return CHECK;
  if (page === PLACE) return `${WHEN_WHERE.number}/${number}`;
  if (!OF_ALLEGATION.includes(page)) return TASKS;
  const all = steps(form, page, number, person);
  return all[all.indexOf(addressOf(page, number, person)) + 1] ?? TASKS;
}

// Where a page of an allegation leads beside the next one. What is typed is kept already.
function aside(form, page, number, person) {
  const all = steps(form, page, number, person);
  const at = all.indexOf(addressOf(page, number, person));
  return [
    at > 0 ? ["offline.back", all[at - 1]] : null,
    at >= 0 && page !== OF_ALLEGATION.at(-1) ? ["form.to-tasks", TASKS] : null,
  ].filter(Boolean);
}

function placeChosen({ say, session }, number) {
  const chosen = place(session.form, number);
  const words = say(chosen ? "form.place-change" : "offline.place-write");
  const head = made("p", {}, made("strong", {}, say("form.place")), chosen ? ` ${chosen}` : "");
  const to = link(`${PLACE.number}/${number}`, words, "button second");
  return made("div", { class: "q" }, head, made("p", {}, to));
}

function another({ session, go }, number) {
  const target = session.form.next("allegations");
  session.form.copy(`allegations/${number}`, `allegations/${target}`, FORM.shared);
  go(`${FORM.at.allegation}/${target}`);
}

function removed({ session, go }, item, number) {
  session.form.drop(item, number);
  go(TASKS);
}

// A page of questions: going on tells what is wrong first, and keeps what was typed anyway.
function asked(app, asking) {
  const { title, lead, questions, number, person = 1, before = {}, beside = [] } = asking;
  const { group, onward = () => TASKS, more = [] } = asking;
  const { say, session, catalogue, take, go } = app;
  const { form } = session;
  const at = (one) => pathOf(one, number, person);
  const faults = app.isChecked
    ? questions
        .map((one) => ({ one, text: faultIn(one, at(one), { form, catalogue }) }))
        .filter(({ text }) => text)
    : [];
  const fields = questions.flatMap((one) => [
    before[one.code] ?? null,
    field(one, at(one), {
      form,
      catalogue,
      take,
      fault: faults.find((wrong) => wrong.one === one)?.text,
    }),
  ]);
  const isRight = () => questions.every((one) => faultIn(one, at(one), { form, catalogue }) === "");
  const forward = (then) => () => (isRight() ? then() : app.checked());
  const submit = (event) => {
    event.preventDefault();
    forward(() => go(onward()))();
  };
  return {
    title,
    isWrong: faults.length > 0,
    nodes: [
      summary(say, faults.map(({ one, text }) => ({ text, id: `q-${one.code}` }))),
      ...lead,
      made(
        "form",
        { onsubmit: submit, novalidate: true },
        ...(group ? group(fields) : fields),
        made(
          "p",
          { class: "actions" },
          made("button", {}, say("offline.go-on")),
          ...more.map(([text, then]) => button(text, then, "second")),
        ),
        ...beside,
      ),
    ],
  };
}
