// Without this script the page still reads and switches its language; it adds the filters and tells assistive technology the language.
(() => {
  "use strict";
  const root = document.documentElement;
  const every = (selector, from = document) => [...from.querySelectorAll(selector)];
  root.classList.add("js");

  const titles = { ko: document.title, en: document.title.replace("업로드 결과", "Upload report") };
  for (const choice of every("[name=language]")) {
    choice.addEventListener("change", () => {
      root.lang = choice.value;
      document.title = titles[choice.value];
      for (const field of every("[data-ko]")) field.placeholder = field.dataset[choice.value];
    });
  }

  const find = document.getElementById("find");
  if (!find) return;
  const plain = (text) => text.normalize("NFC").toLowerCase();
  const cards = every(".card").map((card) => ({
    card,
    text: plain(every("[data-find]", card).map((part) => part.textContent).join("\n")),
    panels: every(".panel", card),
  }));
  const chosen = (name) => document.querySelector(`[name=${name}]:checked`)?.value ?? "";

  const show = () => {
    const [status, market, wanted] = [chosen("status"), chosen("market"), plain(find.value.trim())];
    let shown = 0;
    for (const { card, text, panels } of cards) {
      for (const panel of panels) {
        panel.hidden = (status && panel.dataset.status !== status) || (market && panel.dataset.market !== market) || false;
      }
      card.hidden = !text.includes(wanted) || panels.every((panel) => panel.hidden);
      shown += !card.hidden;
    }
    for (const place of every("[data-shown]")) place.textContent = shown;
    document.querySelector(".empty").hidden = shown > 0;
  };
  for (const choice of every("[name=status], [name=market]")) choice.addEventListener("change", show);
  find.addEventListener("input", show);

  // A link to a product that a filter hides clears the filters first.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target?.closest(".card")?.hidden) return;
    find.value = "";
    for (const choice of every("#status-all, #market-all")) choice.checked = true;
    show();
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);
})();
