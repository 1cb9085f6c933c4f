/* Finds, filters and sorts the rows of the index, and leads from a verdict to its goal. Everything can be read without it. */
(() => {
  const make = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  /* Without marks and in small letters: "Quan ly" finds "Quản lý". */
  const plain = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const verdictOf = (cell) => [...cell.classList].find((name) => name.startsWith("pl-v-")) || "";

  const choice = (label, options, all, changed) => {
    const select = make("select", null, make("option", { value: "" }, all));
    for (const [value, text] of options) select.append(make("option", { value }, text));
    select.addEventListener("change", changed);
    return { select, label: make("label", null, `${label} `, select) };
  };

  const FOUND = "#find=";
  const finder = (place) => {
    const texts = place.dataset;
    let beside = place.nextElementSibling;
    while (beside && !beside.matches(".ix-scroll")) beside = beside.nextElementSibling;
    const table = beside?.querySelector("table");
    if (!table) {
      /* What is sought stands on the page that the first link behind it leads to. */
      const link = place.parentElement.querySelector("a[href]");
      const box = make("input", { type: "search" });
      const found = () => (location.href = `${link.getAttribute("href")}${FOUND}${encodeURIComponent(box.value.trim())}`);
      const button = make("button", { type: "button", "aria-label": texts.find }, "→");
      box.addEventListener("keydown", (event) => event.key === "Enter" && found());
      button.addEventListener("click", found);
      place.append(make("div", { class: "ix-controls", role: "search", "aria-label": `${place.closest("section").querySelector("h2").textContent}: ${link.textContent}` }, make("label", null, `${texts.find} `, box), button));
      return;
    }
    /* What is found are rows, and in a grid of areas by goals its columns. */
    const matrix = table.classList.contains("ix-matrix");
    const lines = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.cells.length > 1);
    const every = matrix ? [...table.tHead.rows[0].cells].slice(1) : lines;
    const cellsOf = (one) => (matrix ? lines.map((row) => row.cells[one.cellIndex]) : [...one.cells].slice(1));
    const rows = every.filter((row) => !row.dataset.group);
    const groupsOf = new Map(rows.map((row) => [row, []]));
    let above = null; /* the rows of a goal's groups stand right below its own */
    for (const row of every) row.dataset.group ? groupsOf.get(above).push(row) : (above = row);
    const names = rows.map((row) => plain((matrix ? row : row.cells[0]).textContent));
    const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.year && !matrix);
    const told = make("output", { "aria-live": "polite" });
    const box = make("input", { type: "search" });
    const controls = [make("label", null, `${texts.find} `, box)];
    const filters = [];
    let group = null;
    const asked = (row) => groupsOf.get(row).find((one) => one.dataset.group === group?.select.value);
    if (texts.of === "goals") {
      let begun = "";
      const sectionOf = new Map(
        rows.map((row) => [row, (begun = (matrix ? row.dataset.section : row.parentElement.querySelector(".ix-section")?.textContent.trim()) || begun)]),
      );
      const sections = [...new Set(sectionOf.values())];
      const legend = [...place.parentElement.querySelectorAll(".ix-legend .pl-chip")];
      const leads = [...new Set(rows.map((row) => row.dataset.lead).filter(Boolean))].sort(new Intl.Collator(document.documentElement.lang).compare);
      const section = choice(texts.section, sections.map((name) => [name, name]), texts.all, apply);
      if (!legend.length) legend.push(...table.tHead.querySelectorAll(".pl-chip"));
      const verdict = choice(texts.verdict, legend.map((chip) => [verdictOf(chip), chip.lastChild.textContent.trim()]), texts.all, apply);
      const period = make("select", { "aria-label": texts.period });
      period.append(make("option", { value: "" }, texts.all));
      heads.forEach((head, at) => period.append(make("option", { value: at }, head.textContent.trim())));
      period.addEventListener("change", apply);
      if (heads.length) verdict.label.append(" ", period);
      if (sections.length > 1) controls.push(section.label);
      controls.push(verdict.label);
      filters.push((row) => !section.select.value || sectionOf.get(row) === section.select.value);
      filters.push((row) => {
        const cells = cellsOf(asked(row) || row);
        const some = period.value ? [cells[period.value]] : cells;
        return !verdict.select.value || some.some((cell) => verdictOf(cell) === verdict.select.value);
      });
      const groups = new Map(every.filter((row) => row.dataset.group).map((row) => [row.dataset.group, row.cells[0].textContent.trim()]));
      if (groups.size) {
        group = choice(texts.group, groups, texts.all, apply);
        controls.push(group.label);
        filters.push((row) => !group.select.value || asked(row));
      }
      if (leads.length) {
        const lead = choice(texts.lead, leads.map((name) => [name, name]), texts.all, apply);
        controls.push(lead.label);
        filters.push((row) => !lead.select.value || row.dataset.lead === lead.select.value);
      }
    }
    const inside = texts.of === "areas" ? [...document.querySelectorAll(".ix-in a")] : [];
    if (inside.length) {
      const some = choice(texts.group, inside.map((link) => [link.dataset.in, link.textContent.trim()]), texts.all, apply);
      controls.push(some.label);
      filters.push((row) => !some.select.value || (row.dataset.in || "").split(" ").includes(some.select.value));
    }
    const letters = texts.of === "areas" && place.parentElement.querySelector(".ix-letters");
    function apply() {
      const found = plain(box.value.trim());
      let shown = 0;
      rows.forEach((row, at) => {
        const kept = names[at].includes(found) && filters.every((one) => one(row));
        for (const cell of matrix ? [row, ...cellsOf(row)] : [row]) cell.hidden = !kept;
        for (const one of groupsOf.get(row)) one.hidden = !kept || !!(group.select.value && one !== asked(row));
        shown += kept;
      });
      for (const head of table.querySelectorAll(".ix-section"))
        head.hidden = ![...head.parentElement.rows].some((row) => row !== head && !row.hidden);
      if (letters) letters.hidden = shown < rows.length; /* they lead to rows that are shown */
      told.textContent = `${texts.shown} ${shown.toLocaleString(document.documentElement.lang)} / ${rows.length.toLocaleString(document.documentElement.lang)}`;
    }
    box.addEventListener("input", apply);
    if (texts.of === "areas" && location.hash.startsWith(FOUND)) box.value = decodeURIComponent(location.hash.slice(FOUND.length));
    place.append(make("div", { class: "ix-controls", role: "search", "aria-label": table.parentElement.getAttribute("aria-label") }, ...controls, told));
    apply();
  };

  /* Rows change places within their section: once the worst first, then the best, then as they stood. */
  const sorter = (table, label) => {
    const order = [...document.querySelectorAll(".ix-legend .pl-chip")].map(verdictOf);
    const places = new Map([...table.querySelectorAll("tbody tr")].map((row, at) => [row, at]));
    const worth = (cell, head) => {
      const verdict = verdictOf(cell);
      if (table.classList.contains("ix-spread")) return parseInt(cell.textContent.replace(/\D/g, ""), 10);
      if (verdict) return -order.indexOf(verdict);
      const [reached, judged] = (cell.firstChild?.textContent || "").split("/").map((text) => parseInt(text.replace(/\D/g, ""), 10));
      if (head.dataset.kind === "count") return reached;
      return judged ? reached / judged : -1;
    };
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (!head.dataset.kind || table.classList.contains("ix-matrix")) return;
      const button = make("button", { type: "button", "aria-label": `${label}: ${head.textContent.trim()}` }, "↕");
      button.addEventListener("click", () => {
        const now = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort") || "none"];
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", now);
        const side = { ascending: 1, descending: -1, none: 0 }[now];
        for (const body of table.tBodies) {
          const goal = new Map([...body.rows].filter((row) => !row.dataset.group).map((row) => [row.dataset.goal, row]));
          const of = (row) => (row.dataset.group ? goal.get(row.dataset.goal) : row);
          const moving = [...body.rows].filter((row) => !row.classList.contains("ix-section"));
          const by = (row) => worth(of(row).cells[column], head);
          moving.sort((a, b) => (side && side * (by(a) - by(b))) || places.get(a) - places.get(b));
          body.append(...moving);
        }
      });
      head.append(" ", button);
    });
  };

  /* A verdict leads to its goal: on the page of its period, of an area among several on the area's own. By keyboard the
     names of rows and columns lead there. */
  const areas = new Map([...document.querySelectorAll(".ix-areas tr[data-review]")].map((row) => [row.dataset.review, row.querySelector("a")]));
  const leading = (cell) => {
    const row = cell.parentElement;
    const head = row.closest("table").tHead.rows[0].cells[cell.cellIndex];
    const to = row.dataset.review ? areas.get(row.dataset.review) : head.querySelector("a");
    const goal = row.dataset.goal || head.id.split(".").pop();
    if (to) cell.append(make("a", { href: `${to.getAttribute("href")}#goal.${goal}`, tabindex: "-1", "aria-label": cell.title || cell.querySelector("[title]").title }, ...cell.childNodes));
  };

  /* A place inside a fold is opened, for browsers that do not do so by themselves. */
  const opened = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = place?.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      place.scrollIntoView();
    }
  };

  const sort = document.querySelector(".ix-find")?.dataset.sort;
  document.querySelectorAll(".ix-find").forEach(finder);
  if (sort) document.querySelectorAll(".ix-grid").forEach((table) => sorter(table, sort));
  document.querySelectorAll(".ix-grid:not(.ix-spread) td[class^=pl-v]").forEach(leading);
  addEventListener("hashchange", opened);
  opened();
})();
