/* What htmx leaves to the page: waiting, errors with "Thử lại", signing in again, focus and titles. */
(() => {
  const SLOW_MS = 10000;
  const WORDS = {
    0: "Mất kết nối với máy chủ. Dữ liệu trên trang còn nguyên.",
    403: "Đồng chí không có quyền làm việc này.",
    404: "Không tìm thấy, hoặc đồng chí không có quyền xem.",
    409: "Dữ liệu đã đổi sau khi đồng chí mở trang. Tải lại trang để lấy bản mới.",
    413: "Tệp hoặc nội dung gửi lên quá lớn.",
    429: "Đồng chí thao tác quá nhanh. Chờ một phút rồi thử lại.",
    500: "Hệ thống gặp lỗi. Việc vừa rồi chưa được lưu.",
  };
  let waiting = [];

  const targetOf = (event) => event.detail.target || event.detail.elt;

  document.addEventListener("htmx:beforeRequest", (event) => {
    const target = targetOf(event);
    target.setAttribute("aria-busy", "true");
    clearRemark(target);
  });
  document.addEventListener("htmx:afterRequest", (event) => targetOf(event).removeAttribute("aria-busy"));

  document.addEventListener("htmx:timeout", (event) => remark(event, `Quá ${SLOW_MS / 1000} giây chưa có trả lời.`));
  document.addEventListener("htmx:sendError", (event) => remark(event, WORDS[0]));
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 401) {
      waiting.push(event.detail.requestConfig);
      document.dispatchEvent(new CustomEvent("td:signed-out"));
      return;
    }
    remark(event, wordsOf(xhr));
  });

  /** The server's own words, when it answered with a fragment of ours; else what the status means. */
  function wordsOf(xhr) {
    const answer = new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector("[data-says]");
    return (answer && answer.textContent.trim()) || WORDS[xhr.status] || WORDS[500];
  }

  /** Show what went wrong where the answer would have stood, with a way to try again. */
  function remark(event, text) {
    const target = targetOf(event);
    const config = event.detail.requestConfig;
    clearRemark(target);
    const box = document.createElement("div");
    box.className = "note err mb-2";
    box.dataset.failed = "";
    box.setAttribute("role", "alert");
    box.append(text, " ");
    if (config) box.append(retryButton(config, box));
    const place = target.closest("tr") ? target.closest("table").parentNode : target;
    place.before(box);
  }

  function retryButton(config, box) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "linkbtn";
    button.textContent = "Thử lại";
    button.addEventListener("click", () => { box.remove(); again(config); });
    return button;
  }

  function clearRemark(target) {
    const before = target.previousElementSibling;
    if (before && before.dataset.failed !== undefined) before.remove();
  }

  /** Send a request as it was. */
  function again(config) {
    const values = config.formData ? Object.fromEntries(config.formData) : config.parameters;
    delete values.csrfmiddlewaretoken;
    return htmx.ajax(config.verb.toUpperCase(), config.path, { source: config.elt, target: config.target, values });
  }

  /** After signing in again: everything that was refused goes once more. */
  function resume() {
    const held = waiting;
    waiting = [];
    held.forEach(again);
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    const wanted = event.detail.elt.querySelector?.("[data-error-summary], [data-focus-me]");
    if (wanted) wanted.focus();
    if (event.detail.elt.dataset.live !== undefined) arrived(event.detail.elt);
  });

  /** A list was replaced: say how long it is, and keep the keyboard there. */
  function arrived(list) {
    const total = list.querySelector("[data-total-says]");
    if (total) window.td.announce(total.dataset.totalSays);
    if (document.activeElement === document.body) (list.querySelector(".tw") || list.querySelector("a, button"))?.focus({ preventScroll: true });
  }

  window.td = Object.assign(window.td || {}, { resume });
})();
