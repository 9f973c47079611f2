/* The registration grid: a sheet worked from the keyboard, saved cell by cell, undone, copied and pasted.
   Underneath it is a plain form of check boxes; without this script that form is saved by its button. */
(() => {
  const form = document.querySelector("[data-grid]");
  if (!form) return;
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.add("grid-live");

  /* --- paper, and why the machine says what it says --- */

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) print();
    const link = event.target.closest?.("a[data-explains]");
    const pop = document.getElementById("giai-thich");
    if (!link || !pop || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    pop.opener = link;
    htmx.ajax("GET", link.href, { target: pop, swap: "innerHTML" }).then(() => { if (!pop.matches(":popover-open")) pop.showPopover(); });
  });

  if (!("openGrid" in form.dataset)) return;

  /* --- cells --- */

  const PAUSE_MS = 600;
  const RETRY_MS = 15000;
  const YES = /^(x|✓|v|1|có)$/i;
  const tables = $$("table.gs", form);
  const rowsOf = (table) => $$("tr[data-r]", table);
  const cellsOf = (row) => $$("td.cell", row);
  const boxOf = (cell) => $("input", cell);
  const isOn = (cell) => Boolean(boxOf(cell)?.checked);
  const isLocked = (cell) => "locked" in cell.dataset || !boxOf(cell);
  const find = (value) => $(`td.cell[data-cell="${CSS.escape(value)}"]`, form);
  const sentence = (cell) => {
    const state = cell.classList.contains("waits") ? "chờ thủ trưởng xác nhận" : isOn(cell) ? "có đăng ký" : "không đăng ký";
    return `${cell.dataset.label}: ${state}${"locked" in cell.dataset ? ", cá nhân tự đăng ký" : ""}`;
  };

  /** Give rows the roles of a grid; only one cell of each table is reached by Tab. */
  function dress(root) {
    $$("td.cell", root).forEach((cell) => {
      cell.setAttribute("role", "gridcell");
      cell.setAttribute("aria-label", sentence(cell));
      if (!cell.hasAttribute("tabindex")) cell.tabIndex = -1;
      const box = boxOf(cell);
      if (box) { box.tabIndex = -1; box.setAttribute("aria-hidden", "true"); }
    });
  }

  tables.forEach((table) => {
    table.setAttribute("role", "grid");
    table.setAttribute("aria-multiselectable", "true");
    dress(table);
    const first = $("td.cell", table);
    if (first) first.tabIndex = 0;
  });

  const place = (cell) => {
    const table = cell.closest("table");
    const row = cell.parentNode;
    return { table, r: rowsOf(table).indexOf(row), c: cellsOf(row).indexOf(cell) };
  };
  const at = (table, r, c) => { const row = rowsOf(table)[r]; return row && cellsOf(row)[c]; };

  let anchor = null;

  function select(cell, isRun) {
    const to = place(cell);
    const from = isRun && anchor?.isConnected ? place(anchor) : to;
    if (!isRun || from.table !== to.table) anchor = cell;
    $$('td.cell[aria-selected="true"]', form).forEach((each) => each.removeAttribute("aria-selected"));
    block(from.table === to.table ? from : to, to).forEach((each) => each.setAttribute("aria-selected", "true"));
    count();
  }

  function count() {
    const shown = $("[data-selected]");
    if (shown) shown.textContent = selected().length;
  }

  function block(from, to) {
    const cells = [];
    for (let r = Math.min(from.r, to.r); r <= Math.max(from.r, to.r); r += 1) {
      for (let c = Math.min(from.c, to.c); c <= Math.max(from.c, to.c); c += 1) cells.push(at(to.table, r, c));
    }
    return cells.filter(Boolean);
  }

  const selected = () => $$('td.cell[aria-selected="true"]', form);

  let isMoving = false;

  /** Put the focus on a cell, which becomes the one that Tab reaches; what is selected stays. */
  function settle(cell) {
    $$('td.cell[tabindex="0"]', cell.closest("table")).forEach((each) => { each.tabIndex = -1; });
    cell.tabIndex = 0;
    isMoving = true;
    cell.focus();
    isMoving = false;
  }

  function focus(cell, isRun = false) {
    if (!cell) return;
    settle(cell);
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    select(cell, isRun);
  }

  form.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td.cell");
    if (cell && !isMoving) select(cell, false);
  });

  /* --- changing and undoing --- */

  const past = [];
  const undoButton = $("[data-undo]");
  const higherOf = (row) => $$("td.cell[data-higher]", row).filter(isOn);
  const baseOf = (row) => $("td.cell[data-base]", row);

  /** Set cells as wanted ([cell, on] pairs); a higher title takes its base title along. */
  function change(wanted, { isUndo = false } = {}) {
    const group = [];
    const put = (cell, on) => {
      if (!cell || isLocked(cell) || isOn(cell) === on) return;
      group.push([cell.dataset.cell, isOn(cell)]);
      boxOf(cell).checked = on;
      cell.setAttribute("aria-label", sentence(cell));
      queue(cell.dataset.cell, on);
    };
    wanted.forEach(([cell, on]) => {
      put(cell, on);
      if (on && cell && "higher" in cell.dataset) put(baseOf(cell.parentNode), true);
    });
    if (group.length && !isUndo) past.push(group);
    undoButton?.setAttribute("aria-disabled", String(past.length === 0));
    if (wanted.length === 1 && wanted[0][0]) window.td.announce(sentence(wanted[0][0]));
    else if (group.length) window.td.announce(`Đã đổi ${group.length} ô`);
  }

  /** Untick the cells; where a base title goes, ask once whether the higher ones go too. */
  function clear(cells) {
    const rows = cells.filter((cell) => "base" in cell.dataset && isOn(cell)).map((cell) => cell.parentNode);
    const above = rows.flatMap(higherOf).filter((cell) => !cells.includes(cell));
    const off = (list) => change(list.map((cell) => [cell, false]));
    if (!above.length) { off(cells); return; }
    const names = above.map((cell) => cell.dataset.label).join("; ");
    ask("bo-co-so", `Danh hiệu này là cơ sở của danh hiệu cao hơn đang đăng ký: ${names}. Bỏ thì bỏ cả các danh hiệu đó.`, () => off([...cells, ...above]));
  }

  function toggle(cells) {
    const on = !isOn(cells[0]);
    if (on) change(cells.map((cell) => [cell, true]));
    else clear(cells);
  }

  function undo() {
    const group = past.pop();
    if (group) change(group.map(([value, on]) => [find(value), on]), { isUndo: true });
    undoButton?.setAttribute("aria-disabled", String(past.length === 0));
  }

  function ask(id, text, yes) {
    const dialog = document.getElementById(id);
    const back = document.activeElement;
    $("[data-text]", dialog).textContent = text;
    $("[data-yes]", dialog).onclick = () => { dialog.close(); yes(); back?.focus(); };
    dialog.showModal();
  }

  /* --- saving: one request at a time, kept on this machine until the server has it --- */

  const status = () => document.getElementById("da-luu");
  const versions = $$('input[name="version"]');
  let version = Number($('input[name="version"]', form).value);
  let pending = new Map();
  let flying = null;
  let timer = 0;

  function queue(value, on) {
    pending.set(value, on);
    keep();
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  }

  function keep() {
    const all = [...(flying || []), ...pending];
    try {
      if (all.length) localStorage.setItem(form.dataset.kept, JSON.stringify({ version, cells: all }));
      else localStorage.removeItem(form.dataset.kept);
    } catch { /* a full or closed store only means that a closed page forgets */ }
  }

  function tell(text, isError = false) {
    const line = status();
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("err", isError);
  }

  async function post(address, values) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", $('input[name="csrfmiddlewaretoken"]', form).value);
    body.append("version", String(version));
    Object.entries(values).forEach(([name, value]) => body.append(name, value));
    return fetch(address, { method: "POST", body, credentials: "same-origin", headers: { "HX-Request": "true" } });
  }

  async function save() {
    if (flying || !pending.size) return;
    [flying, pending] = [pending, new Map()];
    tell("Đang lưu");
    try {
      await take(await post(form.dataset.cells, { doi: JSON.stringify([...flying]) }));
    } catch {
      pending = new Map([...(flying || []), ...pending]);
      tell(`Chưa lưu được ${pending.size} ô. Dữ liệu còn trên máy này và sẽ tự gửi lại.`, true);
      timer = setTimeout(save, RETRY_MS);
    }
    flying = null;
    keep();
    if (pending.size) { clearTimeout(timer); timer = setTimeout(save, status()?.classList.contains("err") ? RETRY_MS : PAUSE_MS); }
  }

  /** What the server answered: rows and meters, somebody else's change, or a refusal. */
  async function take(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.status === 401) { document.dispatchEvent(new CustomEvent("td:signed-out")); throw new Error("signed out"); }
    if (answer.status === 409) { dispute(page); return; }
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = $("[data-version]", page);
    version = Number(fresh.dataset.version);
    versions.forEach((field) => { field.value = String(version); });
    swap(fresh);
  }

  /** Put in what came back, cells still on their way as the user left them, the focus where it was. */
  function swap(fresh) {
    const focused = document.activeElement?.dataset?.cell;
    const chosen = selected().map((cell) => cell.dataset.cell);
    const start = anchor?.dataset.cell;
    const before = quotas();
    $$("[id]", fresh).filter((part) => !part.parentElement.closest("[id]")).forEach((part) => {
      const old = document.getElementById(part.id);
      if (!old) return;
      const own = document.importNode(part, true);
      old.replaceWith(own);
      dress(own);
    });
    pending.forEach((on, value) => { const box = find(value) && boxOf(find(value)); if (box) box.checked = on; });
    if (focused && find(focused)) settle(find(focused));
    chosen.forEach((value) => find(value)?.setAttribute("aria-selected", "true"));
    if (start) anchor = find(start);
    count();
    tables.filter((table) => !$('td.cell[tabindex="0"]', table)).forEach((table) => { const first = $("td.cell", table); if (first) first.tabIndex = 0; });
    $$("[data-told]", fresh).forEach((line) => window.td.say(line.textContent));
    const now = quotas();
    const changed = [...now].filter(([id, text]) => before.get(id) !== text).map(([, text]) => text);
    if (changed.length) window.td.announce(changed.join(". "));
  }

  const quotas = () => new Map($$(".meters .meter").map((meter) => [meter.id, meter.textContent.replace(/\s+/g, " ").trim()]));

  function dispute(page) {
    const dialog = document.getElementById("xung-dot-hop");
    const says = $("[data-says]", page);
    pending = new Map([...(flying || []), ...pending]);
    tell("Chưa lưu: người khác vừa sửa bản đăng ký này.", true);
    if (!$(".panel", says)) { window.td.say(says ? says.textContent.trim() : "Chưa lưu được."); reload(); return; }
    dialog.replaceChildren(...says.childNodes);
    dialog.addEventListener("submit", forget);
    dialog.addEventListener("click", (event) => { if (event.target.closest("a")) forget(); });
    dialog.showModal();
    pending = new Map();
  }

  const forget = () => { pending = new Map(); localStorage.removeItem(form.dataset.kept); };
  function reload() { forget(); setTimeout(() => location.reload(), 4000); }

  addEventListener("online", save);
  addEventListener("beforeunload", () => { if (pending.size && !flying) post(form.dataset.cells, { doi: JSON.stringify([...pending]) }); });

  /** Cells that did not reach the server when the page was last closed. */
  function resume() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(form.dataset.kept) || "null"); } catch { forget(); }
    if (!kept) return;
    const open = kept.cells.filter(([value, on]) => find(value) && isOn(find(value)) !== on);
    if (!open.length) { forget(); return; }
    version = kept.version;
    open.forEach(([value, on]) => { boxOf(find(value)).checked = on; queue(value, on); });
    window.td.say(`Máy này còn ${open.length} ô chưa lưu từ lần trước, đang gửi lại.`);
  }

  /* --- filling many cells at once --- */

  let filling = null;
  document.getElementById("dien")?.addEventListener("submit", (event) => {
    event.preventDefault();
    filling ??= fill(event.target.action, event.submitter.value).finally(() => { filling = null; });
  });
  undoButton?.addEventListener("click", undo);

  async function fill(url, what) {
    await save();
    const before = new Map($$("td.cell", form).map((cell) => [cell.dataset.cell, isOn(cell)]));
    try {
      await take(await post(url, { viec: what }));
    } catch {
      window.td.say("Chưa thực hiện được. Đồng chí thử lại.");
    }
    const group = [...before].filter(([value, on]) => find(value) && isOn(find(value)) !== on);
    if (group.length) past.push(group);
    undoButton?.setAttribute("aria-disabled", String(past.length === 0));
    window.td.say(group.length ? `Đã đổi ${group.length} ô` : "Không có ô nào cần đổi");
  }

  /* --- keyboard and mouse --- */

  const KEYS = {
    ArrowUp: (p) => [p.r - 1, p.c], ArrowDown: (p) => [p.r + 1, p.c], Enter: (p) => [p.r + 1, p.c],
    ArrowLeft: (p) => [p.r, p.c - 1], ArrowRight: (p) => [p.r, p.c + 1],
    Home: (p) => [p.r, 0], End: (p, cell) => [p.r, cellsOf(cell.parentNode).length - 1],
  };

  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td.cell");
    if (!cell || event.isComposing || event.altKey) return;
    const key = event.key;
    if (event.ctrlKey || event.metaKey) {
      if (key.toLowerCase() === "z") { undo(); event.preventDefault(); }
      return;
    }
    if (KEYS[key]) {
      const here = place(cell);
      focus(at(here.table, ...KEYS[key](here, cell)), event.shiftKey && key !== "Enter");
    } else if (key === " " || key === "x" || key === "X") toggle(selected().includes(cell) ? [cell, ...selected().filter((each) => each !== cell)] : [cell]);
    else if (key === "Delete" || key === "Backspace") clear(selected());
    else if (key === "F6") $("a.btn-p, a.btn-s", $(".ph"))?.focus();
    else return;
    event.preventDefault();
  });

  form.addEventListener("click", (event) => {
    const cell = event.target.closest("td.cell");
    if (!cell) return;
    event.preventDefault();
    focus(cell, event.shiftKey);
    if (!event.shiftKey) toggle([cell]);
  });
  form.addEventListener("mousedown", (event) => { if (event.shiftKey && event.target.closest("td.cell")) event.preventDefault(); });

  /* --- copying and pasting, also from Excel --- */

  form.addEventListener("copy", (event) => {
    const cells = selected();
    if (!cells.length || !document.activeElement?.closest("td.cell")) return;
    const lines = new Map();
    cells.forEach((cell) => lines.set(cell.parentNode, [...(lines.get(cell.parentNode) || []), isOn(cell) ? "x" : ""]));
    event.clipboardData.setData("text/plain", [...lines.values()].map((line) => line.join("\t")).join("\n"));
    event.preventDefault();
  });

  form.addEventListener("paste", (event) => {
    const cell = event.target.closest("td.cell");
    if (!cell) return;
    event.preventDefault();
    const lines = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    const named = lines.some((line) => line[0].trim() && !YES.test(line[0].trim()) && line[0].trim().length > 3);
    if (named) pasteByName(cell, lines);
    else pasteBlock(cell, lines);
  });

  function pasteBlock(cell, lines) {
    const start = place(cell);
    change(lines.flatMap((line, i) => line.map((word, j) => [at(start.table, start.r + i, start.c + j), YES.test(word.trim())])).filter(([to]) => to));
  }

  const plain = (name) => name.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();

  /** The first column holds names: match whole names that stand once in the sheet, show what was found first. */
  function pasteByName(cell, lines) {
    const start = place(cell);
    const rows = rowsOf(start.table);
    const matched = lines.map((line) => [rows.filter((row) => plain(row.dataset.name) === plain(line[0])), line]);
    const good = matched.filter(([found]) => found.length === 1);
    const bad = matched.filter(([found]) => found.length !== 1).map(([, line]) => line[0].trim()).filter(Boolean);
    const rest = bad.length ? `, không khớp ${bad.length}: ${bad.slice(0, 8).join("; ")}` : "";
    ask("dan-ten", `Khớp ${good.length}${rest}. Các dòng không khớp không bị đổi.`, () => {
      change(good.flatMap(([found, line]) => line.slice(1).map((word, j) => [cellsOf(found[0])[start.c + j], YES.test(word.trim())])).filter(([to]) => to));
    });
  }

  resume();
})();
