// The state as a tree. An item is built when it is opened, and lists are cut, so that a large state is no burden.

import { byId, count, cut, element, settled } from "./dom.js";

/** Most items of one collection, and most members of one item, that are shown. */
const ITEMS = 100;
const MEMBERS = 50;

/** The collections: what they are called, where their items have their ids, and how an item looks inside. */
const KINDS = [
  { kind: "records", title: "Records", id: "recordId", body: record },
  { kind: "roles", title: "Roles", id: "roleId", body: role },
  { kind: "groups", title: "Groups", id: "groupId", body: group },
  { kind: "clients", title: "Service clients", id: "clientId", body: client },
];

/** What else the state has: shown as it is. */
const OTHERS = {
  resources: ["Resource configurations", "resourceUri"],
  requests: ["Access requests", "requestId"],
  invites: ["Invites", "inviteId"],
  users: ["Users", "userId"],
  tenants: ["Tenants", "tenantId"],
  connections: ["Connections", "connectionId"],
  applications: ["Applications", "applicationId"],
  extensions: ["Extensions", "extensionId"],
};
for (const [kind, [title, id]] of Object.entries(OTHERS)) KINDS.push({ kind, title, id, body: asItIs, isOptional: true });

let connected = {};
let state = {};
/** What is open, as `kind` or `kind/id`, so that it stays so when the state is read again. */
const open = new Set(["records", "roles", "groups"]);
/** The text of each item, which the filter looks in; made when it is first needed. */
let texts = new WeakMap();

export function start(others) {
  connected = others;
  byId("filter").addEventListener("input", settled(draw, 150));
}

export function show(read) {
  state = read;
  texts = new WeakMap();
  draw();
}

export function fail(message) {
  byId("tree").replaceChildren(element("p", { class: "empty" }, message));
}

/** Says that there is something newer. */
export function stale() {
  byId("reload").textContent = "Reload: it has changed";
}

/** Opens an item and leads there; where there is none, to what names it. */
export function reveal(kind, id) {
  const { id: member } = KINDS.find((it) => it.kind === kind);
  if (!state[kind]?.some((item) => item[member] === id)) {
    byId("filter").value = id;
    draw();
    byId("filter").focus();
    return;
  }
  byId("filter").value = "";
  open.add(kind).add(`${kind}/${id}`);
  draw([kind, id]);
  const found = byId("tree").querySelector(".found");
  found?.scrollIntoView({ block: "center" });
  found?.querySelector("summary").focus({ preventScroll: true });
}

function draw(wanted) {
  byId("reload").textContent = "Reload";
  const filter = byId("filter").value.trim().toLowerCase();
  const found = ({ kind, id }, item) =>
    filter === "" ? !wanted || wanted[0] !== kind || item[id] === wanted[1] : textOf(item).includes(filter);
  const collection = (of) => {
    const all = state[of.kind] ?? [];
    let items = all.filter((item) => found(of, item));
    // What is led to is among its neighbours when it would be shown anyway.
    if (wanted?.[0] === of.kind && all.slice(0, ITEMS).includes(items[0])) items = all;
    const number = items.length === all.length ? count(all.length) : `${count(items.length)} of ${count(all.length)}`;
    const list = () => element("ul", { class: "items" }, cut(items, ITEMS, (it) => element("li", {}, itemOf(of, it, wanted))));
    return folded(of.kind, [of.title, element("span", { class: "id" }, number)], list);
  };
  const kinds = KINDS.filter(({ kind, isOptional }) => !isOptional || state[kind]?.length);
  byId("tree").replaceChildren(...kinds.map(collection));
}

function textOf(item) {
  let text = texts.get(item);
  if (text === undefined) texts.set(item, (text = JSON.stringify(item).toLowerCase()));
  return text;
}

/** Something that opens; `inside` is made when it does. */
function folded(key, summary, inside, found) {
  const made = element("details", { class: found ? "found" : undefined }, element("summary", {}, summary));
  const build = () => made.children.length === 1 && made.append(inside());
  if (open.has(key)) {
    made.open = true;
    build();
  }
  made.addEventListener("toggle", () => {
    if (made.open) {
      open.add(key);
      build();
    } else open.delete(key);
  });
  return made;
}

function itemOf({ kind, id, body }, item, wanted) {
  const isDeleted = item.status === "DELETED";
  const name = element("span", { class: isDeleted ? "gone" : undefined }, item.name || item[id] || "");
  const summary = item.name ? [name, element("span", { class: "id" }, item[id])] : [name];
  if (isDeleted) summary.push(element("span", { class: "tag" }, "deleted"));
  const found = wanted?.[0] === kind && wanted[1] === item[id];
  return folded(`${kind}/${item[id]}`, summary, () => element("div", { class: "body" }, body(item)), found);
}

function record({ users, groups, admins, statements, lastUpdated }) {
  const one = (statement, number) =>
    element("div", { class: "statement" }, element("span", { class: "name" }, `Statement ${number}`),
      row("gives", (statement.roles ?? []).map(toRole)),
      row("on", (statement.resources ?? []).map(({ resourceUri }) => toQuestion("resourceUri", resourceUri))),
      row("to users", (statement.users ?? []).map(toUser)),
      row("to groups", (statement.groups ?? []).map(toGroup)));
  return [
    row("Users", (users ?? []).map(toUser)),
    row("Groups", (groups ?? []).map(toGroup)),
    ...(statements ?? []).slice(0, MEMBERS).map(one),
    row("Admins", (admins ?? []).map(toUser)),
    row("Changed", time(lastUpdated)),
  ];
}

function role({ permissions }) {
  const rights = (permission) => ["allow", "grant", "delegate"].filter((right) => permission[right]).join(", ") || "nothing";
  const one = (permission) =>
    element("div", { class: "row" }, element("span", { class: "name" }, rights(permission)),
      element("span", { class: "chips" }, toQuestion("permission", permission.action)));
  const shown = (permissions ?? []).slice(0, MEMBERS).map(one);
  return shown.length ? shown : ["It has no permissions."];
}

function group({ users, admins, lastUpdated }) {
  return [
    row("Users", (users ?? []).map(toUser)),
    row("Admins", (admins ?? []).map(toUser)),
    row("Changed", time(lastUpdated)),
  ];
}

function client({ verificationKeys, createdTime }) {
  return [
    row("Keys", (verificationKeys ?? []).map(({ keyId }) => keyId)),
    row("Made", time(createdTime)),
  ];
}

function asItIs(item) {
  return [element("pre", {}, JSON.stringify(item, null, 2))];
}

/** A line with a name; none when there is nothing to show. */
function row(name, values) {
  if (!values.length) return undefined;
  const shown = values.slice(0, MEMBERS);
  if (values.length > MEMBERS) shown.push(`and ${count(values.length - MEMBERS)} more`);
  return element("div", { class: "row" }, element("span", { class: "name" }, name), element("span", { class: "chips" }, shown));
}

const time = (text) => (text ? [`${text.slice(0, 19).replace("T", " ")} UTC`] : []);
const chip = (text, title, onclick) => element("button", { type: "button", class: "chip", title, onclick }, text);
const toQuestion = (part, value) => chip(value, "Ask about it", () => connected.fill({ [part]: value }));
const toUser = ({ userId }) => toQuestion("userId", userId);
const toGroup = ({ groupId }) => chip(groupId, "Show the group", () => reveal("groups", groupId));
const toRole = (roleId) => chip(roleId, "Show the role", () => reveal("roles", roleId));
