/* Saves a form while it is being filled: <form data-autosave="address"> with a [data-autosave-status]. */
(() => {
  const PAUSE_MS = 600;
  const RETRY_MS = 15000;
  const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

  function start(form) {
    const status = form.querySelector("[data-autosave-status]") || document.querySelector("[data-autosave-status]");
    let timer = 0;
    let changed = 0;

    function show(text, failed = false) {
      if (!status) return;
      status.textContent = text;
      status.classList.toggle("err", failed);
    }

    async function save() {
      const sent = changed;
      show("Đang lưu");
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST", body: new FormData(form), credentials: "same-origin", headers: { "HX-Request": "true" },
        });
        if (answer.status === 401) document.dispatchEvent(new CustomEvent("td:signed-out"));
        if (answer.status === 422) return show("Chưa lưu: có ô nhập chưa đúng", true);
        if (!answer.ok) throw new Error(String(answer.status));
        if (sent === changed) changed = 0;
        show(`Đã lưu lúc ${clock()}`);
        form.dispatchEvent(new CustomEvent("td:saved", { bubbles: true }));
      } catch {
        show("Chưa lưu được. Dữ liệu còn trên trang này và sẽ tự gửi lại.", true);
        timer = setTimeout(save, RETRY_MS);
      }
      return undefined;
    }

    form.addEventListener("input", () => {
      changed += 1;
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE_MS);
    });
    addEventListener("online", () => { if (changed) save(); });
    addEventListener("pagehide", () => {
      if (changed) fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), keepalive: true, headers: { "HX-Request": "true" } });
    });
  }

  document.querySelectorAll("form[data-autosave]").forEach(start);
  document.addEventListener("htmx:afterSettle", (event) => event.detail.elt.querySelectorAll?.("form[data-autosave]").forEach(start));
})();
