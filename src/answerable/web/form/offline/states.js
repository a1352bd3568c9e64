// The three states of a report, kept apart: on this device only, sent and not confirmed, received.

import { made, paragraph } from "./elements.js";
import { FORM } from "./questions.js";

// The line that stands on every screen.
export function stateOf(app) {
  const { say, session } = app;
  const state = say("offline.state-device");
  return isNothing(session) ? told(app) : say("offline.state-line", { state, told: told(app) });
}

const isNothing = (session) => session.isEmpty && !session.wasSaved;

function told({ say, session }) {
  if (isNothing(session)) return say("offline.nothing-yet");
  if (!session.wasSaved) return say("offline.unsaved");
  return say(session.isChanged ? "offline.changed" : "offline.saved", { name: FORM.file });
}

// An owed thing is an empty box of its own: nothing here can fill the second and the third.
export function states({ say, session }) {
  const here = made(
    "li",
    { class: "here" },
    made("strong", { class: "stamp" }, say("offline.state-device")),
    paragraph(told({ say, session })),
  );
  const owed = (name, told) =>
    made(
      "li",
      { class: "empty" },
      made("p", {}, made("strong", {}, say(name))),
      paragraph(say(told)),
    );
  const boxes = [
    owed("offline.state-sent", "offline.state-sent-is"),
    owed("offline.state-received", "offline.state-received-is"),
  ];
  return [
    made("h2", {}, say("offline.states")),
    made("ol", { class: "states" }, here, ...boxes),
  ];
}
