// What was typed, by the path of its field (web/form/draft.py). It is nowhere else.

import { isBlank } from "./typed.js";

export class Form {
  constructor(answers = new Map()) {
    this.answers = answers;
  }

  text(path) {
    return this.answers.get(path)?.[0] ?? "";
  }

  all(path) {
    return this.answers.get(path) ?? [];
  }

  // Takes an answer in the place of the one before; an empty one leaves none.
  put(path, values) {
    const kept = values.filter((value) => !isBlank(value));
    if (kept.length > 0) this.answers.set(path, kept);
    else this.answers.delete(path);
  }

  // The numbers of the allegations, concerns or requests that say something.
  items(name) {
    const start = `${name}/`;
    const found = [...this.answers.keys()]
      .filter((path) => path.startsWith(start))
      .map((path) => Number(path.slice(start.length).split("/")[0]));
    return [...new Set(found)].sort((a, b) => a - b);
  }

  // The numbers of the people affected by an allegation: each means one person while it is written.
  people(item) {
    return this.items(`allegations/${item}/targets`);
  }

  next(name) {
    return Math.max(0, ...this.items(name)) + 1;
  }

  has(start) {
    return [...this.answers.keys()].some((path) => path.startsWith(start));
  }

  forget(start) {
    for (const path of [...this.answers.keys()]) {
      if (path.startsWith(`${start}/`)) this.answers.delete(path);
    }
  }

  // Forgets an item, and closes the gap in the numbers of its kind.
  drop(name, number) {
    const kept = [...this.answers].flatMap(([path, values]) => {
      const [kind, of, ...rest] = path.split("/");
      if (kind !== name || Number(of) < number) return [[path, values]];
      return Number(of) === number ? [] : [[[kind, Number(of) - 1, ...rest].join("/"), values]];
    });
    this.answers = new Map(kept);
  }

  // Begins an item with what it shares with another: nothing is asked twice.
  copy(start, target, tails) {
    const shared = tails.map((tail) => `${start}/${tail}/`);
    for (const [path, values] of [...this.answers]) {
      if (shared.some((one) => `${path}/`.startsWith(one))) {
        this.answers.set(target + path.slice(start.length), [...values]);
      }
    }
  }
}
