// The workbench as a whole: its panes, and what happens between them.
import { Cards } from "./cards";
import { digits } from "./digits";
import { Folds } from "./folds";
import { listenToKeys } from "./keys";
import { bring, Lighting } from "./lighting";
import { Panes } from "./panes";
import { Sheets } from "./sheets";
import { TextPane } from "./text";
import { Tools } from "./tools";

interface Swapped { target: HTMLElement }

export class Workbench {
  readonly text: TextPane;
  readonly panes: Panes;
  readonly sheets: Sheets;
  readonly lighting: Lighting;
  readonly cards: Cards;
  readonly tools: Tools;
  private readonly folds: Folds;
  private sentenceId: string | null = null;

  constructor(readonly root: HTMLElement, pane: HTMLElement, private readonly side: HTMLElement) {
    this.text = new TextPane(pane);
    this.panes = new Panes(root);
    this.sheets = new Sheets(root, pane);
    this.lighting = new Lighting(this.text, side);
    this.cards = new Cards(root, side, this.text, this.lighting, this.sheets, () => this.folds.unfold());
    this.tools = new Tools(root, this.text, document.getElementById("wb-tools"));
    const folded = [".wb-group, #wb-findings", "#wb-outline-list, .plan-text > .part"].flatMap((those) => Array.from(root.querySelectorAll<HTMLElement>(those)));
    this.folds = new Folds(folded, () => this.sheets.showMark());
    this.listen(pane);
    listenToKeys(this);
    root.dataset.ready = "yes";
  }

  /** The sentence with the focus, or the one that had it last. */
  get sentence(): HTMLElement | null {
    const active = document.activeElement?.closest<HTMLElement>(".s[id]");
    return active ?? (this.sentenceId ? document.getElementById(this.sentenceId) : null);
  }

  focusSentence(sentence: HTMLElement | null): void {
    if (!sentence) return;
    this.sentenceId = sentence.id;
    this.sheets.hush();
    sentence.focus({ preventScroll: true });
    bring(sentence);
    this.lighting.hold(sentence);
    const sheet = sentence.closest<HTMLElement>(".part")?.dataset.sheet;
    if (sheet && sheet !== this.sheets.pane?.dataset.sheet && !this.sheets.isBusy) void this.sheets.load(sheet, () => this.lighting.hold(sentence));
  }

  stepSentence(by: 1 | -1, openOnly: boolean): void {
    this.folds.unfold();
    const card = this.cards.current();
    const heading = document.querySelector<HTMLElement>(`#h${this.sheets.pane?.dataset.sheet ?? ""} .s[id]`); // of a sheet without cards
    const from = this.sentence ?? (card ? this.text.at({ start: Number(card.dataset.start), end: Number(card.dataset.end) })[0] : heading) ?? null;
    this.panes.show("text");
    this.focusSentence(this.text.beside(from, by, openOnly));
  }

  /** From a card to its sentence, from a sentence to its card. */
  crossOver(): void {
    this.folds.unfold();
    const active = document.activeElement?.closest<HTMLElement>(".s[id]");
    if (active) {
      this.panes.show("side");
      const card = this.lighting.cardsAt(this.text.spanOf(active))[0];
      if (card) this.cards.focus(card);
      else this.cards.focus(this.cards.current() ?? this.cards.all()[0]);
      return;
    }
    const card = this.cards.current();
    if (!card) return;
    this.panes.show("text");
    this.focusSentence(this.text.at({ start: Number(card.dataset.start), end: Number(card.dataset.end) })[0] ?? null);
  }

  /** The sheet before or after, at its first card. */
  turn(way: "previous" | "next"): void {
    this.sheets.step(way, () => {
      const first = this.cards.all()[0];
      if (first) this.cards.focus(first);
      else this.sheets.pane?.focus({ preventScroll: true });
    });
  }

  addHere(): void {
    const sentence = this.sentence;
    if (!this.tools.look() && sentence) this.tools.offer(sentence);
    this.tools.focus();
  }

