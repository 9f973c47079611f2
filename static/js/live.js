/* The one live region, and short remarks at the corner with "Hoàn tác". */
(() => {
  const region = document.getElementById("live");
  const corner = document.getElementById("toasts");
  const SHOWN_MS = 10000;

  /** Read a sentence out; the same sentence twice is read twice. */
  function announce(text) {
    if (!region) return;
    region.textContent = "";
    requestAnimationFrame(() => { region.textContent = text; });
  }

  /** Show and read out a remark; `undo` is an address that takes the act back. */
  function say(text, undo = "") {
    announce(text);
    if (!corner) return;
    const line = document.createElement("div");
    line.className = "toast-td";
    const words = document.createElement("span");
    words.className = "flex-grow-1";
    words.textContent = text;
    line.append(words);
    if (undo) line.append(undoButton(undo, line));
    line.append(closeButton(line));
    corner.append(line);
    let timer = setTimeout(() => line.remove(), SHOWN_MS);
    line.addEventListener("focusin", () => clearTimeout(timer));
    line.addEventListener("mouseenter", () => clearTimeout(timer));
    line.addEventListener("mouseleave", () => { timer = setTimeout(() => line.remove(), SHOWN_MS); });
  }

  function undoButton(address, line) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "linkbtn";
    button.textContent = "Hoàn tác";
    button.addEventListener("click", () => {
      line.remove();
      htmx.ajax("POST", address, { target: "body", swap: "none" }).then(() => location.reload());
    });
    return button;
  }

  function closeButton(line) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "x";
    button.setAttribute("aria-label", "Đóng");
    const icon = document.createElement("i");
    icon.className = "bi bi-x-lg";
    icon.setAttribute("aria-hidden", "true");
    button.append(icon);
    button.addEventListener("click", () => line.remove());
    return button;
  }

  document.addEventListener("td:say", (event) => say(event.detail.text, event.detail.undo || ""));
  window.td = Object.assign(window.td || {}, { announce, say });
})();
