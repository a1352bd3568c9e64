// The page: what is put in is judged at once, and said in the language chosen. It keeps nothing.

import { bytesOfBase32, textOf, utf8 } from "./bytes.js";
import { Catalogue, spokenIn, unbroken } from "./catalogue.js";
import { CATALOGUES } from "./catalogues.js";
import { typedNumber } from "./envelope.js";
import { Failure, undecidable } from "./failure.js";
import { MOST_OPENING_BYTES } from "./opening.js";
import { verdictsOn } from "./verdict.js";
import { exitOf, linesOf } from "./words.js";

const LONGEST_NUMBER = 40;
const element = (id) => document.getElementById(id);
let turn = 0;
let catalogue = new Catalogue(firstLanguage(), CATALOGUES);

function firstLanguage() {
  const wanted = [location.hash.slice(1), ...navigator.languages].map((one) => one.slice(0, 2));
  return wanted.find((one) => Object.hasOwn(CATALOGUES, one)) ?? "en";
}

// --- What was put in. ---

async function filesOf(id) {
  // One byte more than is ever read, so that what is too long is told and not cut.
  const read = (file) => file.slice(0, MOST_OPENING_BYTES + 1).arrayBuffer();
  return Promise.all(
    [...element(id).files].map(async (file) => ({
      name: file.name,
      bytes: new Uint8Array(await read(file)),
    })),
  );
}

// A text field ends lines in a line feed, and loses the last one.
const pastedFile = (text) => ({
  name: catalogue.say("verifier.pasted"),
  bytes: utf8(`${text.trim()}\n`),
});

function kindOf({ name, bytes }) {
  if (name === "policy" || name.endsWith(".tlog-policy")) return "policy";
  if (name.endsWith(".tlog-proof")) return "receipt";
  const beginning = textOf(bytes.subarray(0, 1));
  return name.endsWith(".json") || beginning === "{" ? "opening" : "receipt";
}

function sorted(files, policy) {
  const of = (kind) => files.filter((file) => kindOf(file) === kind);
  return { receipts: of("receipt"), openings: of("opening"), policy, beside: of("policy")[0] };
}

// Returns the pasted receipt or opening, or the verdict on a case number.
function fromPasted(text) {
  if (text === "") return {};
  const typed = bytesOfBase32(text);
  const isNumber = text.length <= LONGEST_NUMBER && !/[\n{]/.test(text);
  if (isNumber) return { verdict: { file: text, problem: aboutNumber(text) } };
  const file = pastedFile(text);
  return { file: typed ? { ...file, bytes: typed } : file };
}

function aboutNumber(text) {
  try {
    return undecidable("number-alone", { number: typedNumber(text).text });
  } catch (problem) {
    if (problem instanceof Failure) return problem;
    throw problem;
  }
}

// Reading files takes time: what was asked for last is shown, whichever ends last.
async function check() {
  turn += 1;
  const mine = turn;
  const pastedPolicy = element("policy-text").value.trim();
  const [given] = await filesOf("policy-file");
  const policy = given ?? (pastedPolicy ? pastedFile(pastedPolicy) : null);
  const { file, verdict } = fromPasted(element("text").value.trim());
  const files = [...(await filesOf("files")), ...(file ? [file] : [])];
  if (mine !== turn) return;
  const now = BigInt(Math.floor(Date.now() / 1000));
  const verdicts = verdictsOn(sorted(files, policy), now);
  show(verdict ? [...verdicts, verdict] : verdicts);
}

// --- What is said. ---

function made(tag, text, className) {
  const node = document.createElement(tag);
  node.textContent = text;
  if (className) node.className = className;
  return node;
}

function show(verdicts) {
  const isBlank = verdicts.length === 0;
  element("verdicts").replaceChildren(
    ...(isBlank ? [made("p", catalogue.say("verifier.nothing"))] : verdicts.map(card)),
  );
  element("results").hidden = false;
}

function card(verdict) {
  const article = made("article", "", `verdict exit-${exitOf(verdict)}`);
  article.dataset.code = verdict.problem ? verdict.problem.code : "valid";
  let before = "";
  for (const [kind, text, language] of linesOf(verdict, catalogue)) {
    if (kind === "item") {
      const list = before === "item" ? article.lastChild : article.appendChild(made("ul", ""));
      list.append(made("li", text));
    } else if (kind !== "gap") {
      const node = made(TAGS[kind], text, before === "gap" ? `${kind} apart` : kind);
      const spoken = language || (kind === "value" ? spokenIn(text) : "");
      if (spoken) node.lang = spoken;
      article.append(node);
    }
    before = kind;
  }
  return article;
}

const TAGS = { headline: "h3", title: "h4", text: "p", path: "p", value: "p", aloud: "p" };

function speak(language) {
  catalogue = new Catalogue(language, CATALOGUES);
  document.documentElement.lang = language;
  document.title = unbroken(catalogue.say("verifier.title"));
  for (const node of document.querySelectorAll("[data-say]")) {
    node.textContent = catalogue.say(node.dataset.say);
  }
  element("draft").hidden = language === "en";
  for (const button of element("languages").children) {
    button.setAttribute("aria-pressed", String(button.lang === language));
  }
}

// --- What a person does. ---

function languageButton(language) {
  const button = made("button", CATALOGUES[language].catalogue.name);
  button.type = "button";
  button.lang = language;
  button.addEventListener("click", () => {
    speak(language);
    if (!element("results").hidden) check();
  });
  return button;
}

function takeDrop(event) {
  event.preventDefault();
  const { files } = event.dataTransfer;
  if (files.length === 0) return;
  const isPolicy = event.target instanceof Element && event.target.closest("#policy") !== null;
  element(isPolicy ? "policy-file" : "files").files = files;
  check();
}

element("languages").append(...Object.keys(CATALOGUES).map(languageButton));
element("form").addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
element("form").addEventListener("reset", () => {
  turn += 1;
  element("results").hidden = true;
  element("verdicts").replaceChildren();
});
element("policy-file").addEventListener("change", check);
element("files").addEventListener("change", check);
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", takeDrop);
speak(catalogue.language);
// Last, so that a browser too old for any of this shows what is written for it.
element("blank").hidden = true;
element("page").hidden = false;
