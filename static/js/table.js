/* Lists: J and K move, X picks (Shift X a run), Enter opens, Esc clears; the bulk bar counts. */
(() => {
  const rowsOf = (table) => [...table.querySelectorAll("[data-row]")];
  const boxOf = (row) => row.querySelector(".pick input[type=checkbox]");
  const single = document.body.dataset.singleKeys !== "0";
  let anchor = null;

  function move(table, step) {
    const rows = rowsOf(table);
    const now = rows.indexOf(document.activeElement?.closest("[data-row]"));
    const row = rows[Math.max(0, Math.min(rows.length - 1, now + step))];
    if (!row) return;
    row.tabIndex = -1;
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function pick(row, isRun) {
    const box = row && boxOf(row);
    if (!box) return;
    const rows = rowsOf(row.closest("[data-table]"));
    const from = isRun && anchor ? rows.indexOf(anchor) : rows.indexOf(row);
    const to = rows.indexOf(row);
    const wanted = isRun ? true : !box.checked;
    rows.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((each) => { boxOf(each).checked = wanted; });
    anchor = row;
    show(row.closest("[data-table]"));
  }

  /** Colour the picked rows and say how many there are. */
  function show(table) {
    const rows = rowsOf(table).filter((row) => boxOf(row));
    const picked = rows.filter((row) => boxOf(row).checked);
    rows.forEach((row) => row.classList.toggle("sel", boxOf(row).checked));
    const bar = table.querySelector("[data-bulk-bar]");
    const count = table.querySelector("[data-bulk-count]");
    const all = table.querySelector("[data-pick-all]");
    if (!bar) return;
    bar.hidden = picked.length === 0;
    count.textContent = `Đã chọn ${picked.length} ${count.dataset.noun}`;
    if (all) { all.checked = picked.length > 0 && picked.length === rows.length; all.indeterminate = picked.length > 0 && !all.checked; }
    if (picked.length) window.td.announce(count.textContent);
  }

  function clear(table) {
    rowsOf(table).forEach((row) => { const box = boxOf(row); if (box) box.checked = false; });
    show(table);
  }

  const KEYS = {
    j: (table) => move(table, 1),
    k: (table) => move(table, -1),
    x: (table, event) => pick(document.activeElement.closest("[data-row]"), event.shiftKey),
    escape: (table) => clear(table),
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || !single) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [role=grid], dialog, [popover]")) return;
    const table = event.target.closest("[data-table]") || document.querySelector("main [data-table]");
    if (!table) return;
    const key = event.key.toLowerCase();
    if (key === "enter" && event.target.matches("[data-row]")) { event.target.querySelector("a[href]")?.click(); event.preventDefault(); return; }
    if (!KEYS[key] || (key === "escape" && !table.querySelector(".sel"))) return;
    KEYS[key](table, event);
    event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    const table = event.target.closest?.("[data-table]");
    if (!table) return;
    if (event.target.matches("[data-pick-all]")) rowsOf(table).forEach((row) => { const box = boxOf(row); if (box) box.checked = event.target.checked; });
    if (event.target.closest(".pick")) show(table);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-bulk-clear]")) clear(event.target.closest("[data-table]"));
  });

  // A filter that is chosen from a list needs no button.
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-filters]");
    if (form && event.target.matches("select")) form.requestSubmit();
  });

  const prepare = (root) => root.querySelectorAll?.("[data-table]").forEach(show);
  prepare(document);
  document.addEventListener("htmx:afterSettle", () => prepare(document));
  document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
    const strip = tab.closest(".tabs");
    strip.scrollLeft = Math.max(0, tab.offsetLeft - strip.offsetLeft - 24);
  });
})();
