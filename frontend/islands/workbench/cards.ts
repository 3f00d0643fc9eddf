// The cards of the pane: which one is at hand, which are marked for merging, what an act leads to.
import { bring, Lighting, spanOfCard } from "./lighting";
import type { Sheets } from "./sheets";
import { TextPane } from "./text";

const MOST = 20; // keys that wait while a card is being decided

export class Cards {
  private readonly marked = new Map<string, string>(); // id → revision
  private readonly moving = new Set<string>(); // cards after whose act the next open one is at hand
  private waiting: [string, boolean][] = []; // acts that were asked for while the card was being decided
  private at: string | null = null;

  constructor(
    private readonly root: HTMLElement, private readonly side: HTMLElement, private readonly text: TextPane, private readonly lighting: Lighting, private readonly sheets: Sheets,
    private readonly unfold: () => void,
  ) {}

  all(): HTMLElement[] { return Array.from(this.side.querySelectorAll<HTMLElement>("#wb-sheet .cand")); }

  /** The card with the focus, or the one that had it last. */
  current(): HTMLElement | null {
    const active = document.activeElement?.closest<HTMLElement>(".cand");
    return active ?? (this.at ? document.getElementById(this.at) : null);
  }

  focus(card: HTMLElement | null | undefined): void {
    if (!card) return;
    this.at = card.id;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    this.lighting.hold(card);
    this.sheets.hush();
    bring(this.text.at(spanOfCard(card))[0]);
  }

  /** The next or the one before; beyond the last, the next sheet. */
  step(by: 1 | -1): void {
    const current = this.current();
    if (current || by < 0) this.unfold(); // the first is there from the beginning
    const cards = this.all();
    const at = current ? cards.indexOf(current) : -1;
    const next = current && at >= 0 ? cards[at + by] : cards[by > 0 ? 0 : cards.length - 1];
    if (next) this.focus(next);
    else this.sheets.step(by > 0 ? "next" : "previous", () => this.focus(by > 0 ? this.all()[0] : this.all()[this.all().length - 1]));
  }

  /** Presses what the card offers; `moveOn` goes to the next open one when it is done. Whoever is quicker than the server is not lost. */
  act(name: string, moveOn = false): void {
    const card = this.current();
    if (card?.querySelector(".htmx-request")) {
      if (this.waiting.length < MOST) this.waiting.push([name, moveOn]);
      return;
    }
    if (card && moveOn) this.moving.add(card.id);
    else if (card) this.moving.delete(card.id);
    card?.querySelector<HTMLElement>(`[data-act="${name}"]`)?.click();
  }

  /** What was asked for is off: something was refused. */
  forget(): void {
    this.waiting = [];
    this.moving.clear();
  }

  /** After an act: the focus on what it answered, or on the next open one; unless somebody has gone on to another card meanwhile. */
  settle(id: string, fromDialog: boolean): void {
    const found = document.getElementById(id);
    const elsewhere = document.activeElement?.closest(".cand");
    const moveOn = this.moving.delete(id);
    if (!fromDialog && elsewhere && elsewhere !== found) {
      this.waiting = [];
      return this.showMarks();
    }
    const cards = this.all();
    const at = found ? cards.indexOf(found) : -1;
    const next = moveOn && at >= 0 ? cards.slice(at + 1).find((card) => card.dataset.state === "open") : null;
    if (found?.matches(".cand")) this.focus(next ?? found);
    else found?.focus({ preventScroll: found.matches("#wb-sheet") });
    this.showMarks();
    const asked = this.waiting.shift();
    if (asked) this.act(...asked);
  }

  /** A form has come into the card: its first control is ready. */
  ready(card: HTMLElement): void {
    this.waiting = []; // keys are the form's now
    this.at = card.id;
    const form = card.querySelector<HTMLElement>(".cand__form");
    form?.querySelector<HTMLElement>(".is-invalid, .wb-reasons button, textarea, input:not([type=hidden]), button")?.focus();
    form?.scrollIntoView({ block: "nearest" });
  }

  /** Back from the form to the card. */
  close(card: HTMLElement): void {
    const url = card.dataset.url ?? "";
    void window.htmx.ajax("get", url, { target: card, swap: "outerHTML" }).then(() => this.focus(document.getElementById(card.id)));
  }

  mark(card: HTMLElement | null): void {
    if (!card) return;
    if (this.marked.has(card.id)) this.marked.delete(card.id);
    else this.marked.set(card.id, card.dataset.rev ?? "");
    this.showMarks();
  }

  unmark(): void {
    this.marked.clear();
    this.showMarks();
  }

  merge(): void {
    const seen = Array.from(this.marked.keys(), (id) => `${id.slice(1)}:${document.getElementById(id)?.dataset.rev ?? this.marked.get(id)}`).join(",");
    void window.htmx.ajax("get", this.root.dataset.merge ?? "", { target: "#wb-dialog-slot", values: { seen } });
  }

  /** Marks survive swaps; what was merged or rejected is marked no more. */
  showMarks(): void {
    for (const card of this.all()) {
      if (!["open", "accepted"].includes(card.dataset.state ?? "")) this.marked.delete(card.id);
      card.classList.toggle("is-marked", this.marked.has(card.id));
    }
    const bar = document.getElementById("wb-marked");
    const count = bar?.querySelector("[data-marked=count]");
    if (bar) bar.hidden = this.marked.size === 0;
    if (count) count.textContent = String(this.marked.size);
  }
}
