// What scripts add to pages that already work without them: menu, charts, confirmation, print, key from a QR code.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- side bar on small screens -------------------------------------------------------------
  function menu() {
    const button = document.querySelector("[data-menu]");
    const side = document.getElementById("side");
    if (!button || !side) return;
    const show = (open) => {
      side.classList.toggle("open", open);
      button.setAttribute("aria-expanded", String(open));
      (open ? side.querySelector("a") : button).focus();
    };
    button.setAttribute("role", "button");
    button.addEventListener("click", (event) => { event.preventDefault(); show(!side.classList.contains("open")); });
    button.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); button.click(); } });
    side.querySelector(".side-close").addEventListener("click", (event) => { event.preventDefault(); show(false); });
    side.addEventListener("keydown", (event) => { if (event.key === "Escape" && side.classList.contains("open")) show(false); });
  }

  // --- header menus: one open at a time, Escape closes ------------------------------------------
  function details() {
    const menus = all("details.menu");
    document.addEventListener("click", (event) => menus.forEach((m) => { if (!m.contains(event.target)) m.open = false; }));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      menus.filter((m) => m.open).forEach((m) => { m.open = false; m.querySelector("summary").focus(); });
    });
  }

  // --- charts: the data stands in a JSON block beside the table ----------------------------------
  const COLOURS = ["#0b3a75", "#d98200", "#008060", "#b5478a", "#3d9bd6", "#a33b00", "#6b6b6b"];
  const FONT = { fontFamily: "Sarabun, sans-serif", fontSize: 14, color: "#1b2633" };

  const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

  function axes(drawing, narrow) {
    const long = drawing.kind !== "line" && (narrow || drawing.labels.some((l) => l.length > 8));
    const names = { type: "category", data: drawing.labels, inverse: long, axisLabel: { ...FONT, formatter: (l) => cut(l, narrow ? 14 : 34) } };
    const values = { type: "value", max: drawing.top ?? undefined, axisLabel: FONT };
    return { xAxis: long ? values : names, yAxis: long ? names : values, grid: { left: 8, right: 24, top: drawing.series.length > 1 ? 40 : 12, bottom: 8, containLabel: true } };
  }

  function option(drawing, narrow) {
    const base = {
      color: COLOURS, textStyle: FONT, animation: false,
      tooltip: { renderMode: "richText", trigger: drawing.kind === "radar" ? "item" : "axis", confine: true, textStyle: FONT },
      legend: { show: drawing.series.length > 1, textStyle: FONT, type: "scroll", top: 0, bottom: "auto" },
      aria: { enabled: drawing.series.length > 1, label: { enabled: false }, decal: { show: true } }, // patterns beside colours
    };
    const whole = drawing.series.every((s) => s.values.every((v) => v !== null));
    if (drawing.kind === "radar" && whole) { // a radar would draw an unknown value as zero: bars leave a gap
      const top = drawing.top ?? Math.max(...drawing.series.flatMap((s) => s.values));
      return {
        ...base,
        radar: { indicator: drawing.labels.map((name) => ({ name: cut(name, narrow ? 12 : 24), max: top })), axisName: FONT, center: ["50%", "54%"], radius: narrow ? "48%" : "68%" },
        series: [{ type: "radar", data: drawing.series.map((s) => ({ name: s.name, value: s.values })) }],
      };
    }
    const type = drawing.kind === "line" ? "line" : "bar";
    const stack = drawing.kind === "stacked" ? "all" : undefined;
    const series = drawing.series.map((s) => ({
      name: s.name, type, stack, data: s.values.map((v) => v ?? "-"), connectNulls: false, symbolSize: 9, barMaxWidth: 28,
    }));
    return { ...base, ...axes(drawing, narrow), series };
  }

  let library = null;
  function echarts() {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = document.body.dataset.echarts;
      script.onload = () => resolve(window.echarts);
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  }

  async function charts(root = document) {
    const figures = all("figure[data-chart]", root).filter((f) => !f.dataset.drawn);
    if (!figures.length) return;
    figures.forEach((f) => { f.dataset.drawn = "1"; });
    const lib = await echarts().catch(() => null); // the table is there: no drawing is no loss
    if (!lib) return;
    for (const figure of figures) {
      const drawing = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
      figure.hidden = false;
      const rows = drawing.kind === "line" || drawing.kind === "radar" ? 0 : drawing.labels.length * (drawing.kind === "bar" ? drawing.series.length : 1);
      if (rows > 10) figure.style.height = `${rows * 1.9 + 5}rem`;
      const chart = lib.init(figure, null, { renderer: "canvas" });
      const draw = () => { chart.resize(); chart.setOption(option(drawing, figure.clientWidth < 560), true); };
      draw();
      new ResizeObserver(draw).observe(figure);
    }
  }

  // --- "are you sure": data-confirm on a button or form says what will happen -----------------------
  function ask(text, go) {
    const dialog = document.createElement("dialog");
    const words = document.createElement("p");
    const row = document.createElement("div");
    const make = (label, style) => Object.assign(document.createElement("button"), { type: "button", textContent: label, className: style });
    const no = make(document.body.dataset.cancel, "btn");
    const yes = make(document.body.dataset.continue, "btn btn-primary");
    words.id = "confirm-words";
    words.textContent = text;
    dialog.setAttribute("aria-labelledby", words.id);
    row.className = "buttons";
    row.append(no, yes);
    dialog.append(words, row);
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => { dialog.close(); go(); });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  }

  function confirmations() {
    document.addEventListener("submit", (event) => {
      const button = event.submitter;
      const form = event.target;
      const text = button?.dataset.confirm || form.dataset.confirm;
      if (!text || form.dataset.sure) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(text, () => { form.dataset.sure = "1"; form.requestSubmit(button || undefined); delete form.dataset.sure; });
    }, true);
  }

  // --- tables on a phone: a row that does not fit becomes a block, each value under its column's name ---
  const PHONE = matchMedia("(max-width: 36rem)");

  function words(cell) {
    const copy = cell.cloneNode(true);
    all(".visually-hidden", copy).forEach((hidden) => hidden.remove());
    return copy.textContent.trim().replace(/\s+/g, " ");
  }

  function label(table) {
    const names = [...table.tHead.rows[0].cells].map(words);
    table.setAttribute("role", "table"); // block cells would lose what a table tells screen readers
    [...table.tBodies, ...(table.tFoot ? [table.tFoot] : [])].forEach((body) => {
      body.setAttribute("role", "rowgroup");
      [...body.rows].forEach((row) => {
        row.setAttribute("role", "row");
        const whole = row.cells.length === names.length;
        [...row.cells].forEach((cell, at) => {
          cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
          const filled = cell.textContent.trim() || cell.querySelector("input, select, textarea, img, svg");
          if (whole && at && filled && names[at] && cell.tagName !== "TH") cell.dataset.label = names[at];
        });
      });
    });
  }

  function stack(root = document) {
    all(".table-responsive > table, .table-container > table", root).forEach((table) => {
      table.classList.remove("stacked");
      const box = table.parentElement;
      const plain = table.tHead?.rows.length === 1 && [...table.tHead.rows[0].cells].every((c) => c.colSpan === 1);
      if (!plain || !PHONE.matches || (box.scrollWidth <= box.clientWidth + 1 && table.tHead.offsetHeight < 100)) return;
      label(table);
      table.classList.add("stacked");
    });
  }

  function tables() {
    stack();
    PHONE.addEventListener("change", () => stack());
    document.addEventListener("toggle", (event) => { if (event.target.matches?.("details")) stack(event.target); }, true);
  }

  // --- small things -------------------------------------------------------------------------
  function printing() {
    all("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => window.print()); });
  }

  // What only works with scripts is shown by them; a passkey that fails says so on the page.
  function passkeys() {
    all("[data-needs-script]").forEach((element) => { element.hidden = false; });
    document.addEventListener("allauth.error", (event) => {
      const problem = document.getElementById("passkey-problem");
      if (problem) { event.preventDefault(); problem.hidden = false; }
    });
  }

  // A key in the address after "#" never reaches the server's log; it is put into the form's field instead.
  function fragment() {
    const field = document.querySelector("input[data-fragment]");
    if (!field || location.hash.length < 2) return;
    field.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname + location.search);
  }

  [menu, details, charts, tables, confirmations, printing, passkeys, fragment].forEach((start) => start());
  document.addEventListener("htmx:afterSwap", (event) => { charts(event.target); stack(); });
})();
