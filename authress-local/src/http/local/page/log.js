// The latest requests, asked for once a second while somebody looks.

import { ask, byId, count, element, settled } from "./dom.js";

/** Milliseconds between two looks, and after one that failed. */
const PAUSE = 1000;
const LONG_PAUSE = 4000;

/** Most requests that are kept, as the server does, and that are shown. */
const KEPT = 1000;
const SHOWN = 200;

let connected = {};
let latest = 0;
let entries = [];
let isFirst = true;

export function start(others) {
  connected = others;
  byId("log-filter").addEventListener("input", settled(draw, 150));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  look();
}

let timer;
let isLooking = false;

async function look() {
  clearTimeout(timer);
  if (isLooking || document.visibilityState !== "visible") return;
  isLooking = true;
  let pause = PAUSE;
  try {
    take(await (await ask(`/_local/log?after=${latest}`)).json());
    // What happened while nobody answered is not known, not even whether it is the same server.
    if (connection("live", "live") === "no answer") connected.changed();
  } catch {
    connection("lost", "no answer");
    pause = LONG_PAUSE;
  }
  isLooking = false;
  timer = setTimeout(look, pause);
}

/** Shows how it stands with the server; returns what was shown before. */
function connection(look, text) {
  const shown = byId("connection");
  const before = shown.textContent;
  if (before !== text) {
    shown.className = `connection ${look}`;
    shown.textContent = text;
  }
  return before;
}

function take(part) {
  if (part.off) {
    byId("log-empty").textContent = "The server keeps no log. In a test: AuthressLocal::builder().log(true).";
    return;
  }
  if (part.latest < latest) {
    // Another server than before: it begins anew.
    latest = 0;
    entries = [];
    isFirst = true;
    connected.changed();
    return;
  }
  latest = part.latest;
  if (!part.entries.length) return;
  entries = [...part.entries.reverse(), ...entries].slice(0, KEPT);
  draw();
  const wrote = ({ method, status }) => method !== "GET" && status < 300;
  if (!isFirst && part.entries.some(wrote)) connected.changed();
  isFirst = false;
}

function draw() {
  const filter = byId("log-filter").value.trim().toLowerCase();
  const found = filter ? entries.filter((entry) => textOf(entry).includes(filter)) : entries;
  const shown = found.slice(0, SHOWN);
  byId("requests").replaceChildren(...shown.map(row));
  byId("log-empty").hidden = found.length > 0;
  byId("log-empty").textContent = filter ? "No request has that." : "No requests yet.";
  byId("log-count").textContent = found.length > SHOWN ? `showing ${SHOWN} of ${count(found.length)}` : count(found.length);
}

function textOf({ method, path, status, caller, operation, check }) {
  const asked = check ? [check.userId, check.resourceUri, check.permission, check.why] : [];
  return [method, readable(path), status, caller, operation, ...asked].join(" ").toLowerCase();
}

/** A path as people read it; a slash within a segment stays apart from those between them. */
function readable(path) {
  try {
    return path.split("/").map((segment) => decodeURIComponent(segment).replaceAll("/", "∕")).join("/");
  } catch {
    return path;
  }
}

function row({ time, method, path, status, caller, operation, microseconds, check }) {
  // Lines may end after a slash.
  const parts = `${method}\u00a0${readable(path)}`.split(/(?<=\/)/).flatMap((part) => [part, element("wbr")]);
  const request = element("td", { class: "request" }, element("code", { title: path }, parts));
  return element("tr", {},
    element("td", { class: "time" }, new Date(time).toLocaleTimeString("en-GB")),
    element("td", { class: "status" }, String(status)),
    request,
    element("td", { class: "caller" }, caller ?? ""),
    element("td", { class: "decision" }, check ? decision(check) : element("span", { class: "operation" }, operation ?? "")),
    element("td", { class: "number" }, count(microseconds)));
}

function decision({ userId, resourceUri, permission, allowed, why }) {
  const parts = { userId, resourceUri, permission };
  const link = element("a", { href: `?${new URLSearchParams(parts)}` }, "why");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    connected.fill(parts);
    byId("main").scrollIntoView();
  });
  const word = element("span", { class: allowed ? "yes" : "no" }, allowed ? "✓ allowed " : "✕ denied ");
  return [word, `${why.replace(/^(allowed|denied): /, "")} `, link];
}
