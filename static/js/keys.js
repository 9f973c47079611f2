/* Shortcuts of every page: Ctrl K, /, ?, G and a letter, Alt I, and buttons that carry data-key. */
(() => {
  const single = document.body.dataset.singleKeys !== "0";
  const SEQUENCE_MS = 1500;
  let afterG = 0;

  const isTyping = (event) => event.isComposing || event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=grid]");
  const go = (link) => { if (link) link.click(); return Boolean(link); };

  function find(letter, within = document) {
    return within.querySelector(`[data-key="${CSS.escape(letter)}"]:not([aria-disabled=true])`);
  }

  /** A letter alone: the row in focus answers first, then the page. */
  function answer(event) {
    const letter = event.key.toLowerCase();
    if (event.key === "?") return document.getElementById("phim-tat")?.showModal() ?? true;
    if (event.key === "/") return focus(document.querySelector("[data-filters] input[type=search]") || search());
    if (letter === "g") { afterG = Date.now(); return true; }
    if (Date.now() - afterG < SEQUENCE_MS) { afterG = 0; return go(find(letter, document.getElementById("menu"))); }
    if (/^[1-9]$/.test(letter)) return go(document.querySelector(`[data-tab="${letter}"]`));
    const row = event.target.closest?.("[data-row]");
    return go((row && find(letter, row)) || find(letter, document.getElementById("noidung")));
  }

  const search = () => document.getElementById("tim-kiem");
  function focus(element) { if (!element) return false; element.focus(); element.select?.(); return true; }

  /** The explanation nearest to the focus: in its row, else the first of the page. */
  function explain() {
    const place = document.activeElement?.closest("tr, li, .meter") || document;
    const button = place.querySelector("[data-explains]") || document.querySelector("[data-explains]");
    if (button) button.click();
    return Boolean(button);
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && key === "k") { if (focus(search())) event.preventDefault(); return; }
    if (event.altKey && (key === "i" || event.code === "KeyI")) { if (explain()) event.preventDefault(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || !single || isTyping(event)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key.length === 1 && answer(event)) event.preventDefault();
  });
})();
