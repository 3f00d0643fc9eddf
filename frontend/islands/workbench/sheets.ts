// Which sheet of candidates is shown: it follows the heading that is read, unless somebody is at work in a form.
import { bring } from "./lighting";

const QUIET = 200; // milliseconds without scrolling before the pane follows

export class Sheets {
  private timer = 0;
  private byHand = false;

  constructor(private readonly root: HTMLElement, private readonly text: HTMLElement) {
    for (const name of ["wheel", "touchmove", "pointerdown"]) text.addEventListener(name, () => { this.byHand = true; }, { passive: true });
    text.addEventListener("scroll", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.follow(), QUIET);
    }, { passive: true });
  }

  get pane(): HTMLElement | null { return document.getElementById("wb-sheet"); }

  /** Somebody is at work in a form, which must not be swapped away. */
  get isBusy(): boolean { return (this.pane?.querySelector(".cand__form") ?? document.querySelector("dialog[open]")) !== null; }

  /** What scrolls next is not the reader's doing. */
  hush(): void { this.byHand = false; }

  /** Shows the sheet; `then` runs when it is there. */
  async load(key: string, then: () => void = () => undefined): Promise<void> {
    const filter = document.getElementById("wb-filter");
    const url = (this.root.dataset.sheets ?? "").replace(/\/0\/$/, `/${key}/`);
    const values = filter instanceof HTMLFormElement ? Object.fromEntries(new FormData(filter)) : {};
    await window.htmx.ajax("get", url, { target: "#wb-sheet", swap: "outerHTML", values });
    filter?.setAttribute("hx-get", url);
    then();
  }

  /** The text at the heading of the sheet that is shown first, where both are seen at once; the focus stays where it is. */
  arrive(): void {
    const key = this.pane?.dataset.sheet ?? "";
    const part = document.getElementById(`h${key}`);
    if (!part || part.matches(":first-child") || this.text.scrollHeight <= this.text.clientHeight) return;
    bring(part, "start");
    this.mark(key);
  }

  /** The sheet of a heading in the text, and the text at that heading. */
  go(key: string): Promise<void> {
    const part = document.getElementById(`h${key}`);
    this.hush();
    bring(part ?? undefined, "start");
    this.mark(key);
    return this.load(part?.dataset.sheet ?? key);
  }

  /** The one before or after. */
  step(way: "previous" | "next", then: () => void): boolean {
    const key = this.pane?.dataset[way];
    if (!key) return false;
    void this.go(key).then(then);
    return true;
  }

  private follow(): void {
    if (!this.byHand || this.text.clientHeight === 0) return;
    const box = this.text.getBoundingClientRect();
    const part = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(160, box.height / 3))?.closest<HTMLElement>(".part");
    if (!part) return;
    this.mark(part.dataset.heading ?? "");
    const sheet = part.dataset.sheet;
    if (sheet && sheet !== this.pane?.dataset.sheet && !this.isBusy) void this.load(sheet);
  }

  /** The heading that is read, in the outline. */
  mark(key: string): void {
    document.querySelectorAll("#wb-outline [aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    const link = document.querySelector<HTMLElement>(`#wb-outline li[data-key="${CSS.escape(key)}"] a`);
    link?.setAttribute("aria-current", "true");
    this.showMark();
  }

  showMark(): void {
    document.querySelector("#wb-outline [aria-current]")?.scrollIntoView({ block: "nearest" });
  }
}
