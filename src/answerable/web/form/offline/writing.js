// The screens on which a report is written: the start, what there is to fill in, the questions.

import { button, link, list, made, paragraph, summary } from "./elements.js";
import { choicesOf, echoOf, faultIn, field, labelOf, pathOf } from "./fields.js";
import { FORM } from "./questions.js";
import { states } from "./states.js";
import { shortened } from "./typed.js";

const { known: KNOWN, tasks: TASKS, check: CHECK, save: SAVE, open: OPEN } = FORM.at;
const PAGES = new Map(FORM.pages.map((page) => [page.code, page]));
const [QUICK, ALLEGATION, PLACE] = ["quick", "allegation", "place"].map((one) => PAGES.get(one));
const KINDS = { allegation: "web.allegation", concern: "web.concern", request: "web.request" };
const ADDS = ["allegation", "concern", "request"];
// The letters of a title that stands in a row of the tasks.
const TITLE = 60;
// What the pages of a server say there is not so here.
const OWN_LEADS = { quick: "offline.quick-lead", place: "offline.place-lead" };
const WHOLE = { consent: "consent", danger: "danger-now", "sent-before": "sent-before" };
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

export function tasks({ say, session, catalogue }) {
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
      return row(`${number}/${at}`, name, what ? "" : say("form.no-words-yet"));
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
      made(
        "ul",
        { class: "tasks" },
        row(KNOWN, say("form.speaker"), completed("speaker")),
        ...items,
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

// Returns each date that was typed with the days that it is read as, and where it is changed.
export function echoes({ say, session, catalogue }, changes = true) {
  const { form } = session;
  const dated = form
    .items("allegations")
    .map((at) => [`${ALLEGATION.number}/${at}`, echoOf(`allegations/${at}/date`, form, catalogue)])
    .filter(([, told]) => told);
  if (dated.length === 0) return [];
  const lines = dated.map(([to, told]) =>
    made("li", {}, told, " ", changes ? link(to, say("form.change")) : ""),
  );
  return [made("ul", { class: "echoes" }, ...lines)];
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

export function questions(app, page, number) {
  const { say, session } = app;
  const lead = OWN_LEADS[page.code] ?? `form-lead.${page.code}`;
  return asked(app, {
    title: say(`form-page.${page.code}`, { number }),
    lead: [
      paragraph(say(lead), "lead"),
      page.code === "danger" ? paragraph(say("offline.danger"), "strip") : null,
    ],
    questions: page.questions,
    number,
    before: page === ALLEGATION ? { where: placeChosen(app, number) } : {},
    onward: page === QUICK ? CHECK : page === PLACE ? `${ALLEGATION.number}/${number}` : TASKS,
    more: [
      page === ALLEGATION
        ? [say("form.split-here"), () => app.go(`${FORM.at.split}/${number}`)]
        : null,
      page === ALLEGATION && session.form.next(page.item) <= FORM.mostItems
        ? [say("form.split"), () => another(app, number)]
        : null,
      ADDS.includes(page.code) && session.form.items(page.item).includes(number)
        ? [say("form.remove"), () => removed(app, page.item, number)]
        : null,
    ].filter(Boolean),
  });
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
  go(`${ALLEGATION.number}/${target}`);
}

function removed({ session, go }, item, number) {
  session.form.drop(item, number);
  go(TASKS);
}

// A page of questions: going on tells what is wrong first, and keeps what was typed anyway.
function asked(app, { title, lead, questions, number, before = {}, group, onward, more = [] }) {
  const { say, session, catalogue, take, go } = app;
  const { form } = session;
  const faults = app.isChecked
    ? questions
        .map((one) => ({ one, text: faultIn(one, pathOf(one, number), { form, catalogue }) }))
        .filter(({ text }) => text)
    : [];
  const fields = questions.flatMap((one) => [
    before[one.code] ?? null,
    field(one, pathOf(one, number), {
      form,
      catalogue,
      take,
      fault: faults.find((wrong) => wrong.one === one)?.text,
    }),
  ]);
  const isRight = () =>
    questions.every((one) => faultIn(one, pathOf(one, number), { form, catalogue }) === "");
  const forward = (then) => () => (isRight() ? then() : app.checked());
  const submit = (event) => {
    event.preventDefault();
    forward(() => go(onward ?? TASKS))();
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
      ),
    ],
  };
}

// --- What was typed, part by part, to be looked over and printed. ---

export function parts({ say, session, catalogue }, changes = true) {
  const { form } = session;
  const card = (title, to, questions, number) => {
    const lines = questions
      .map((one) => [labelOf(one, catalogue), told(one, pathOf(one, number), form, catalogue)])
      .filter(([, text]) => text);
    if (lines.length === 0) return null;
    const change = changes ? link(to, say("form.change")) : "";
    const rows = lines.map(([label, text]) =>
      made("div", {}, made("dt", {}, label), made("dd", {}, text)),
    );
    return made(
      "div",
      { class: "card" },
      made("p", { class: "head" }, title, " ", change),
      made("dl", { class: "typed" }, ...rows),
    );
  };
  const items = ADDS.flatMap((code) => {
    const { item, number, questions } = PAGES.get(code);
    // The place stands where it is asked for: before the words on where.
    const all = questions.flatMap((one) => (one.code === "where" ? [...PLACE.questions, one] : one));
    return form
      .items(item)
      .map((at) => card(say(`form-page.${code}`, { number: at }), `${number}/${at}`, all, at));
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
