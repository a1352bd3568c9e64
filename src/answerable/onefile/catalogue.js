// From a code and facts to a sentence: answerable/locale/catalogue.py, with the same rules.

const LATEST = 253402300799n;

// Controls, marks that turn the line around, signs of no width that nobody types, tags, and halves
// of characters. Not the zero-width space and joiners, with which Khmer is written.
const UNSEEN = new RegExp(
  String.raw`[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff` +
    String.raw`\ufff9-\ufffb\ufffe\uffff\p{Cs}\u{e0000}-\u{e007f}]`,
  "gu",
);

export const visible = (text) =>
  text.replace(UNSEEN, (sign) => {
    const code = sign.codePointAt(0).toString(16).toUpperCase();
    return `<U+${code.padStart(4, "0")}>`;
  });

// Titles, attributes and what is chosen from have no breaks, as on the pages of a server.
export const unbroken = (text) => text.replaceAll("\u200b", "");

// Returns the language in which the letters of a text are read aloud, "" where they do not tell.
export const spokenIn = (text) => (/[\u1780-\u17dd]/.test(text) ? "km" : "");

export class Catalogue {
  constructor(language, tables) {
    this.language = language;
    this.tables = [tables[language], tables.en];
  }

  say(key, facts = {}) {
    const template = this.text(key);
    if (template === null) return visible(key);
    const isGiven = (part) =>
      [...part.matchAll(/\{([a-z_]+)/g)].every(([, name]) => (facts[name] ?? "") !== "");
    return template
      .replace(/\[([^[\]]*)\]/g, (_, part) => (isGiven(part) ? part : ""))
      .replace(/\{([a-z_]+)(?:\|([a-z]+))?\}/g, (_, name, form) => this.filled(facts[name], form));
  }

  // Returns what happened, what it means and what to do; a reason's words win part by part.
  explain(code, facts) {
    const tables = [`error.${code}.${facts.reason}`, `error.${code}`];
    const [what, means, does] = ["what", "means", "do"].map((part) => {
      const key = tables.map((table) => `${table}.${part}`).find((one) => this.has(one));
      return key === undefined ? "" : this.say(key, facts);
    });
    return [what || visible(code), means, does];
  }

  word(family, code) {
    const key = `${family}.${code}`;
    return this.text(key) ? this.say(key) : visible(code);
  }

  has(key) {
    return this.tables.some((table) => found(table, key) !== undefined);
  }

  text(key) {
    const text = this.tables.map((table) => found(table, key)).find(Boolean);
    if (typeof text !== "string") return null;
    return text.replace(/\$\(([a-z-]+)\)/g, (all, name) => this.text(`shared.${name}`) ?? all);
  }

  filled(value, form) {
    if (form === "instant" && typeof value === "bigint") return this.instant(value);
    if (form === "word") return this.word("word", String(value));
    const isNumber = typeof value === "bigint" || typeof value === "number";
    if (isNumber && form !== "code") return this.digits(String(value));
    return value === undefined || value === null ? "-" : visible(String(value));
  }

  // Returns seconds since 1970 in words, in UTC.
  instant(at) {
    if (at > LATEST) return String(at);
    const moment = new Date(Number(at) * 1000);
    const day = moment.getUTCDate();
    return this.say("date.instant", {
      day: this.digits(day === 1 ? this.text("date.first") : String(day)),
      month: found(this.tables[0], "date.months")[moment.getUTCMonth()],
      year: this.digits(String(moment.getUTCFullYear())),
      time: this.digits(moment.toISOString().slice(11, 19)),
      zone: "UTC",
    });
  }

  digits(text) {
    const digits = [...this.text("date.digits")];
    return text.replace(/[0-9]/g, (digit) => digits[digit]);
  }
}

function found(table, key) {
  return key.split(".").reduce(
    (within, name) =>
      typeof within === "object" && within !== null && Object.hasOwn(within, name)
        ? within[name]
        : undefined,
    table,
  );
}