  notATask(): void {
    const active = document.activeElement;
    const isElsewhere = active !== null && active !== document.body && !this.text.root.contains(active); // what had the focus before is not meant
    const sentence = active?.closest<HTMLElement>(".s[id]") ?? this.tools.sentence ?? (isElsewhere ? null : this.sentence);
    if (sentence && this.root.dataset.mayDecide === "yes" && sentence.dataset.standing !== "left_out") this.tools.notATask(sentence);
  }

  nextFinding(): void {
    this.folds.unfold();
    this.panes.turn("findings");
    this.panes.show("side");
    const open = Array.from(this.side.querySelectorAll<HTMLElement>('.find[data-state="open"]'));
    const at = open.indexOf(document.activeElement?.closest<HTMLElement>(".find") as HTMLElement);
    const here = Number((this.sentence ?? this.cards.current())?.dataset.start ?? 0);
    const next = at < 0 ? open.find((finding) => Number(finding.dataset.start) >= here) : open[at + 1];
    this.focusFinding(next ?? open[0]);
  }

  focusFinding(finding: HTMLElement | null | undefined): void {
    if (!finding) return;
    finding.focus({ preventScroll: true });
    finding.scrollIntoView({ block: "nearest" });
    this.lighting.hold(finding);
    this.sheets.hush();
    bring(document.getElementById(`m${finding.id.slice(1)}`) ?? undefined);
  }

  escape(event: KeyboardEvent): void {
    const form = document.activeElement?.closest<HTMLElement>(".cand__form");
    const card = form?.closest<HTMLElement>(".cand");
    if (document.querySelector("dialog[open]") || document.querySelector("details.menu[open]")) return;
    if (this.tools.isShown) {
      this.tools.hide();
      this.sentence?.focus();
    } else if (card) {
      event.preventDefault();
      this.cards.close(card);
    } else if (document.activeElement?.closest(".s")) {
      this.crossOver();
    }
  }

