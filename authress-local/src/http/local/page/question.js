// The question and its answer: the verdict, the path that leads to it, and for a denial what comes close.

import { ask, byId, element, send } from "./dom.js";

const PARTS = { userId: byId("user"), resourceUri: byId("resource"), permission: byId("permission") };

/** Most suggestions for one field. */
const SUGGESTED = 200;

/** What would have to be different for a near miss to be none, by its kind: the step that is wrong, and how it should be. */
const MISSES = {
  unknownRole: ({ roleId }) => ["role", `There is no role ${roleId}; it would have to be made, and to allow this.`],
  onlyToGive: ({ roleId }) => ["action", `The role ${roleId} lets others be given this; it would have to allow it too.`],
  otherAction: ({ roleId }, { permission }) => ["action", `The role ${roleId} would have to allow ${permission}.`],
  deletedRecord: ({ recordId }) => ["record", `The record ${recordId} is deleted; it would have to be active.`],
  notInGroup: ({ groupId, groupExists }, { userId }) => [
    "group",
    groupExists ? `${userId} would have to be in the group ${groupId}.` : `There is no group ${groupId}; ${userId} would have to be in it.`,
  ],
  otherResource: (_, { resourceUri }) => ["resource", `The statement would have to name ${resourceUri}, or something above it.`],
  notAResourceInRecord: () => ["resource", "The statement names something that is no resource, since a part of it is empty."],
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
  const why = allowed ? [decisive(because, userId)] : denial(found);
  byId("why").replaceChildren(...why);
}

const code = (text) => element("code", {}, text);

function decisive(because, userId) {
  return element("ol", { class: "path", "aria-label": "What decides it" }, steps(because, userId));
}

/** From the record to the resource that it names, each step with what it is; the one that is wrong is marked. */
function steps(source, userId, wrong) {
  if (source.kind === "public") return [step("Configuration", code("PUBLIC")), step("Of the resource", code(source.resourceUri))];
  const link = (kind, id) => element("button", { type: "button", class: "chip", onclick: () => connected.reveal(kind, id) }, id);
  const { recordId, statement, groupId, roleId, action, allowedActions, resourceUri } = source;
  const allows = action ?? (allowedActions && (allowedActions.join(", ") || "nothing"));
  return [
    step("Record", link("records", recordId), wrong === "record"),
    step("Statement", code(`statements[${statement}]`)),
    groupId ? step("To the group", link("groups", groupId), wrong === "group") : step("To the user", code(userId)),
    step("Role", link("roles", roleId), wrong === "role"),
    allows && step("Which allows", code(allows), wrong === "action"),
    step("On", code(resourceUri), wrong === "resource"),
  ];
}

function step(label, name, isWrong) {
  const mark = isWrong ? element("span", { class: "cross", role: "img", "aria-label": "not as it would have to be" }, "✕ ") : "";
  return element("li", { class: isWrong ? "wrong" : undefined }, element("span", { class: "label" }, mark, label), name);
}

/** Why not, and what comes close. */
function denial(found) {
  // The first line of the text; the near misses, which follow it there, are shown as paths.
  const [first] = found.text.replace(/^denied: /, "").split("\n", 1);
  const parts = [element("p", {}, `${first.charAt(0).toUpperCase()}${first.slice(1)}.`)];
  const near = found.nearMisses.filter(({ kind }) => kind in MISSES);
  if (near.length) {
    const one = (miss) => {
      const [wrong, different] = MISSES[miss.kind](miss, found);
      return element("li", { class: "miss" }, element("p", {}, different), element("ol", { class: "path" }, steps(miss, found.userId, wrong)));
    };
    parts.push(element("h2", {}, "What comes close"), element("ul", { class: "misses" }, near.map(one)));
  }
  const note = "“Give it” writes an access record and a role for exactly this question.";
  return [...parts, element("p", { class: "note" }, note)];
}
