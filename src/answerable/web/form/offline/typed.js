// What people type: digits of any script, blanks, and what no text here may hold
// (core/case/text.py, core/return_key.py). The rules are those of the server, letter by letter.

// What Python calls a space. A byte order mark is none.
export const SPACES = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
const BLANKS = `[${SPACES}]`;
const [BEFORE, AFTER] = [new RegExp(`^${BLANKS}+`), new RegExp(`${BLANKS}+$`)];
const COENG = "\u17d2";
const SEEN = /[^\p{C}\p{Z}]/u;
const REFUSED = new RegExp(
  String.raw`[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Cs}`,
  "u",
);
const TURNING = /[\u202a-\u202e\u2066-\u2069]/;

export const isBlank = (text) => !SEEN.test(text);
export const strippedBefore = (text) => text.replace(BEFORE, "");
export const strippedAfter = (text) => text.replace(AFTER, "");
export const stripped = (text) => strippedBefore(strippedAfter(text));
export const cleaned = (text) => stripped(text.replace(/\r\n?/g, "\n"));
export const words = (text) => stripped(text).split(new RegExp(`${BLANKS}+`)).filter(Boolean);

// Returns the beginning of a text in one line: up to a blank, and never a part of a cluster
// (locale/visible.py).
export function shortened(text, most) {
  const line = [...words(text).join(" ")];
  if (line.length <= most) return line.join("");
  const before = line.slice(0, Math.max(0, line.lastIndexOf(" ", most - 1)));
  let end = before.length * 2 > most ? before.length : most;
  if (end === most) {
    while (end > 0 && (/^[\p{M}\p{Cf}]$/u.test(line[end]) || line[end - 1] === COENG)) end -= 1;
  }
  return `${strippedAfter(line.slice(0, end).join(""))}...`;
}

// How many characters (code points) a text has after NFC.
export const length = (text) => [...text.normalize("NFC")].length;

// Returns what may not be cut (core/case/text.py): a letter with its marks and its subscripts.
export function clusters(text) {
  const found = [];
  for (const sign of text) {
    const joins = /^[\p{M}\u200c\u200d]$/u.test(sign);
    if (found.length > 0 && (joins || /[\u17d2\u200d]$/.test(found.at(-1)))) {
      found[found.length - 1] += sign;
    } else {
      found.push(sign);
    }
  }
  return found;
}

// How many clusters of a text can be seen, blanks between others too.
export const seenLength = (text) =>
  clusters(text).filter((one) => !/^[\u200b-\u200d\u2060]+$/.test(one)).length;

// Returns the code and the facts of the first character that no text may hold, or null.
export function refusedIn(text) {
  const found = REFUSED.exec(text);
  if (found === null) return null;
  const code = found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  if (TURNING.test(found[0])) return { code: "bidirectional-control", found: `U+${code}` };
  if (found[0] === "\ufeff") return { code: "byte-order-mark" };
  if (/\p{Cs}/u.test(found[0])) return { code: "lone-surrogate" };
  return { code: "control-character", found: `U+${code}` };
}

export const isDigit = (sign) => /^\p{Nd}$/u.test(sign);

// The digits of a script stand in runs of ten, which begin with its zero.
export function digit(sign) {
  const code = sign.codePointAt(0);
  let before = 0;
  while (isDigit(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}

export const latinDigits = (text) => text.replace(/\p{Nd}/gu, digit);
