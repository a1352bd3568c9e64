// The page: which screen an address shows, in which language; and how the page is left.

import { Catalogue, unbroken } from "./catalogue.js";
import { CATALOGUES } from "./catalogues.js";
import { made } from "./elements.js";
import { check, kept, key, open, save } from "./keeping.js";
import { FORM } from "./questions.js";
import { Session } from "./session.js";
import { split } from "./splitting.js";
import { stateOf } from "./states.js";
import { known, questions, start, tasks } from "./writing.js";

const SCREENS = new Map(
  Object.entries({ known, tasks, check, save, open, kept, key }).map(([name, screen]) => [
    FORM.at[name],
    screen,
  ]),
);
const element = (id) => document.getElementById(id);
const codes = location.hash.slice(1);
const app = {
  session: new Session(),
  catalogue: new Catalogue(firstLanguage(), CATALOGUES),
  isChecked: false,
  say: (code, facts) => app.catalogue.say(code, facts),
  go,
  checked: () => {
    app.isChecked = true;
    show();
    element("screen").querySelector(".faults a").focus();
  },
  take: (path, values) => {
    app.session.form.put(path, values);
    forgetCodes(path);
    tellState();
  },
};
let screen = [];

function firstLanguage() {
  const wanted = [codes, ...navigator.languages].map((one) => one.slice(0, 2));
  return wanted.find((one) => Object.hasOwn(CATALOGUES, one)) ?? "en";
}

// Other words for a place: the code that was chosen for it where a list was at hand fits no more.
function forgetCodes(path) {
  const [, item, level] = /^(allegations\/[0-9]+)\/place\/([a-z]+)$/.exec(path) ?? [];
  const from = FORM.placeLevels.indexOf(level);
  if (from < 0) return;
  for (const below of FORM.placeLevels.slice(from)) {
    app.session.form.put(`${item}/place/${below}${FORM.placeCode}`, []);
  }
}

// --- Which screen is shown. An address has numbers only. ---

function go(to) {
  const address = `#${to}`;
  if (location.hash === address) arrive();
  else location.hash = address;
}

function arrive() {
  screen = location.hash.slice(1).split("/").map(Number);
  app.isChecked = false;
  show();
  window.scrollTo(0, 0);
  element("title").focus({ preventScroll: true });
}

function shown() {
  const [number, item, person = 1] = screen;
  if (SCREENS.has(number)) return SCREENS.get(number)(app);
  const isItem = item > 0 && item <= FORM.mostItems;
  if (number === FORM.at.split && isItem) return split(app, item);
  const page = FORM.pages.find((one) => one.number === number);
  if (page === undefined) return start(app);
  const isOne = page.item === "" || page.item === "quick";
  if (!isOne && !isItem) return tasks(app);
  return isOne ? questions(app, page, 1) : questions(app, page, item, person);
}

function show() {
  const { title, nodes, isWrong = false, then } = shown();
  element("title").textContent = title;
  // Says nothing of what is done here: it stands in the history, and among the tabs.
  const tab = app.say("form.tab", { page: screen[0] || null });
  document.title = unbroken(isWrong ? `${app.say("form.error")} ${tab}` : tab);
  element("screen").replaceChildren(...nodes.filter(Boolean));
  tellState();
  then?.();
}

function tellState() {
  const told = stateOf(app);
  // Set anew, it would be read aloud anew at each letter.
  if (element("state").textContent !== told) element("state").textContent = told;
  const listens = app.session.isUnsaved ? addEventListener : removeEventListener;
  listens("beforeunload", ask);
}

const ask = (event) => {
  event.preventDefault();
  // Without this, older browsers do not ask.
  event.returnValue = "";
};

// --- Languages. ---

function speak(language) {
  app.catalogue = new Catalogue(language, CATALOGUES);
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-say]")) {
    node.textContent = app.say(node.dataset.say);
  }
  element("draft").hidden = language === "en";
  element("languages").replaceChildren(...Object.keys(CATALOGUES).map(languageButton));
  show();
}

function languageButton(language) {
  const { name } = CATALOGUES[language].catalogue;
  if (language === app.catalogue.language) {
    return made("span", { lang: language, "aria-current": "true" }, name);
  }
  const press = () => {
    speak(language);
    element("title").focus();
  };
  return made("button", { type: "button", lang: language, onclick: press }, name);
}

// --- Leaving: blank at once, nothing asked, and Back leads past what was here. ---

function blank() {
  document.title = "";
  document.body.hidden = true;
}

function leave() {
  removeEventListener("beforeunload", ask);
  blank();
  app.session = new Session();
  element("screen").replaceChildren();
  location.replace("about:blank");
}

let [times, last] = [0, 0];
addEventListener("keydown", (event) => {
  if (event.repeat) return;
  times = event.key !== "Shift" ? 0 : event.timeStamp - last < 1000 ? times + 1 : 1;
  last = event.timeStamp;
  if (times === 3) leave();
});
// A page that the browser kept is never shown again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  blank();
  location.reload();
});
element("leave").addEventListener("click", leave);
element("skip").addEventListener("click", (event) => {
  event.preventDefault();
  element("title").focus();
});
addEventListener("hashchange", arrive);
screen = location.hash.slice(1).split("/").map(Number);
speak(app.catalogue.language);
// Last, so that a browser too old for any of this shows what is written for it.
element("blank").hidden = true;
element("page").hidden = false;
