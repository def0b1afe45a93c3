// Where in a JSON text a path such as `records[0].name` is, or where the text stops being JSON.

const TOKEN = /\s*([{}[\]:,]|"(?:[^"\\\u0000-\u001f]|\\.)*"|[^\s{}[\]:,"]+|"|$)/y;

/** The range of the value at `path`, or of the nearest one around it that is there; with a text that is no JSON, of the place that is wrong. */
export function offsetOf(text, path) {
  const wanted = path === "" ? [] : path.replaceAll(/\[(\d+)\]/g, ".$1").split(".").filter(Boolean);
  let best = { depth: -1, range: [0, 0] };
  let at = 0;
  let token;
  const next = () => {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    at = TOKEN.lastIndex;
    token = match[1];
    return at - token.length;
  };
  class Wrong {}
  const value = (path) => {
    const start = next();
    if (token === "{" || token === "[") {
      const [isObject, end] = token === "{" ? [true, "}"] : [false, "]"];
      for (let index = 0; ; index++) {
        const from = at;
        next();
        if (token === end && index === 0) break;
        let key = String(index);
        if (isObject) {
          if (!token.startsWith('"') || token === '"') throw new Wrong();
          key = JSON.parse(token);
          next();
          if (token !== ":") throw new Wrong();
        } else at = from;
        value([...path, key]);
        next();
        if (token === end) break;
        if (token !== ",") throw new Wrong();
      }
    } else JSON.parse(token);
    const isAround = path.every((key, depth) => key === wanted[depth]);
    if (isAround && path.length > best.depth) best = { depth: path.length, range: [start, path.length ? at : start + 1] };
  };
  try {
    value([]);
    next();
    if (token !== "") throw new Wrong();
  } catch {
    return [at - token.length, at];
  }
  return best.range;
}
