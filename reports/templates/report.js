"use strict";
(() => {
  const LEVELS = ["info", "low", "medium", "high", "critical"];
  const SURE = ["possible", "probable", "confirmed"];
  const form = document.querySelector(".filters");
  const section = document.getElementById("findings");

  // A link to a finding opens it and everything that holds it.
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    if (target.hidden && form) { form.reset(); apply(); }
    for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    if (target.tagName === "DETAILS") target.scrollIntoView({ block: "start" });
  };

  // Paper shows what counts opened, unless that would fill a binder.
  let opened = [];
  addEventListener("beforeprint", () => {
    const closed = [...document.querySelectorAll("section.group > .finding:not([open]):not([hidden])")];
    opened = closed.length <= 150 ? closed : [];
    opened.forEach((item) => { item.open = true; });
  });
  addEventListener("afterprint", () => { opened.forEach((item) => { item.open = false; }); });
  addEventListener("hashchange", reveal);

  let apply = () => {};
  if (form && section) {
    const findings = [...section.querySelectorAll(".finding")];
    const groups = [...section.querySelectorAll(".group")];
    const texts = new Map();
    const text = (item) => {
      if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase().replace(/\s+/g, " "));
      return texts.get(item);
    };
    const shown = form.querySelector(".shown");
    const empty = section.querySelector(".empty");
    const reached = (value, least, order) => !least || order.indexOf(value) >= order.indexOf(least);
    apply = () => {
      const wanted = Object.fromEntries(new FormData(form));
      const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
      const filtered = words.length || wanted.severity || wanted.confidence || wanted.rule || wanted.state;
      let count = 0;
      for (const item of findings) {
        const data = item.dataset;
        const fits = reached(data.severity, wanted.severity, LEVELS)
          && reached(data.confidence, wanted.confidence, SURE)
          && (!wanted.rule || data.rule === wanted.rule)
          && (!wanted.state || data.state === wanted.state)
          && words.every((word) => text(item).includes(word));
        item.hidden = !fits;
        count += fits;
      }
      for (const group of groups) {
        const any = group.querySelector(".finding:not([hidden])");
        group.hidden = !any;
        if (filtered && any && group.tagName === "DETAILS") group.open = true;
      }
      empty.hidden = count > 0;
      shown.textContent = `${count.toLocaleString("en")} of ${findings.length.toLocaleString("en")} shown`;
    };
    const all = (open) => { for (const item of findings) if (!item.hidden) item.open = open; };
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.elements.open.addEventListener("click", () => all(true));
    form.elements.close.addEventListener("click", () => all(false));
    form.hidden = false;
    apply();
  }
  reveal();
})();
