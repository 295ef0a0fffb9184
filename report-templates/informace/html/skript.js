"use strict";
// Výběr opatření podle textu, stavu, okruhu a gestora. Bez skriptu se ukáže všechno.
(() => {
  const form = document.getElementById("filtr");
  const message = document.getElementById("filtr-pocet");
  if (!form || !message) return;
  const PREFIX = "#hledani&";
  const FIELDS = ["text", "stav", "okruh", "gestor"];
  const total = message.dataset.celkem;
  // Písmena bez háčků a čárek, malá, s jednou mezerou místo každé jiné.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/gu, " ").trim();

  let measures = null;
  const allMeasures = () => {
    measures ??= Array.from(document.querySelectorAll("article.opatreni"), (element) => ({
      element,
      text: plain(element.textContent),
      stav: element.dataset.stav,
      okruh: element.dataset.okruh,
      gestor: element.dataset.gestor.split(" "),
    }));
    return measures;
  };

  const values = () => Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim()]));

  const apply = () => {
    const wanted = values();
    const words = plain(wanted.text).split(" ").filter(Boolean);
    const isChosen = FIELDS.some((name) => wanted[name]);
    let shown = 0;
    for (const measure of allMeasures()) {
      const fits =
        words.every((word) => measure.text.includes(word)) &&
        (!wanted.stav || measure.stav === wanted.stav) &&
        (!wanted.okruh || measure.okruh === wanted.okruh) &&
        (!wanted.gestor || measure.gestor.includes(wanted.gestor));
      measure.element.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const section of document.querySelectorAll("section.okruh")) {
      section.hidden = !section.querySelector("article.opatreni:not([hidden])");
    }
    message.toggleAttribute("data-vyber", isChosen);
    const text = shown
      ? `Zobrazeno: ${shown}\u00A0opatření z\u00A0celkem ${total}.`
      : "Výběru neodpovídá žádné opatření.";
    if (message.textContent !== text) message.textContent = text;
  };

  const remember = () => {
    const parameters = new URLSearchParams(Object.entries(values()).filter(([, value]) => value));
    const fragment = parameters.size ? PREFIX + parameters : "#hledani";
    if (parameters.size || location.hash.startsWith(PREFIX)) history.replaceState(null, "", fragment);
  };

  const clear = () => {
    for (const name of FIELDS) form.elements[name].value = "";
  };

  // Adresa s výběrem ho nastaví; adresa opatření, které výběr skrývá, výběr zruší.
  const follow = () => {
    if (location.hash.startsWith(PREFIX)) {
      const parameters = new URLSearchParams(location.hash.slice(PREFIX.length));
      for (const name of FIELDS) form.elements[name].value = parameters.get(name) ?? "";
      apply();
      document.getElementById("hledani").scrollIntoView();
      return;
    }
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest("[hidden]")) {
      clear();
      apply();
      target.scrollIntoView();
    }
  };

  let timer = 0;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      apply();
      remember();
    }, 150);
  };

  form.addEventListener("input", changed);
  form.addEventListener("reset", () => setTimeout(changed));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
    remember();
    message.scrollIntoView();
  });
  addEventListener("hashchange", follow);
  for (const element of document.querySelectorAll("[data-se-skriptem]")) element.hidden = false;
  follow();
})();
