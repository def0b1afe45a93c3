// The state as text: changed as a whole, or not at all.

import { ask, byId, count, send } from "./dom.js";
import { offsetOf } from "./place.js";

/** A text field with more characters than this is no pleasure. */
const LARGE = 1_000_000;

const HINT = "Ctrl+Enter applies what you change.";

const text = byId("text");
const message = byId("edit-message");
let connected = {};
/** The text as the server has it. */
let before = "";

export function start(others) {
  connected = others;
  text.addEventListener("input", () => {
    if (message.classList.contains("done")) say(HINT);
    drawButtons();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !byId("apply").disabled) apply();
  });
  byId("apply").addEventListener("click", apply);
  byId("reset").addEventListener("click", reset);
}

/** Takes the state up, unless somebody is at work on the text. */
export function show(state, size) {
  text.disabled = size > LARGE;
  if (text.disabled) {
    before = text.value = "";
    say(`The state has ${count(size)} characters, which is too much to edit here. It is read and written at /_local/state.`);
  } else if (text.value === before) {
    before = JSON.stringify(state, null, 2);
    if (text.value !== before) text.value = before;
    if (!message.classList.contains("done")) say(HINT);
  }
  drawButtons();
}

function drawButtons() {
  const isChanged = text.value !== before;
  byId("apply").disabled = byId("reset").disabled = !isChanged;
}

function say(what, look = "") {
  message.className = `message ${look}`;
  message.textContent = what;
}

async function reset() {
  text.value = before;
  say("As it was.");
  await connected.changed();
  text.focus();
}

async function apply() {
  const written = text.value;
  try {
    JSON.parse(written);
  } catch (error) {
    // Where it is comes from the text, whichever way a browser says it.
    return complain(error.message.replace(/ (in JSON )?at (position|line) .*$/s, ""), offsetOf(written, ""));
  }
  try {
    const now = await (await ask("/_local/state")).json();
    if (JSON.stringify(now, null, 2) !== before) {
      before = JSON.stringify(now, null, 2);
      return complain("The state has changed meanwhile. Apply once more to write yours over it, or Reset to see it.");
    }
    await send("PUT", "/_local/state", written);
  } catch (error) {
    const [, path, what] = /^request\.body\.?([^:]*): (.*)$/s.exec(error.message) ?? [null, "", error.message];
    return complain(path ? `${path}: ${what}` : what, path ? offsetOf(written, path) : undefined);
  }
  before = text.value;
  say("Applied.", "done");
  await connected.changed();
}

/** Says what is wrong, and selects it. */
function complain(what, range) {
  if (range) {
    const line = text.value.slice(0, range[0]).split("\n").length;
    say(`Line ${line}: ${what}`, "wrong");
    text.focus();
    text.setSelectionRange(...range);
    const lineHeight = parseFloat(getComputedStyle(text).lineHeight);
    text.scrollTop = Math.max(0, (line - 6) * lineHeight);
  } else say(what, "wrong");
  drawButtons();
}
