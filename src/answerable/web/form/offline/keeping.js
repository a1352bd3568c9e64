// The screens on which a report is looked over, saved as a locked copy, and opened again.

import { lock, opened, sealed } from "./copy.js";
import { button, link, list, made, paragraph, summary } from "./elements.js";
import { Failure } from "./failure.js";
import { Form } from "./form.js";
import { groupsOf, typedKey } from "./key.js";
import { dayIn } from "./fields.js";
import { notesOn } from "./notes.js";
import { change, echoes, parts } from "./parts.js";
import { FORM } from "./questions.js";
import { restored } from "./restored.js";
import { random } from "./session.js";
import { states } from "./states.js";
import { latinDigits } from "./typed.js";

const { tasks: TASKS, save: SAVE, kept: KEPT, key: KEY } = FORM.at;
// One octet more than is ever read, so that what is too long is told and not cut.
const LONGEST = 2 * 2 ** 20 + 100;

export function check(app) {
  const { say } = app;
  const cards = parts(app);
  return {
    title: say("offline.check"),
    nodes: [
      paragraph(say("offline.printed"), "on-paper"),
      paragraph(say(cards.length ? "offline.check-lead" : "offline.nothing-yet"), "lead"),
      ...echoes(app),
      ...cards,
      made(
        "p",
        { class: "actions" },
        link(SAVE, say("offline.save"), "button"),
        button(say("offline.print"), () => window.print(), "second"),
        link(TASKS, say("form.to-tasks"), "button second"),
      ),
      ...(cards.length ? notes(app) : []),
    ],
  };
}

// Nothing of this stands in the way. A text that may be two leads to where it is split.
function notes(app) {
  const { say, session, catalogue } = app;
  const pages = FORM.pages.filter(({ item }) => item !== "quick");
  const lines = notesOn(session.form).map(({ code, path, facts }) => {
    const [kind, ordinal] = path.split("/");
    const number = Number(ordinal);
    const page = pages.find(({ item }) => item === kind && path) ?? { number: TASKS };
    const days = Object.entries(facts).map(([name, day]) => [name, day && dayIn(catalogue, day)]);
    const name = path ? say("form.item", { number }) : null;
    const what = name ?? say("form.tasks-title");
    const at = FORM.notedOn[code] ?? page.number;
    const to = path ? `${at}/${number}` : TASKS;
    return [say(code, { path: name, ...Object.fromEntries(days) }), " ", change(say, to, what)];
  });
  if (lines.length === 0) return [];
  const items = lines.map((line) => made("li", {}, ...line));
  return [made("h2", { class: "notes" }, say("offline.notes")), made("ul", { class: "notes" }, ...items)];
}

// The lock is made while the page is read: pressing then saves at once, as browsers want it.
export function save(app) {
  const { say, session } = app;
  const progress = paragraph("", "hint");
  progress.setAttribute("role", "status");
  const now = button(say("offline.save-now", { name: FORM.file }), () => press());
  now.disabled = true;
  let lockOfIt = null;
  const prepare = async () => {
    try {
      lockOfIt = await lock(session.copyKey(), random, percentIn(progress, say("offline.locking")));
      progress.textContent = say("offline.locked");
      now.disabled = false;
    } catch {
      // Too little memory, or a browser that has no random numbers to give.
      progress.textContent = say("offline.no-lock");
    }
  };
  const press = () => {
    download(sealed(lockOfIt, session.form.answers));
    // A lock is for one copy. Whoever comes back here gets another.
    now.disabled = true;
    session.saved();
    app.go(KEPT);
  };
  return {
    title: say("offline.save"),
    nodes: [
      paragraph(say("offline.save-lead", { name: FORM.file }), "lead"),
      list(say("offline.save-files"), say("form.copy-seen", { name: FORM.file })),
      progress,
      made("p", { class: "actions" }, now, link(TASKS, say("form.to-tasks"), "button second")),
    ],
    then: prepare,
  };
}

const percentIn = (node, said) => (share) => {
  const text = `${said} ${Math.floor(share * 10) * 10} %`;
  if (node.textContent !== text) node.textContent = text;
};

