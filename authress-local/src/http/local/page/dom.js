// What the parts of the page share: elements, requests to the server, and lists that are cut.

export const byId = (id) => document.getElementById(id);

/** An element. Children that are texts stay texts: nothing that comes from the server is ever read as HTML. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return made;
}

/** Asks the server. What is wrong with a request is thrown as the text that the server answers. */
export async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The server does not answer. Is it still running?");
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Error(problem.title ?? `The server answers ${response.status}.`);
}

export const send = (method, path, body) => ask(path, { method, headers: { "content-type": "application/json" }, body });

const numbers = new Intl.NumberFormat("en");
export const count = (number) => numbers.format(number);

/** The first `most` of a list as `make` makes them, and how many there are when that is not all. */
export function cut(list, most, make) {
  const shown = list.slice(0, most).map(make);
  if (list.length > most) shown.push(element("li", { class: "more" }, `showing ${count(most)} of ${count(list.length)}`));
  return shown;
}

/** Calls `work` once nothing has called for `milliseconds`. */
export function settled(work, milliseconds) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
}
