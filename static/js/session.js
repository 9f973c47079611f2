/* Warns before the session ends, keeps it on request, and lets work go on after signing in again. */
(() => {
  const body = document.body;
  const idle = Number(body.dataset.idleSeconds) * 1000;
  const stay = body.dataset.stay;
  const dialog = document.getElementById("het-phien");
  const WARN_MS = 2 * 60 * 1000;
  const KEY = "td:seen";
  if (!idle || !dialog) return;

  const left = dialog.querySelector("[data-left]");
  const title = dialog.querySelector("h2");
  const touch = () => localStorage.setItem(KEY, String(Date.now()));
  const remaining = () => idle - (Date.now() - Number(localStorage.getItem(KEY) || Date.now()));

  function show(part) {
    dialog.querySelectorAll("[data-part]").forEach((element) => { element.hidden = element.dataset.part !== part; });
    title.textContent = part === "over" ? title.dataset.textOver : title.dataset.textWarn;
    if (!dialog.open) dialog.showModal();
  }

  function check() {
    const rest = remaining();
    if (rest <= 0) show("over");
    else if (rest <= WARN_MS) {
      left.textContent = rest > 60000 ? "2 phút" : `${Math.ceil(rest / 1000)} giây`;
      show("warn");
    } else if (dialog.open && !title.dataset.refused) dialog.close();
  }

  async function keep() {
    const answer = await fetch(stay, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return show("over");
    const { csrf } = await answer.json();
    renew(csrf);
    touch();
    delete title.dataset.refused;
    dialog.close();
    return window.td.resume();
  }

  /** The token changes with every sign-in; forms already on the page must carry the new one. */
  function renew(token) {
    body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
  }

  touch();
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) touch(); });
  document.addEventListener("td:signed-out", () => { title.dataset.refused = "1"; show("over"); });
  dialog.querySelector("[data-stay-on]").addEventListener("click", keep);
  dialog.querySelector("[data-resume]").addEventListener("click", keep);
  setInterval(check, 5000);
})();
