/* The page in another language opens where this one is read, and a goal's place is the first row that is about it. */
"use strict";
(() => {
  const root = document.documentElement;
  const sought = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const goal = name.startsWith("goal.") && !document.getElementById(name) && name.slice(5);
    const row = goal && document.querySelector(`main [data-goal="${CSS.escape(goal)}"]`);
    if (!row) return;
    row.closest("details")?.setAttribute("open", "");
    row.id = name;
    location.replace(location.hash);
  };
  addEventListener("hashchange", sought);
  sought();
  const shown = (one) => one?.getClientRects()[0];
  /* What the address names while it is in sight, else the last place above the reader's line. */
  const place = () => {
    const named = decodeURIComponent(location.hash.slice(1));
    const box = shown(document.getElementById(named));
    if (box && box.top < innerHeight && box.bottom > 0) return named;
    const line = (parseFloat(getComputedStyle(root).scrollPaddingTop) || 0) + 8;
    let found = "";
    if (scrollY > 0)
      for (const one of document.querySelectorAll("main [id]"))
        if (!one.closest("svg") && shown(one)?.top <= line) found = one.id;
    return found;
  };
  for (const link of document.querySelectorAll(".pg-pages a[hreflang], .ix-top a[hreflang]")) {
    const page = link.getAttribute("href");
    const turn = () => {
      const found = place();
      link.setAttribute("href", found ? `${page}#${encodeURIComponent(found)}` : page);
    };
    for (const event of ["pointerenter", "focus", "click"]) link.addEventListener(event, turn);
  }
})();
