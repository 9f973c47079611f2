/* Up and down arrows move a typed measure: 0,5 at a time, with Shift 0,1. Numbers keep the comma. */
(() => {
  const STEP = 0.5;
  const FINE = 0.1;

  function nudge(event) {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !field.classList.contains("input-number")) return;
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const now = Number(field.value.replace(",", "."));
    if (Number.isNaN(now)) return;
    event.preventDefault();
    const by = (event.shiftKey ? FINE : STEP) * (event.key === "ArrowUp" ? 1 : -1);
    field.value = String(Math.round((now + by) * 10000) / 10000).replace(".", ",");
  }

  document.addEventListener("keydown", nudge);
})();
