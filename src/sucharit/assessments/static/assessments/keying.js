// Keying paper forms: a digit moves on to the next box, arrows move around, a digit off the scale stays and is marked.
// Without this script Tab does the moving; the server checks everything either way.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keying]");
  if (!form) return;
  const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]);
  const all = rows.flat();
  const width = rows[0].length;
  const THAI = "๐๑๒๓๔๕๖๗๘๙";
  const go = (place) => { const box = all[place]; if (box) { box.focus(); box.select(); } };

  const check = (box) => {
    box.value = [...box.value].map((c) => (THAI.includes(c) ? String(THAI.indexOf(c)) : c)).join("");
    const good = box.value === "" || (/^\d$/.test(box.value) && Number(box.value) <= Number(box.dataset.most));
    if (good) box.removeAttribute("aria-invalid"); else box.setAttribute("aria-invalid", "true");
    return good;
  };

  form.addEventListener("input", (event) => {
    const place = all.indexOf(event.target);
    if (place < 0) return;
    if (!check(event.target)) { event.target.select(); return; }
    if (event.target.value === "") return;
    if (place + 1 < all.length) go(place + 1); else form.querySelector("button.btn-primary").focus();
  });
  form.addEventListener("focusin", (event) => { if (all.includes(event.target)) event.target.select(); });
  form.addEventListener("keydown", (event) => {
    const place = all.indexOf(event.target);
    if (place < 0) return;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -width, ArrowDown: width }[event.key];
    if (step) { event.preventDefault(); go(place + step); }
    if (event.key === "Enter") { event.preventDefault(); if (place + 1 < all.length) go(place + 1); }
    if (event.key === "Backspace" && event.target.value === "") { event.preventDefault(); go(place - 1); }
  });

  const wrong = all.findIndex((box) => box.getAttribute("aria-invalid"));
  const empty = all.findIndex((box) => box.value === "");
  go(wrong >= 0 ? wrong : Math.max(0, empty));
})();
