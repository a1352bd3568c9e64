// The modules of the form without a network, asked without its page. The tests put them before
// this text, as the page has them: $name is what the module name.js exports.
//
//   day TEXT   span FROM TO   key HEX   typed TEXT   blank TEXT
//   open KEY BASE64   seal KEY ANSWERS   restored ANSWERS   wrong PATH ANSWERS
//   date PATH ANSWERS, its days   notes ANSWERS   split TEXT
//   short TEXT MOST   clusters TEXT, what each is and how many are seen
//   batch: commands from stdin, one JSON list of words a line, answered by a line each

const { readFileSync } = require("node:fs");
const { randomBytes } = require("node:crypto");
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
const mapOf = (json) => new Map(Object.entries(JSON.parse(json)));
const random = (count) => new Uint8Array(randomBytes(count));
const questions = $questions.FORM.pages.flatMap((page) => page.questions);

function wrong(path, answers) {
  const asked = questions.find((one) => one.path === path.replace(/\/[0-9]+\//, "/{n}/").replace(/\/[0-9]+\//, "/{m}/"));
  const speaks = $questions.FORM.speaker.find((one) => one.path === path);
  const found = $checks.wrongWith(asked ?? speaks, path, new $form.Form(mapOf(answers)));
  return { code: found?.code ?? null, limit: found?.facts.limit ?? null };
}

const COMMANDS = {
  day: (text) => ({ read: $dates.readDay(text) }),
  span: (from, to) => ({ read: $dates.readSpan(from, to) }),
  key: (hex) => ({ key: $key.drawnKey(new Uint8Array(Buffer.from(hex, "hex"))) }),
  typed: (text) => ({ key: $key.typedKey(text) }),
  blank: (text) => ({ blank: $typed.isBlank(text) }),
  open: async (key, file) => ({
    answers: Object.fromEntries(await $copy.opened($key.typedKey(key), bytes(file))),
  }),
  seal: async (key, answers) => {
    const lock = await $copy.lock(key, random);
    return { file: Buffer.from($copy.sealed(lock, mapOf(answers))).toString("base64") };
  },
  restored: (answers) => ({ answers: Object.fromEntries($restored.restored(mapOf(answers))) }),
  notes: (answers) => ({ notes: $notes.notesOn(new $form.Form(mapOf(answers))) }),
  split: (text) => ({
    parts: $splitting.beginnings(text).map((at) => $splitting.parted(text, at)),
    marked: $splitting.partedAtMark(text),
  }),
  short: (text, most) => ({ text: $typed.shortened(text, Number(most)) }),
  clusters: (text) => ({ clusters: $typed.clusters(text), seen: $typed.seenLength(text) }),
  wrong,
  date: (path, answers) => $checks.dateAt(new $form.Form(mapOf(answers)), path),
};

async function answer([command, ...rest]) {
  try {
    return { outcome: "done", ...(await COMMANDS[command](...rest)) };
  } catch (problem) {
    if (!(problem instanceof $failure.Failure)) throw problem;
    const { code, facts } = problem;
    return { outcome: "refused", code, facts };
  }
}

(async () => {
  const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
  for (const line of lines) {
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
  }
})();
