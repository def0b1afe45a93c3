// The question and its answer: the verdict, the path that leads to it, and for a denial what comes close.

import { ask, byId, element, send } from "./dom.js";

const PARTS = { userId: byId("user"), resourceUri: byId("resource"), permission: byId("permission") };

/** Most suggestions for one field. */
const SUGGESTED = 200;

/** What near misses are called, by their kind. */
const MISSES = {
  otherAction: "On this resource, but another permission",
  otherResource: "This permission, but on another resource",
  groupWithoutUser: "Through a group that the user is not in",
  unknownRole: "By a role that does not exist",
  deletedRecord: "By a record that is deleted",
};

let connected = {};
let asked;
let running;
let shown = "";

export function start(others) {
  connected = others;
  byId("question").addEventListener("submit", (event) => {
    event.preventDefault();
    pose(true);
  });
  byId("give").addEventListener("click", give);
  addEventListener("popstate", fromAddress);
  fromAddress();
}

/** Takes parts of a question up, and asks once it is whole. */
export function fill(parts) {
  for (const [name, value] of Object.entries(parts)) PARTS[name].value = value;
  const missing = Object.values(PARTS).find((input) => input.value === "");
  if (missing) missing.focus();
  else pose(true);
}

export async function askAgain() {
  if (asked) await answer();
}

/** Offers what the state names. */
export function suggest(state) {
  const found = { users: new Set(), resources: new Set(), permissions: new Set() };
  const add = (name, value) => value !== undefined && found[name].size < SUGGESTED && found[name].add(value);
  for (const { users, statements } of state.records ?? []) {
    for (const { userId } of users ?? []) add("users", userId);
    for (const statement of statements ?? []) {
      for (const { userId } of statement.users ?? []) add("users", userId);
      for (const { resourceUri } of statement.resources ?? []) add("resources", resourceUri);
    }
    if (Object.values(found).every((values) => values.size >= SUGGESTED)) break;
  }
  for (const { users } of state.groups ?? []) for (const { userId } of users ?? []) add("users", userId);
  for (const { permissions } of state.roles ?? []) for (const { action } of permissions ?? []) add("permissions", action);
  for (const [name, values] of Object.entries(found)) {
    byId(name).replaceChildren(...[...values].sort().map((value) => element("option", { value })));
  }
}

/** The address of the page is the question, so that a link to it asks it. */
function fromAddress() {
  const given = new URLSearchParams(location.search);
  for (const [name, input] of Object.entries(PARTS)) input.value = given.get(name) ?? "";
  if (Object.values(PARTS).every((input) => input.value !== "")) pose(false);
  else PARTS.userId.focus();
}

function pose(isNew) {
  asked = Object.fromEntries(Object.entries(PARTS).map(([name, input]) => [name, input.value]));
  const address = `${location.pathname}?${new URLSearchParams(asked)}`;
  if (isNew && address !== location.pathname + location.search) history.pushState(null, "", address);
  return answer();
}

async function answer() {
  running?.abort();
  running = new AbortController();
  try {
    const found = await ask(`/_local/explain?${new URLSearchParams(asked)}`, { signal: running.signal });
    show(await found.json());
  } catch (error) {
    if (error.name !== "AbortError") fail(error.message);
  }
}

async function give() {
  const button = byId("give");
  button.disabled = true;
  try {
    await send("POST", "/_local/grant", JSON.stringify(asked));
    await connected.changed();
  } catch (error) {
    fail(error.message);
  }
  button.disabled = false;
  // The button is gone, and the focus with it; the answer is what comes next.
  if (button.hidden) byId("banner").focus();
}

function verdict(look, sign, text, ...sentence) {
  byId("banner").className = `banner ${look}`;
  byId("sign").textContent = sign;
  byId("verdict").textContent = text;
  byId("sentence").replaceChildren(...sentence);
}

function fail(text) {
  shown = "";
  verdict("", "!", "No answer", text);
  byId("give").hidden = true;
  byId("why").replaceChildren();
}

function show(found) {
  // What has not changed is not said again.
  if (shown === JSON.stringify(found)) return;
  shown = JSON.stringify(found);
  const { userId, resourceUri, permission, allowed, because } = found;
  const named = [code(userId), allowed ? " may " : " may not ", code(permission), " on ", code(resourceUri)];
  verdict(allowed ? "allowed" : "denied", allowed ? "✓" : "✕", allowed ? "Allowed" : "Denied", ...named);
  byId("give").hidden = allowed;
  byId("give").setAttribute("aria-label", `Give ${userId} ${permission} on ${resourceUri}`);
  const text = found.text.replace(/^(allowed|denied): /, "");
  const why = allowed ? [path(because ?? {}, userId), element("p", { class: "note" }, sentence(text))] : misses(found, text);
  byId("why").replaceChildren(...why);
}

const code = (text) => element("code", {}, text);

/** From the record to the pattern that decides, each step with what it is. */
function path(because, userId) {
  const steps = [];
  const add = (label, text, kind) => {
    if (text === undefined || text === null) return;
    const name = kind
      ? element("button", { type: "button", class: "chip", onclick: () => connected.reveal(kind, text) }, String(text))
      : code(String(text));
    steps.push(element("li", {}, element("span", { class: "label" }, label), name));
  };
  add("Record", because.recordId, "records");
  if (because.statement !== undefined) add("Statement", `statements[${because.statement}]`);
  if (because.groupId) add("Group of the user", because.groupId, "groups");
  else add("Names the user", userId);
  add("Role", because.roleId, "roles");
  add("Which allows", because.action);
  add("On", because.resourceUri);
  return element("ol", { class: "path", "aria-label": "What decides it" }, steps);
}

function misses({ nearMisses }, text) {
  const parts = [element("p", {}, sentence(text))];
  if (nearMisses?.length) {
    const one = (miss) =>
      element("li", { class: "miss" }, element("span", { class: "label" }, MISSES[miss.kind] ?? miss.kind), sentence(miss.text));
    parts.push(element("h2", {}, "What comes close"), element("ul", { class: "misses" }, nearMisses.map(one)));
  }
  const note = "“Give it” writes an access record and a role for exactly this question.";
  return [...parts, element("p", { class: "note" }, note)];
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
