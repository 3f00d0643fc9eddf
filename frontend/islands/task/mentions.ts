// Behind an @ in a comment people are offered: arrows choose, Enter or Tab takes, Esc leaves. Without it names are typed in full.

const BEGUN = /(?:^|[^A-Za-z0-9._-])@([^\s@，。；：、！？,;:!?]{0,20})$/u;
const PAUSE = 150;

class Mentions {
  private readonly text: HTMLTextAreaElement;
  private readonly list: HTMLElement;
  private readonly told: HTMLElement | null;
  private readonly address: string;
  private wait = 0;
  private asked: string | null = null;

  constructor(root: HTMLElement, text: HTMLTextAreaElement, list: HTMLElement) {
    this.text = text;
    this.list = list;
    this.told = root.querySelector<HTMLElement>("[data-mention-told]");
    this.address = root.dataset.mention ?? "";
    text.setAttribute("aria-autocomplete", "list");
    text.setAttribute("aria-controls", list.id);
    text.setAttribute("autocomplete", "off");
    text.addEventListener("input", () => this.look());
    text.addEventListener("click", () => this.look());
    text.addEventListener("keydown", (event) => this.onKey(event));
    text.addEventListener("blur", () => this.close());
    list.addEventListener("mousedown", (event) => this.onPress(event));
    list.addEventListener("htmx:afterSwap", () => this.show());
  }

  /** What stands between the @ and the caret; null where there is no @. */
  private begun(): string | null {
    const { selectionStart, selectionEnd, value } = this.text;
    return selectionStart === selectionEnd ? (BEGUN.exec(value.slice(0, selectionStart))?.[1] ?? null) : null;
  }

  private look(): void {
    const words = this.begun();
    if (words === null) {
      this.close();
    } else if (words !== this.asked) {
      this.asked = words;
      window.clearTimeout(this.wait);
      this.wait = window.setTimeout(() => this.ask(words), PAUSE);
    }
  }

  private ask(words: string): void {
    const address = `${this.address}?text=${encodeURIComponent(words)}`;
    void window.htmx.ajax("get", address, { source: this.list, target: this.list, swap: "innerHTML" });
  }

  /** What came may be too late: shown only while the caret still stands behind its @. */
  private show(): void {
    if (this.begun() === null || document.activeElement !== this.text) {
      this.close();
      return;
    }
    const options = this.options();
    this.list.hidden = options.length === 0;
    if (this.told) this.told.textContent = this.list.querySelector<HTMLElement>("[data-told]")?.dataset.told ?? "";
    this.choose(options[0]);
  }

  private close(): void {
    window.clearTimeout(this.wait);
    this.asked = null;
    this.list.hidden = true;
    this.list.replaceChildren();
    if (this.told) this.told.textContent = "";
    this.text.removeAttribute("aria-activedescendant");
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
  }

  private choose(option: HTMLElement | undefined): void {
    this.options().forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (option) {
      this.text.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.text.removeAttribute("aria-activedescendant");
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (this.list.hidden || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const options = this.options();
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const chosen = options[at];
    if (event.key === "ArrowDown") this.choose(options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") this.choose(options[(at - 1 + options.length) % options.length]);
    else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && chosen) this.take(chosen);
    else if (event.key === "Escape") this.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Closed for these words: they are not offered again until others are typed. */
  private leave(): void {
    const words = this.begun();
    this.close();
    this.asked = words;
  }

  private onPress(event: MouseEvent): void {
    event.preventDefault(); // the caret stays where it is
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
    if (option) this.take(option);
  }

  private take(option: HTMLElement): void {
    const words = this.begun();
    const end = this.text.selectionStart;
    if (words !== null) this.text.setRangeText(`${option.dataset.word ?? ""} `, end - words.length, end, "end");
    this.close();
  }
}

export function listenToMentions(): void {
  document.querySelectorAll<HTMLElement>("[data-mention]").forEach((root) => {
    const text = root.querySelector("textarea");
    const list = root.querySelector<HTMLElement>(".mention__list");
    if (text && list) new Mentions(root, text, list);
  });
}
