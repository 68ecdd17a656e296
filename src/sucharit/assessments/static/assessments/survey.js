// What a script adds to a survey page that works without one. Nothing here is sent anywhere.
(() => {
  "use strict";
  const form = document.querySelector("form");
  const key = document.getElementById("key");

  // A card's QR code carries its key behind "#k=": that part of an address is never sent to a server.
  // Put it into the field and take it out of the address bar and the history. It is never kept.
  const found = location.hash.match(/^#k=([0-9A-Za-z-]{12,20})$/);
  if (found && key) {
    key.value = found[1];
    history.replaceState(null, "", location.pathname + location.search);
  }

  // Answers wait on this device until they are received, so that a lost connection loses none.
  const KEPT_FOR = 3 * 24 * 3600 * 1000;
  const PREFIX = "sucharit:";
  const OFF = "sucharit-off"; // "this device is shared": chosen here, kept for the device
  const place = PREFIX + (location.pathname.split("/")[2] || "").toUpperCase();
  let store;
  try { store = localStorage; store.getItem(OFF); } catch { return; } // switched off in this browser
  const read = (name) => { try { return JSON.parse(store.getItem(name)); } catch { return null; } };
  const drop = (test) => Object.keys(store).filter((n) => n.startsWith(PREFIX) && test(n)).forEach((n) => store.removeItem(n));

  drop((n) => !(Date.now() - (read(n) || {}).at < KEPT_FOR)); // old ones go, whatever survey is open
  const box = document.getElementById("draft");
  if (!form || !box) { // received, sent before, closed, full: nothing to wait for
    if (document.querySelector("[data-draft-over]")) drop((n) => n.startsWith(place + ":"));
    return;
  }
  const name = `${place}:${box.dataset.version}`;
  drop((n) => n.startsWith(place + ":") && n !== name); // of another version of the questions

  const show = (state) => {
    box.hidden = false;
    box.querySelectorAll("[data-when]").forEach((part) => { part.hidden = part.dataset.when !== state; });
  };
  const answers = () => Object.fromEntries([...form.querySelectorAll("input[type=radio]:checked")].map((r) => [r.name, r.value]));
  const say = () => show(store.getItem(OFF) ? "off" : store.getItem(name) ? "kept" : "empty");
  const keep = (more) => {
    if (store.getItem(OFF)) return;
    try { store.setItem(name, JSON.stringify({ ...read(name), at: Date.now(), answers: answers(), ...more })); } catch { /* full */ }
    say();
  };

  const draft = store.getItem(OFF) ? null : read(name);
  for (const [question, option] of Object.entries((draft || {}).answers || {})) {
    const group = [...form.querySelectorAll("input[type=radio]")].filter((r) => r.name === question);
    if (!group.some((r) => r.checked)) group.filter((r) => r.value === option).forEach((r) => { r.checked = true; });
  }
  // It may have arrived although no receipt came back: with the same mark the server counts it once.
  if (draft && draft.sent) form.elements.submission.value = draft.sent;

  form.addEventListener("change", (event) => { if (event.target.type === "radio") keep({}); });
  form.addEventListener("submit", (event) => {
    keep({ sent: form.elements.submission.value });
    document.getElementById("offline").hidden = navigator.onLine;
    if (!navigator.onLine) { event.preventDefault(); document.getElementById("offline").scrollIntoView(); }
  });
  addEventListener("online", () => { document.getElementById("offline").hidden = true; });
  box.addEventListener("click", (event) => {
    const act = event.target.dataset.act;
    if (act === "delete") {
      store.removeItem(name);
      if (draft && draft.sent) location.replace(location.pathname + location.search); // a fresh mark, too
      form.querySelectorAll("input[type=radio]").forEach((r) => { r.checked = false; });
      show("empty");
    }
    if (act === "off") { store.setItem(OFF, "1"); drop(() => true); show("off"); }
    if (act === "on") { store.removeItem(OFF); keep({}); }
  });
  say();
})();
