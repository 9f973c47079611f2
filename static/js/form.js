/* Forms: focus on the error summary, tidy dates, correct look-alike letters, send once. */
(() => {
  /** Focus what a link of the error summary points to: a control, or the first one inside. */
  function focusField(id) {
    const place = document.getElementById(id);
    if (!place) return false;
    const control = place.matches("input, select, textarea, button") ? place : place.querySelector("input, select, textarea");
    (control || place).focus();
    (place.closest(".field") || place).scrollIntoView({ block: "center" });
    return true;
  }

  /** 1-1-26, 01012026 -> 01/01/2026; anything else is left for the server to judge. */
  function tidy(text) {
    const parts = text.trim().match(/^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/) || text.trim().match(/^(\d{2})(\d{2})(\d{4})$/);
    return parts ? `${parts[1].padStart(2, "0")}/${parts[2].padStart(2, "0")}/${parts[3]}` : text;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-error-summary] a");
    if (link && focusField(link.hash.slice(1))) event.preventDefault();
    const fix = event.target.closest?.("[data-fix]");
    if (fix) {
      const control = document.getElementById(fix.dataset.for);
      control.value = fix.dataset.fix;
      control.focus();
      window.td?.announce(`Đã sửa thành ${fix.dataset.fix}`);
    }
  });

  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.("[data-date]")) event.target.value = tidy(event.target.value);
  });

  // Long lists of check boxes: one box for all of them.
  const LONG = 8;
  const boxesOf = (row) => [...row.closest("fieldset").querySelectorAll("input[type=checkbox][name]")];
  function showAll(row) {
    const boxes = boxesOf(row);
    const picked = boxes.filter((box) => box.checked).length;
    const all = row.querySelector("input");
    row.hidden = boxes.length < LONG;
    all.checked = picked > 0 && picked === boxes.length;
    all.indeterminate = picked > 0 && !all.checked;
  }
  // Before anything else hears of the change, so that a form that asks at once sends what is shown.
  document.addEventListener("change", (event) => {
    const row = event.target.closest?.("fieldset")?.querySelector("[data-check-all]");
    if (!row) return;
    if (row.contains(event.target)) boxesOf(row).forEach((box) => { box.checked = event.target.checked; });
    showAll(row);
  }, true);
  document.querySelectorAll("[data-check-all]").forEach(showAll);

  // A second click while the first is under way must not send twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // A form that answers with a file (data-repeat) may be sent again from the same page.
    if (event.defaultPrevented || form.method !== "post" || "repeat" in form.dataset) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }));

  const summary = document.querySelector("main [data-error-summary]") || document.querySelector("main [data-focus-me]");
  if (summary) summary.focus();
})();
