// Shows each document in a frame of its own, uses it as a reader might, and tells what is in it that does harm.

// Elements by name and attributes, as "a href"; what may be there is what a harmless text brings along.
function shape(root, ends) {
  const found = new Set();
  for (const node of root.querySelectorAll("*")) {
    found.add(node.localName + (node.namespaceURI === "http://www.w3.org/1999/xhtml" ? "" : " of " + node.namespaceURI));
    for (const name of node.getAttributeNames()) found.add(`${node.localName} ${name}`);
  }
  for (const name of ["script", "style", "meta"]) found.add(`${name} × ${root.querySelectorAll(name).length / ends}`);
  return found;
}

// Whatever a browser would ask for or follow must be http or https, or a place in the same document.
function addresses(root) {
  const found = [];
  for (const node of root.querySelectorAll("*")) {
    for (const name of node.getAttributeNames()) {
      const value = node.getAttribute(name);
      if (!/^(href|src|srcset|action|formaction|data|poster|background|cite|ping|xlink:href|to|values|from)$/i.test(name)) continue;
      if (value.startsWith("#")) continue;
      let scheme = "?";
      try { scheme = new URL(value, "none:///").protocol; } catch {}
      if (scheme !== "https:" && scheme !== "http:") found.push(`${node.localName} ${name}=${value}`);
    }
  }
  return found;
}

function use(root) {
  const view = root.ownerDocument.defaultView;
  for (const part of root.querySelectorAll("details")) part.open = true;
  for (const node of root.querySelectorAll("*")) {
    if ("loading" in node && !node.src?.startsWith("https://pictures.example/")) node.loading = "eager";
    // No listener of ours or of a page can tell them from real ones, so a handler in an attribute runs.
    for (const type of ["mouseover", "focus", "toggle", "animationstart", "begin"]) node.dispatchEvent(new view.Event(type, { bubbles: type === "mouseover" }));
    if (node.localName === "a" || node.localName === "button") node.dispatchEvent(new view.MouseEvent("click", { bubbles: true, cancelable: true }));
  }
}

// `ends` is how many pieces stand in the frame, each with a mark behind it.
function look(frame, allowed, ends) {
  const page = frame.contentDocument;
  if (page === null || !page.URL.startsWith("about:srcdoc")) return ["left for another address"];
  // Links to the web are what they are; all others are followed.
  page.addEventListener("click", (event) => { if (/^https?:$/.test(event.target.closest("a")?.protocol)) event.preventDefault(); }, true);
  const found = [];
  const note = (when, root) => {
    for (const part of shape(root, ends)) if (allowed && !allowed.has(part)) found.push(`${part}${when}`);
    for (const part of addresses(root)) found.push(`${part}${when}`);
  };
  if (page.querySelectorAll("body > [id=the-end]").length !== ends) found.push("what follows is swallowed");
  const written = page.body?.innerHTML ?? "";
  const shapes = shape(page, ends);
  note("", page);
  use(page.documentElement);
  // Mutation: what a page writes of itself, in either syntax, is read once more.
  let next = written;
  for (const write of [(node) => node.innerHTML, (node) => new XMLSerializer().serializeToString(node), (node) => node.innerHTML]) {
    const again = page.createElement("div");
    again.innerHTML = next;
    // As much as the page itself has: scripts don't run again, but count.
    for (const node of again.querySelectorAll("*")) {
      const name = node.localName;
      if (allowed && !allowed.has(name) && name !== "div") found.push(`${name} when written and read again`);
    }
    for (const part of addresses(again)) found.push(`${part} when written and read again`);
    next = write(again);
    page.body?.append(again);
    use(again);
    again.remove();
  }
  return allowed ? found : [...shapes];
}

// For each [name, html, ends] what was found; with `allowed` null, all elements and attributes there are.
async function show(documents, allowed) {
  const known = allowed && new Set(allowed);
  const frames = documents.map(([name, html, ends]) => {
    const frame = document.createElement("iframe");
    frame.name = name;
    frame.srcdoc = html;
    const loaded = new Promise((done) => { frame.addEventListener("load", done, { once: true }); setTimeout(done, 30000, "late"); });
    document.body.append(frame);
    return [frame, loaded, ends];
  });
  const found = [];
  for (const [frame, loaded, ends] of frames) {
    const late = await loaded;
    found.push(late === "late" ? ["never loaded"] : look(frame, known, ends));
  }
  await new Promise((done) => setTimeout(done, 30));
  for (const [frame] of frames) {
    frame.remove();
  }
  return found;
}
