// A question as it is asked: the same words, hints and order as on the pages of the form
// (web/form/templates/pieces.html).

import { wrongWith, dateAt } from "./checks.js";
import { unbroken } from "./catalogue.js";
import { made } from "./elements.js";
import { seenLength } from "./typed.js";

// Returns where an answer is kept: of an item, and where that is asked, of a person affected.
export const pathOf = (question, number, person = 1) =>
  question.path.replace("{n}", number).replace("{m}", person);

// Returns what can be chosen: codes with their words, in the language of the page.
export function choicesOf(question, catalogue) {
  const { family, choices } = question;
  return choices.map((code) => [code, wordOf(catalogue, family, code)]);
}

export function wordOf(catalogue, family, code) {
  const isKind = family === "kinds" && catalogue.has(`kinds.${code}`);
  return isKind ? catalogue.say(`kinds.${code}`) : catalogue.word(family, code);
}

// Returns what is wrong with the answer to a question, in words, or "".
export function faultIn(question, path, { form, catalogue }) {
  const found = question.most ? seenLength(form.text(path)) : 0;
  if (found > question.most) {
    return catalogue.say("form.title-too-long", { found, most: question.most });
  }
  const wrong = wrongWith(question, path, form);
  if (wrong === null) return "";
  const field = labelOf(question, catalogue);
  const [what, , does] = catalogue.explain(wrong.code, { ...wrong.facts, field });
  return [what, does].filter(Boolean).join(" ");
}

export const labelOf = ({ code, label }, catalogue) => catalogue.say(label ?? `question.${code}`);

// Returns the element of a question. What is typed is taken at once, so that Back loses nothing.
export function field(question, path, { form, catalogue, take, fault }) {
  const id = `q-${question.code}`;
  const label = labelOf(question, catalogue);
  const hint = `question-hint.${question.code}`;
  const notes = [
    catalogue.has(hint) ? made("p", { class: "hint", id: `${id}-h` }, catalogue.say(hint)) : null,
    fault ? made("p", { class: "fault", id: `${id}-e` }, fault) : null,
    question.when ? echo(path, form, catalogue, `${id}-d`) : null,
  ].filter(Boolean);
  const described = notes.map((note) => note.id).join(" ");
  const box = { class: fault ? "q wrong" : "q" };
  const asked = { id, name: path, label, described, fault };
  const listens = (values) => {
    take(path, values);
    if (question.when) refreshEchoes(form, catalogue);
  };
  const control = CONTROLS[question.shape](question, asked, { form, catalogue, listens });
  if (question.shape === "one" || question.shape === "several") {
    const group = { ...box, "aria-describedby": described };
    return made("fieldset", group, made("legend", {}, label), notes, control);
  }
  if (question.shape === "yes") return made("div", box, control, notes);
  return made("div", box, made("label", { for: id }, label), notes, control);
}

const CONTROLS = {
  line: (question, asked, { form, listens }) =>
    made("input", {
      ...shared(asked),
      class: question.short ? "short" : "",
      autocomplete: "off",
      value: form.text(asked.name),
      oninput: ({ target }) => listens([target.value]),
    }),
  text: (question, asked, { form, listens }) =>
    made("textarea", {
      ...shared(asked),
      rows: "6",
      autocomplete: "off",
      value: form.text(asked.name),
      oninput: ({ target }) => listens([target.value]),
    }),
  list: (question, asked, { form, catalogue, listens }) => {
    const chosen = form.text(asked.name);
    const none = made("option", { value: "" }, unbroken(catalogue.say("form.choose")));
    const options = choicesOf(question, catalogue).map(([code, word]) =>
      made("option", { value: code, selected: code === chosen }, unbroken(word)),
    );
    const change = ({ target }) => listens([target.value]);
    return made("select", { ...shared(asked), onchange: change }, none, ...options);
  },
  yes: (question, asked, { form, listens }) =>
    choice(asked, "checkbox", {
      code: "yes",
      word: asked.label,
      isChosen: form.text(asked.name) !== "",
      change: ({ target }) => listens(target.checked ? ["yes"] : []),
    }),
  one: (question, asked, { form, catalogue, listens }) =>
    choicesOf(question, catalogue).map(([code, word], at) =>
      choice({ ...asked, id: at ? `${asked.id}-${at + 1}` : asked.id }, "radio", {
        code,
        word,
        isChosen: form.text(asked.name) === code,
        change: () => listens([code]),
      }),
    ),
  several: (question, asked, { form, catalogue, listens }) =>
    choicesOf(question, catalogue).map(([code, word], at) =>
      choice({ ...asked, id: at ? `${asked.id}-${at + 1}` : asked.id }, "checkbox", {
        code,
        word,
        isChosen: form.all(asked.name).includes(code),
        change: ({ target }) => {
          const others = form.all(asked.name).filter((one) => one !== code);
          const chosen = target.checked ? [...others, code] : others;
          listens(question.choices.filter((one) => chosen.includes(one)));
        },
      }),
    ),
};

const shared = ({ id, name, described, fault }) => ({
  id,
  name,
  "aria-describedby": described,
  "aria-invalid": fault ? "true" : "",
});

function choice({ id, name }, type, { code, word, isChosen, change }) {
  const box = made("input", { type, id, name, value: code, onchange: change });
  box.checked = isChosen;
  return made("p", { class: "choice" }, box, " ", made("label", { for: id }, word));
}

// --- A date, echoed in words while it is typed. ---

export function dayIn(catalogue, iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  const { weekdays, months } = catalogue.tables[0].date;
  return catalogue.say("date.day", {
    weekday: weekdays[weekday],
    day: catalogue.digits(day === 1 ? catalogue.text("date.first") : String(day)),
    month: months[month - 1],
    year: catalogue.digits(String(year)),
  });
}

// Returns how a date was read, in words; where it has digits, also that it was read as none.
export function echoOf(path, form, catalogue) {
  const { typed, days } = dateAt(form, path);
  if (days.length === 0) {
    return /\p{Nd}/u.test(typed) ? catalogue.say("form.echo-unread", { typed }) : "";
  }
  const [first, last] = [days[0], days[days.length - 1]].map((day) => dayIn(catalogue, day));
  const read = first === last ? first : catalogue.say("page.span", { first, last });
  const told = catalogue.say("form.echo", { typed, read });
  return days[0] > today() ? `${told} ${catalogue.say("form.echo-to-come")}` : told;
}

// By the clock of this device, and where it is.
function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

function echo(path, form, catalogue, id) {
  const node = made("p", { class: "hint echo", id, role: "status" });
  node.dataset.of = path.replace(/-to$/, "");
  node.textContent = echoText(path, form, catalogue);
  return node;
}

function echoText(path, form, catalogue) {
  // The two ends of a span are one date: it is told beside the end that was typed last.
  const start = path.replace(/-to$/, "");
  const isEnd = path !== start;
  if (!form.text(path) || (!isEnd && form.text(`${start}-to`))) return "";
  return echoOf(start, form, catalogue);
}

function refreshEchoes(form, catalogue) {
  for (const node of document.querySelectorAll(".echo")) {
    const path = node.id === "q-when-to-d" ? `${node.dataset.of}-to` : node.dataset.of;
    node.textContent = echoText(path, form, catalogue);
  }
}
