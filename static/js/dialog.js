/* Dialogs: native <dialog>, so the browser keeps the focus inside and gives it back. */
(() => {
  const find = (id) => document.getElementById(id);

  function open(dialog, by) {
    if (dialog.open) return;
    dialog.opener = by;
    dialog.showModal();
    const first = dialog.querySelector("[data-error-summary], [autofocus]");
    if (first) first.focus();
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-open]");
    if (opener && opener.getAttribute("aria-disabled") === "true") { event.preventDefault(); return; }
    if (opener && find(opener.dataset.open)) {
      event.preventDefault();
      open(find(opener.dataset.open), opener);
      return;
    }
    const closer = event.target.closest?.("[data-close]");
    if (closer) closer.closest("dialog").close();
  });

  // A button that is not available stays in reach of the keyboard and says why, but does nothing.
  document.addEventListener("click", (event) => {
    const closed = event.target.closest?.("button[aria-disabled=true], a[aria-disabled=true]");
    if (!closed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const why = find(closed.getAttribute("aria-describedby"));
    if (why) window.td.announce(why.textContent.trim());
  }, true);

  function openNow(root) { root.querySelectorAll("dialog[data-open-now]").forEach((dialog) => open(dialog)); }
  openNow(document);
  document.addEventListener("htmx:afterSettle", (event) => openNow(event.detail.elt));
})();
