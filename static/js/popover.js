/* Native popovers open and close by themselves; here they are placed beside their button and take the focus. */
(() => {
  const GAP = 6;
  const EDGE = 8;
  const opener = (pop) => document.querySelector(`[popovertarget="${pop.id}"]:not([popovertargetaction])`);
  const isSheet = () => matchMedia("(max-width: 767px)").matches;

  /** Below the button; above it when there is no room below. */
  function place(pop) {
    const button = pop.opener?.isConnected ? pop.opener : opener(pop);
    if (!button || isSheet()) return;
    pop.classList.add("placed");
    const box = button.getBoundingClientRect();
    const top = document.querySelector(".topwrap")?.offsetHeight || 0;
    const left = Math.max(EDGE, Math.min(box.left, innerWidth - pop.offsetWidth - 3 * EDGE));
    let y = box.bottom + GAP;
    if (y + pop.offsetHeight > innerHeight - EDGE) y = Math.max(top + EDGE, box.top - pop.offsetHeight - GAP);
    pop.style.left = `${left}px`;
    pop.style.top = `${y}px`;
  }

  const open = () => document.querySelectorAll(".pop:popover-open");

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[popovertarget]");
    const pop = button && document.getElementById(button.getAttribute("popovertarget"));
    if (pop && !pop.contains(button)) pop.opener = button;
  }, true);

  // "toggle" does not bubble, so it is caught on its way down.
  document.addEventListener("toggle", (event) => {
    const pop = event.target;
    if (!pop.matches?.(".pop")) return;
    const button = pop.opener || opener(pop);
    button?.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState !== "open") return;
    place(pop);
    pop.focus({ preventScroll: true });
  }, true);

  addEventListener("resize", () => open().forEach(place));
  addEventListener("scroll", () => open().forEach(place), { passive: true, capture: true });
  document.addEventListener("htmx:afterSettle", () => open().forEach(place));
})();
