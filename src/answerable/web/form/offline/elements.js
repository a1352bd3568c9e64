// Elements of the page, made as text and never as markup.

export function made(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value") node.value = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== "") node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== ""));
  return node;
}

export const paragraph = (text, name = "") => made("p", { class: name }, text);
export const link = (to, text, name = "") => made("a", { href: `#${to}`, class: name }, text);
export const list = (...items) => made("ul", {}, ...items.map((item) => made("li", {}, item)));

export const button = (text, press, name = "") =>
  made("button", { type: "button", class: name, onclick: press }, text);

// What is wrong on a page, each line leading to its field. Read aloud when it appears.
export function summary(say, faults) {
  if (faults.length === 0) return null;
  const jump = (id) => (event) => {
    event.preventDefault();
    document.getElementById(id).focus();
  };
  const lines = faults.map(({ text, id }) =>
    made("li", {}, made("a", { href: `#${id}`, onclick: jump(id) }, text)),
  );
  const title = made("h2", {}, say("form.there-is-a-problem"));
  return made("div", { class: "faults", role: "alert" }, title, made("ul", {}, ...lines));
}