function download(octets) {
  const address = URL.createObjectURL(new Blob([octets], { type: "application/octet-stream" }));
  const to = made("a", { href: address, download: FORM.file });
  document.body.append(to);
  to.click();
  to.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function kept(app) {
  const { say, session } = app;
  if (!session.wasSaved) return save(app);
  const steps = ["offline.next-put-back", "offline.next-office", "offline.next-there"];
  const last = ["offline.next-received", "offline.next-delete"];
  const page = say("form-page.put-back");
  return {
    title: say("offline.kept"),
    nodes: [
      paragraph(say("offline.kept-lead", { name: FORM.file }), "lead"),
      made("h2", {}, say("form.copy-key")),
      ...(session.hasKey ? [paragraph(say("offline.key-gone"))] : keyShown(app)),
      ...states(app),
      made("h2", {}, say("offline.next")),
      made(
        "ol",
        { class: "steps" },
        ...[...steps, ...last].map((key) => made("li", {}, say(key, { page, name: FORM.file }))),
      ),
      made("p", { class: "actions" }, link(TASKS, say("offline.write-on"), "button second")),
    ],
  };
}

function keyShown({ say, session }) {
  return [
    made(
      "details",
      { class: "key-shown" },
      made("summary", {}, say("form.show-copy-key")),
      paragraph(groupsOf(session.key).join(" "), "figure"),
    ),
    paragraph(say("form.copy-key-is")),
    made("p", {}, link(KEY, say("form.written-down"), "button")),
  ];
}

// Asks for one group of the copy key. Once it was typed, the key is shown no more.
export function key(app) {
  const { say, session, go } = app;
  if (!session.wasSaved || session.hasKey) return kept(app);
  const group = FORM.askedGroup;
  const input = made("input", {
    id: "group", class: "short", inputmode: "numeric", autocomplete: "off",
  });
  const submit = (event) => {
    event.preventDefault();
    const typed = latinDigits(input.value).replace(/[^0-9]/g, "");
    if (typed !== groupsOf(session.key)[group - 1]) return app.checked();
    session.hasKey = true;
    return go(KEPT);
  };
  const text = say("offline.group-differs", { group });
  return {
    title: say("offline.key"),
    isWrong: app.isChecked,
    nodes: [
      summary(say, app.isChecked ? [{ text, id: "group" }] : []),
      paragraph(say("offline.key-lead"), "lead"),
      made(
        "form",
        { onsubmit: submit, novalidate: true },
        made("div", { class: "q" }, made("label", { for: "group" }, say("offline.group", { group })), input),
        made("p", { class: "actions" }, made("button", {}, say("offline.go-on"))),
      ),
      made("p", {}, link(KEPT, say("form.see-key-again"))),
    ],
  };
}

// --- A copy is opened, to go on writing. ---

export function open(app) {
  const { say, session } = app;
  const faults = made("div");
  const progress = paragraph("", "hint");
  progress.setAttribute("role", "status");
  const file = made("input", { type: "file", id: "copy" });
  const typed = made("input", {
    id: "key", class: "short", inputmode: "numeric", autocomplete: "off",
    spellcheck: "false", "aria-describedby": "key-h",
  });
  const replace = made("input", { type: "checkbox", id: "replace" });
  const submit = async (event) => {
    event.preventDefault();
    faults.replaceChildren();
    try {
      await openInto(app, { file, typed, replace }, percentIn(progress, say("offline.opening")));
      app.go(TASKS);
    } catch (problem) {
      if (!(problem instanceof Failure)) throw problem;
      faults.replaceChildren(summary(say, [faultOf(app, problem)]));
      faults.querySelector("a").focus();
    } finally {
      progress.textContent = "";
    }
  };
  const words = { for: "replace" };
  return {
    title: say("offline.open"),
    nodes: [
      faults,
      paragraph(say("offline.open-lead"), "lead"),
      made(
        "form",
        { onsubmit: submit, novalidate: true },
        made("div", { class: "q" }, made("label", { for: "copy" }, say("form.put-back-choose")), file),
        made(
          "div",
          { class: "q" },
          made("label", { for: "key" }, say("form.copy-key")),
          made("p", { class: "hint", id: "key-h" }, say("form.return-hint")),
          typed,
        ),
        session.isEmpty
          ? null
          : made("p", { class: "choice" }, replace, " ", made("label", words, say("form.put-back-replace"))),
        progress,
        made("p", { class: "actions" }, made("button", {}, say("offline.open-now"))),
      ),
    ],
  };
}

async function openInto({ session }, { file, typed, replace }, onProgress) {
  const [chosen] = file.files;
  if (chosen === undefined) throw new Failure("offline.choose-copy", 2, { id: "copy" });
  const digits = typedKey(typed.value);
  const octets = new Uint8Array(await chosen.slice(0, LONGEST).arrayBuffer());
  const answers = restored(await opened(digits, octets, onProgress));
  // Typed meanwhile, or not to be replaced: nothing is lost by opening.
  if (!session.isEmpty && !replace.checked) {
    throw new Failure("offline.replaces", 2, { id: "replace" });
  }
  session.start(new Form(answers), digits);
}

function faultOf({ say, catalogue }, { code, facts }) {
  if (facts.id) return { text: say(code), id: facts.id };
  const text = catalogue.explain(code, facts).filter(Boolean).join(" ");
  return { text, id: code === "no-form-copy" ? "copy" : "key" };
}
