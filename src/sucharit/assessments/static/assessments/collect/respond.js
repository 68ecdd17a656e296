// Makes a questionnaire pleasant; it works without. Three things: the key of a card, questions that
// depend on answers, and unsent answers kept on this device until they are sent or deleted.
"use strict";
(() => {
  const form = document.querySelector("form[data-draft]");
  const place = "sucharit:" + location.pathname;
  if (document.querySelector("[data-received]")) {
    try { localStorage.removeItem(place); } catch { /* no storage: nothing was kept */ }
    return;
  }
  if (!form) return;

  // A card's QR code carries its key behind "#k=": that part of an address is never sent to a server.
  const found = location.hash.match(/^#k=([0-9A-Za-z-]{12,20})$/);
  const key = document.getElementById("~key");
  if (found && key) {
    key.value = found[1];
    history.replaceState(null, "", location.pathname + location.search);
  }

  const fields = () => [...form.elements].filter((e) => e.name && !["hidden", "file", "submit"].includes(e.type));
  const given = (name) => fields().filter((e) => e.name === name && !e.closest("[hidden]"))
    .flatMap((e) => (e.type === "radio" || e.type === "checkbox" ? (e.checked ? [e.value] : []) : e.value ? [e.value] : []));

  // Relevance: lists ["=", left, right], ["n", name]; numbers and texts are texts.
  const number = (v) => { const t = [v].flat().join(" ").trim(); return t === "" ? NaN : Number(t); };
  const text = (v) => [v].flat().join(" ");
  const holds = (v) => (typeof v === "boolean" ? v : text(v) !== "" && number(v) !== 0);
  const same = (a, b) => {
    if (typeof a === "boolean" || typeof b === "boolean") return holds(a) === holds(b);
    const x = number(a), y = number(b);
    return Number.isNaN(x) || Number.isNaN(y) ? text(a) === text(b) : x === y;
  };
  const run = (node, prefix) => {
    if (!Array.isArray(node)) return node;
    const [op, ...rest] = node;
    if (op === "n") {
      const inside = given(prefix + rest[0]);
      return inside.length || !prefix ? inside : given(rest[0]);
    }
    const v = rest.map((one) => run(one, prefix));
    switch (op) {
      case "and": return holds(v[0]) && holds(v[1]);
      case "or": return holds(v[0]) || holds(v[1]);
      case "not": return !holds(v[0]);
      case "true": return true;
      case "false": return false;
      case "=": return same(v[0], v[1]);
      case "!=": return !same(v[0], v[1]);
      case "<": return number(v[0]) < number(v[1]);
      case "<=": return number(v[0]) <= number(v[1]);
      case ">": return number(v[0]) > number(v[1]);
      case ">=": return number(v[0]) >= number(v[1]);
      case "+": return String(number(v[0]) + number(v[1]));
      case "-": return String(number(v[0]) - number(v[1]));
      case "*": return String(number(v[0]) * number(v[1]));
      case "div": return String(number(v[0]) / number(v[1]));
      case "mod": return String(number(v[0]) % number(v[1]));
      case "selected": return [v[0]].flat().includes(text(v[1]));
      case "count-selected": return String([v[0]].flat().filter((one) => one !== "").length);
      case "string-length": return String([...text(v[0])].length);
      default: return true;
    }
  };
  const conditions = [...form.querySelectorAll("[data-when]")]
    .map((element) => [element, JSON.parse(element.dataset.when)])
    .filter(([, when]) => when.length === 2);
  const settle = () => {
    for (let turn = 0; turn < 5; turn += 1) {
      let changed = false;
      for (const [element, [prefix, program]] of conditions) {
        const hidden = !holds(run(program, prefix));
        if (element.hidden !== hidden) { element.hidden = hidden; changed = true; }
      }
      if (!changed) return;
    }
  };

  // Unsent answers: of this questionnaire's version only; never the key, never after an error page.
  const notice = document.createElement("p");
  notice.className = "kept";
  notice.hidden = true;
  notice.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = form.dataset.kept;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = form.dataset.delete;
  notice.append(words, remove);
  form.before(notice);
  let keeping = true;
  const keep = () => {
    if (!keeping) return;
    const kept = {};
    for (const e of fields()) {
      if (e.name === "~key" || e.name === "~code") continue;
      const on = e.type === "radio" || e.type === "checkbox" ? e.checked : e.value !== "";
      if (on) (kept[e.name] ||= []).push(e.value);
    }
    try {
      localStorage.setItem(place, JSON.stringify([form.dataset.draft, kept]));
      notice.hidden = false;
    } catch { /* private window or full: nothing is kept */ }
  };
  const restore = () => {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(place)); } catch { /* not ours */ }
    if (!kept || kept[0] !== form.dataset.draft || document.getElementById("errors")) return;
    for (const e of fields()) {
      const values = kept[1][e.name];
      if (!values) continue;
      if (e.type === "radio" || e.type === "checkbox") e.checked = values.includes(e.value);
      else e.value = values[values.length - 1];
    }
    notice.hidden = false;
  };
  remove.addEventListener("click", () => {
    keeping = false;
    try { localStorage.removeItem(place); } catch { /* nothing was kept */ }
    form.reset();
    notice.hidden = true;
    settle();
  });
  if (form.dataset.draft !== "") {
    restore();
    form.addEventListener("change", keep);
  }
  form.addEventListener("change", settle);
  form.addEventListener("input", settle);
  settle();
  const errors = document.getElementById("errors");
  if (errors) errors.focus();
})();