  private listen(pane: HTMLElement): void {
    for (const place of [pane, this.side]) {
      place.addEventListener("pointerover", (event) => this.lighting.show(pointed(event)));
      place.addEventListener("pointerleave", () => this.lighting.show(null));
      place.addEventListener("focusin", (event) => {
        const found = pointed(event);
        if (found) this.lighting.hold(found);
      });
    }
    pane.addEventListener("click", (event) => this.onText(event));
    this.root.addEventListener("click", (event) => this.onClick(event));
    document.addEventListener("wb:focus", (event) => this.onFocus((event as CustomEvent<{ id: string }>).detail.id));
    document.addEventListener("htmx:afterRequest", (event) => {
      if ((event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr.status >= 400) this.cards.forget();
    });
    document.addEventListener("htmx:sendError", () => this.cards.forget());
    document.addEventListener("htmx:afterSettle", (event) => this.onSwap((event as CustomEvent<Swapped>).detail.target));
    // A form that has only just come is not htmx's yet; sent by the browser itself it would lead away from the page.
    document.addEventListener("submit", (event) => {
      if (event.target instanceof Element && event.target.closest("#workbench, #wb-dialog")) event.preventDefault();
    });
    window.addEventListener("hashchange", () => this.onHash());
    this.onHash();
    if (!location.hash) this.sheets.arrive();
  }

  private onText(event: MouseEvent): void {
    if (!(event.target instanceof Element) || this.text.selected()) return;
    const mark = event.target.closest<HTMLElement>(".mark");
    if (mark) {
      this.panes.turn("findings");
      this.panes.show("side");
      return this.focusFinding(document.getElementById(`f${mark.dataset.finding}`));
    }
    const sentence = event.target.closest<HTMLElement>(".s[id]");
    this.tools.hide();
    if (!sentence || sentence.dataset.standing === "left_out") return;
    this.sentenceId = sentence.id;
    sentence.focus({ preventScroll: true });
    this.lighting.hold(sentence);
    this.lighting.cardsAt(this.text.spanOf(sentence))[0]?.scrollIntoView({ block: "nearest" });
    if (sentence.dataset.standing !== "covered") this.tools.offer(sentence);
  }

  private onClick(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest<HTMLAnchorElement>('a[href^="#"]');
    if (link) {
      event.preventDefault();
      return this.follow(link);
    }
    const card = event.target.closest<HTMLElement>(".cand");
    const act = event.target.closest<HTMLElement>("[data-act]")?.dataset.act;
    if (act === "mark") this.cards.mark(card);
    else if (act === "close" && card) this.cards.close(card);
    else if (act === "merge") this.cards.merge();
    else if (act === "unmark") this.cards.unmark();
    else if (act === "take-selection" && card) this.takeSelection(card);
  }

  private follow(link: HTMLAnchorElement): void {
    this.folds.unfold();
    const to = link.getAttribute("href")?.slice(1) ?? "";
    if (to.startsWith("h")) {
      this.panes.show("text");
      void this.sheets.go(to.slice(1));
      return;
    }
    this.panes.show("text");
    const card = link.closest<HTMLElement>(".cand");
    const finding = link.closest<HTMLElement>(".find");
    if (card) this.cards.focus(card);
    else if (finding) this.focusFinding(finding);
    else this.focusSentence(document.getElementById(to));
  }

  /** Addresses like `#h12` or `#s345`, from other pages too. */
  private onHash(): void {
    const to = location.hash.slice(1);
    if (to) this.folds.unfold();
    if (/^h\d+$/.test(to)) void this.sheets.go(to.slice(1));
    else if (/^s\d+$/.test(to)) this.focusSentence(document.getElementById(to));
  }

  private onFocus(id: string): void {
    const dialog = document.getElementById("wb-dialog");
    const fromDialog = dialog instanceof HTMLDialogElement && dialog.open;
    if (fromDialog) dialog.close();
    if (id.startsWith("s")) {
      this.sentenceId = id;
      this.focusSentence(document.getElementById(id));
    } else if (id.startsWith("f")) this.focusFinding(document.getElementById(id));
    else {
      if (id.startsWith("c")) this.panes.turn("candidates"); // first, since what is hidden takes no focus
      this.cards.settle(id, fromDialog);
    }
  }

  private onSwap(target: HTMLElement): void {
    if (target.id === "wb-dialog-slot") this.openDialog(target);
    else if (target.id === "wb-sheet") this.cards.showMarks();
    else if (target.id.startsWith("c")) {
      const card = document.getElementById(target.id);
      if (card?.querySelector(".cand__form")) {
        this.cards.ready(card);
        this.lighting.hold(card);
        digits.arrive();
      }
      this.cards.showMarks();
    }
  }

  private openDialog(slot: HTMLElement): void {
    const dialog = slot.closest("dialog");
    const titled = slot.querySelector<HTMLElement>("[data-title]");
    const title = document.getElementById("wb-dialog-title");
    if (!dialog || !titled) return;
    if (title) title.textContent = titled.dataset.title ?? "";
    if (!dialog.open) dialog.showModal();
    const wanted = [".is-invalid", "[data-digit]", ".fields :is(input, textarea, select)", ".btn-primary:not(:disabled)", "button"];
    wanted.map((one) => slot.querySelector<HTMLElement>(one)).find((one) => one !== null)?.focus();
    digits.arrive();
  }

  /** The words selected in the text become the place of the candidate that is being edited. */
  private takeSelection(card: HTMLElement): void {
    const span = this.text.selected() ?? this.tools.last;
    if (!span) return;
    const set = (name: string, value: string): void => {
      const input = card.querySelector<HTMLInputElement>(`[data-span="${name}"]`);
      if (input) input.value = value;
    };
    set("start", String(span.start));
    set("end", String(span.end));
    const words = card.querySelector('[data-span="words"]');
    if (words) words.textContent = this.text.ranges(span).map(String).join("");
  }
}

const pointed = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>(".cand, .find, .s[id]") : null;
