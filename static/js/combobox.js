/* Long lists get a search box: <select data-combobox="9"> with at least so many options. Accents do not matter. */
(() => {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
  const SHOWN = 50;
  let number = 0;

  class Combobox {
    constructor(select) {
      this.select = select;
      this.options = [...select.options].map((option) => ({ value: option.value, text: option.text.trim(), key: fold(option.text), off: option.disabled }));
      this.build();
      this.listen();
    }

    build() {
      number += 1;
      const { select } = this;
      this.box = document.createElement("div");
      this.box.className = "combo";
      this.input = document.createElement("input");
      this.list = document.createElement("ul");
      this.list.id = `combo-${number}`;
      this.list.setAttribute("role", "listbox");
      this.list.hidden = true;
      this.takeOver();
      select.before(this.box);
      this.box.append(this.input, this.list, select);
      select.hidden = true;
      this.show();
    }

    /** The label, the hint and the error of the list now belong to the box. */
    takeOver() {
      const { select, input } = this;
      const attributes = { type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id, class: "form-select" };
      Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));
      ["aria-label", "aria-describedby", "aria-invalid", "aria-labelledby"].forEach((name) => { if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name)); });
      this.list.setAttribute("aria-label", select.getAttribute("aria-label") || document.querySelector(`label[for="${select.id}"]`)?.textContent.trim() || "Danh sách");
      if (select.id) { input.id = select.id; select.id = `${select.id}-goc`; }
      input.disabled = select.disabled;
    }

    listen() {
      this.input.addEventListener("input", () => this.open(this.input.value));
      this.input.addEventListener("click", () => this.open(""));
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => { this.close(); this.show(); });
      this.list.addEventListener("mousedown", (event) => {
        event.preventDefault();
        const item = event.target.closest("[role=option]");
        if (item) this.choose(item.dataset.value);
      });
      this.select.form?.addEventListener("reset", () => setTimeout(() => this.show()));
    }

    open(typed) {
      const wanted = fold(typed);
      const found = this.options.filter((option) => !option.off && option.key.includes(wanted));
      this.list.replaceChildren(...found.slice(0, SHOWN).map((option, place) => this.item(option, place)));
      if (!found.length) this.list.append(this.remark("Không có lựa chọn khớp"));
      if (found.length > SHOWN) this.list.append(this.remark(`Còn ${found.length - SHOWN} lựa chọn, gõ thêm để thu hẹp`));
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.mark(typed ? 0 : found.slice(0, SHOWN).findIndex((option) => option.value === this.select.value));
      window.td?.announce(`${found.length} lựa chọn`);
    }

    item(option, place) {
      const item = document.createElement("li");
      item.id = `${this.list.id}-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(option.value === this.select.value));
      item.dataset.value = option.value;
      item.textContent = option.text;
      return item;
    }

    remark(text) {
      const item = document.createElement("li");
      item.className = "remark";
      item.setAttribute("role", "presentation");
      item.textContent = text;
      return item;
    }

    items() { return [...this.list.querySelectorAll("[role=option]")]; }

    mark(place) {
      const items = this.items();
      this.place = Math.max(-1, Math.min(items.length - 1, place));
      items.forEach((item, each) => item.classList.toggle("at", each === this.place));
      const item = items[this.place];
      this.input.setAttribute("aria-activedescendant", item ? item.id : "");
      item?.scrollIntoView({ block: "nearest" });
    }

    key(event) {
      if (event.isComposing) return;
      const isOpen = !this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (isOpen) this.mark(this.place + (event.key === "ArrowDown" ? 1 : -1));
        else this.open("");
      } else if (event.key === "Enter" && isOpen && this.place >= 0) {
        event.preventDefault();
        this.choose(this.items()[this.place].dataset.value);
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
        this.show();
      }
    }

    choose(value) {
      this.select.value = value;
      this.close();
      this.show();
      this.select.dispatchEvent(new Event("input", { bubbles: true }));
      this.select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    close() {
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }

    show() { this.input.value = this.select.selectedOptions[0]?.text.trim() || ""; }
  }

  function prepare(root) {
    root.querySelectorAll?.("select[data-combobox]:not([multiple], [hidden])").forEach((select) => {
      if (select.options.length >= Number(select.dataset.combobox)) new Combobox(select);
    });
  }
  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
})();
