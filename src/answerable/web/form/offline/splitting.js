// One text that holds two assertions becomes two parts (core/case/splitting.py), and its screen.

import { link, made, paragraph, summary } from "./elements.js";
import { FORM } from "./questions.js";
import { isBlank, shortened, SPACES, strippedAfter, strippedBefore } from "./typed.js";

const MOST = 40;
const SHOWN = 160;
const PARAGRAPH = new RegExp(`\\n[${SPACES}]*`, "g");
// A full stop within a date or a number is no end. Khmer writes no space before what follows.
const SENTENCE = new RegExp(
  `[.!?]+["'\u00bb\u201d\u2019)\\]]*[${SPACES}\u200b]+|[។៕]+[${SPACES}\u200b]*|\\n[${SPACES}]*`,
  "g",
);

// Returns where a second part may begin: sentences, or paragraphs where those are too many.
export function beginnings(text) {
  const sentences = endsIn(text, SENTENCE);
  const found = sentences.length <= MOST ? sentences : endsIn(text, PARAGRAPH);
  return found.slice(0, MOST);
}

const endsIn = (text, end) =>
  [...text.matchAll(end)]
    .map((one) => one.index + one[0].length)
    .filter((at) => !isBlank(text.slice(0, at)) && !isBlank(text.slice(at)));

export const parted = (text, at) => [
  strippedAfter(text.slice(0, at)),
  strippedBefore(text.slice(at)),
];

// Returns what is before and after the first mark, null unless both say something.
export function partedAtMark(text) {
  const at = text.indexOf(FORM.mark);
  if (at < 0) return null;
  const [before, after] = [text.slice(0, at), text.slice(at + FORM.mark.length)];
  if (isBlank(before) || isBlank(after)) return null;
  return [strippedAfter(before), strippedBefore(after)];
}

// --- Its screen. ---

export function split(app, number) {
  const { say, session, go } = app;
  const { form } = session;
  const path = `allegations/${number}/what`;
  const text = form.text(path);
  const target = form.next("allegations");
  const { mark } = FORM;
  const places = beginnings(text);
  const area = made("textarea", { id: "text", rows: "8", value: text, "aria-describedby": "text-h" });
  const choice = (value, label, isChosen) => {
    const box = made("input", { type: "radio", id: `begins-${value}`, name: "begins", value });
    box.checked = isChosen;
    return made("p", { class: "choice" }, box, " ", made("label", { for: box.id }, label));
  };
  const chosen = made(
    "fieldset",
    { class: "q" },
    made("legend", {}, say("form.split-begins")),
    ...places.map((at) => choice(String(at), shortened(text.slice(at), SHOWN), false)),
    choice("mark", say("form.split-at-mark", { mark }), places.length === 0),
  );
  const faults = made("div");
  const submit = (event) => {
    event.preventDefault();
    const at = chosen.querySelector(":checked")?.value;
    const parts = at === "mark" ? partedAtMark(area.value) : at && parted(text, Number(at));
    if (!parts || target > FORM.mostItems) {
      const told = say(parts ? "form.split-no-more" : "form.split-where", { mark });
      faults.replaceChildren(summary(say, [{ text: told, id: "begins-mark" }]));
      faults.querySelector("a").focus();
      return;
    }
    form.copy(`allegations/${number}`, `allegations/${target}`, [...FORM.shared, "how-known"]);
    form.put(path, [parts[0]]);
    form.put(`allegations/${target}/what`, [parts[1]]);
    go(`${FORM.at.allegation}/${target}`);
  };
  return {
    title: say("form-page.split", { number }),
    nodes: [
      faults,
      paragraph(say("form.split-lead"), "lead"),
      paragraph(say("form.split-shares")),
      made(
        "form",
        { onsubmit: submit, novalidate: true },
        chosen,
        made(
          "div",
          { class: "q" },
          made("label", { for: "text" }, say("form.split-text")),
          made("p", { class: "hint", id: "text-h" }, say("form.split-text-hint", { mark })),
          area,
        ),
        made("p", { class: "actions" }, made("button", {}, say("form.split-now"))),
      ),
      made("p", {}, link(`${FORM.at.allegation}/${number}`, say("form.split-back"))),
    ],
  };
}
