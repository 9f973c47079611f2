/* The ballot: live count, keys, the review in a dialog. Nothing chosen leaves the page before it is sent. */
(() => {
  const form = document.querySelector("[data-ballot]");
  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  if (!form) return;

  const dialog = document.getElementById("gui-phieu");
  const items = [...form.querySelectorAll("[data-ballot-item]")];
  const chosenIn = (item) => item.querySelector("input:checked");
  const number = (value) => value.toLocaleString("vi-VN");
  const nameOf = (item) => item.querySelector("b").textContent;

  function link(item) {
    const place = document.createElement("a");
    place.href = `#${item.id}`;
    place.textContent = nameOf(item);
    place.addEventListener("click", (event) => { event.preventDefault(); item.scrollIntoView({ block: "center" }); item.focus(); });
    return place;
  }

  /** “Còn 2 mục chưa chọn: A, B.” */
  function tellMissing(place, missing) {
    place.replaceChildren();
    if (!missing.length) { place.textContent = "Đã chọn đủ các mục."; return; }
    place.append(`Còn ${number(missing.length)} mục chưa chọn: `);
    missing.slice(0, 5).forEach((item, index) => { if (index) place.append(", "); place.append(link(item)); });
    place.append(missing.length > 5 ? ` và ${number(missing.length - 5)} mục khác.` : ".");
  }

  function tellGroups() {
    form.querySelectorAll("[data-ballot-group]").forEach((group) => {
      const own = [...group.querySelectorAll("[data-ballot-item]")];
      const out = group.querySelectorAll(".vote").length - own.length;
      const place = group.querySelector("[data-group-count]");
      place.hidden = false;
      place.textContent = `đã chọn ${number(own.filter(chosenIn).length)}/${number(own.length)}${out ? ` · ${number(out)} mục không tham gia` : ""}`;
    });
  }

  function tell() {
    const missing = items.filter((item) => !chosenIn(item));
    const done = items.length - missing.length;
    form.querySelectorAll("[data-ballot-progress], [data-ballot-count], [data-clear-hint]").forEach((part) => { part.hidden = false; });
    form.querySelector("[data-chosen]").textContent = `${number(done)}/${number(items.length)}`;
    form.querySelector("[data-ballot-count] b").textContent = `${number(done)}/${number(items.length)}`;
    const bar = form.querySelector("[data-bar]");
    bar.setAttribute("aria-valuenow", done);
    bar.querySelector(".fill").setAttribute("width", `${items.length ? (done * 100) / items.length : 0}%`);
    tellMissing(form.querySelector("[data-missing]"), missing);
    tellGroups();
  }

  function fillDialog() {
    const count = { yes: 0, no: 0, blank: 0 };
    items.forEach((item) => { count[chosenIn(item)?.value ?? "blank"] += 1; });
    Object.entries(count).forEach(([choice, value]) => { dialog.querySelector(`[data-count="${choice}"]`).textContent = number(value); });
    const words = dialog.querySelector("[data-blank-text]");
    words.closest(".note").hidden = !count.blank;
    words.textContent = `Còn ${number(count.blank)} mục để trống. Nếu gửi, các mục này tính là phiếu trắng và vẫn nằm trong mẫu số.`;
    document.getElementById("id_understood").checked = false;
  }

  form.addEventListener("change", tell);
  form.addEventListener("reset", () => setTimeout(tell));
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-ballot-review]")) return;
    event.preventDefault();
    fillDialog();
    dialog.showModal();
  });

  // Pressing what is chosen already takes the choice back.
  let before = null;
  const remember = (event) => { const radio = event.target.closest(".yn label")?.querySelector("input"); before = radio?.checked ? radio : null; };
  form.addEventListener("pointerdown", remember);
  form.addEventListener("click", (event) => {
    if (event.target.matches?.("input[type=radio]") && event.target === before) { event.target.checked = false; before = null; tell(); }
  });

  /** ↑ ↓ between items, Y and N choose, Delete clears, O opens the dossier. */
  function answer(key, item) {
    const place = items.indexOf(item);
    const choose = (value) => { item.querySelector(`input[value="${value}"]`).checked = true; tell(); };
    const acts = {
      arrowdown: () => items[place + 1]?.focus(), arrowup: () => items[place - 1]?.focus(),
      y: () => choose("yes"), n: () => choose("no"), o: () => item.querySelector("[data-dossier]")?.click(),
      delete: () => { item.querySelectorAll("input").forEach((radio) => { radio.checked = false; }); tell(); },
    };
    if (!acts[key]) return false;
    acts[key]();
    return true;
  }
  form.addEventListener("keydown", (event) => {
    const item = event.target.closest("[data-ballot-item]");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key.length === 1 && document.body.dataset.singleKeys === "0") return;
    if (key.startsWith("arrow") && event.target !== item) return; // inside the pair, arrows choose
    if (answer(key, item)) { event.preventDefault(); event.stopPropagation(); }
  });

  const due = document.querySelector("[data-due]");
  function tellTime() {
    const minutes = Math.floor((Date.parse(due.dataset.due) - Date.now()) / 60000);
    const hours = Math.floor(minutes / 60);
    due.hidden = minutes < 0;
    due.querySelector("span").textContent = `Còn ${hours ? `${hours} giờ ` : ""}${minutes % 60} phút`;
  }
  if (due) { tellTime(); setInterval(tellTime, 30000); }

  // Going back to the page after sending shows an empty ballot, never the old choices.
  addEventListener("pageshow", (event) => { if (event.persisted) { form.reset(); } });
  tell();
})();
