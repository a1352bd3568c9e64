// What this page holds while it is open, and nowhere else: what was typed, the copy key, and
// whether all of it was saved.

import { Form } from "./form.js";
import { drawnKey } from "./key.js";

export const random = (count) => crypto.getRandomValues(new Uint8Array(count));

const told = (form) => JSON.stringify([...form.answers].sort(([a], [b]) => (a < b ? -1 : 1)));

export class Session {
  constructor() {
    this.start(new Form());
  }

  start(form, key = "") {
    this.form = form;
    this.key = key;
    // Who typed the key of a copy has it; one that was made here must be asked back once.
    this.hasKey = key !== "";
    this.kept = told(form);
    this.wasSaved = key !== "";
  }

  get isEmpty() {
    return this.form.answers.size === 0;
  }

  get isChanged() {
    return told(this.form) !== this.kept;
  }

  // Whether something would be lost with this page: words, or the key without which they are.
  get isUnsaved() {
    return this.isChanged || (this.wasSaved && !this.hasKey);
  }

  copyKey() {
    if (this.key === "") this.key = drawnKey(random(32));
    return this.key;
  }

  saved() {
    this.kept = told(this.form);
    this.wasSaved = true;
  }
}
