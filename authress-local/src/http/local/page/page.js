// Puts the parts of the page together: a question, its answer, the state that decides it, and the log.

import { ask, byId } from "./dom.js";
import * as question from "./question.js";
import * as browse from "./browse.js";
import * as edit from "./edit.js";
import * as log from "./log.js";

/** A larger state is not read again by itself, in characters. */
const LARGE = 1_000_000;

let size = 0;

async function load() {
  try {
    const text = await (await ask("/_local/state")).text();
    size = text.length;
    const state = JSON.parse(text);
    browse.show(state);
    question.suggest(state);
    edit.show(state, size);
  } catch (error) {
    browse.fail(error.message);
  }
}

/** The state is not what it was: the answer follows, and the tree, or a word that it is old. */
async function changed() {
  await Promise.all([size < LARGE ? load() : browse.stale(), question.askAgain()]);
}

question.start({ changed, reveal: browse.reveal });
browse.start({ fill: question.fill });
edit.start({ changed });
log.start({ changed, fill: question.fill });
byId("reload").addEventListener("click", () => Promise.all([load(), question.askAgain()]));
load();
