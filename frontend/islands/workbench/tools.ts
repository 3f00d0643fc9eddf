// The small tool bar at a selection or a sentence: add it as a candidate of a kind, or say that it is not a task.
import { TextPane, type Span } from "./text";

export class Tools {
  span: Span | null = null;
  sentence: HTMLElement | null = null;
  /** The last words that were selected, for forms that ask for them after the selection is gone. */
  last: Span | null = null;
  private readonly sectionTools = document.getElementById("wb-section-tools");

  constructor(private readonly root: HTMLElement, private readonly text: TextPane, private readonly bar: HTMLElement | null) {
    const pane = text.root;
    pane.addEventListener("pointerup", () => window.setTimeout(() => this.look()));
    pane.addEventListener("keyup", (event) => { if (event.shiftKey) this.look(); });
    pane.addEventListener("scroll", () => this.hide(), { passive: true });
    document.addEventListener("selectionchange", () => { this.last = this.text.selected() ?? this.last; });
    for (const name of ["pointerover", "focusin"]) pane.addEventListener(name, (event) => this.visit(event));
    pane.addEventListener("click", (event) => this.onSection(event));
    bar?.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
    bar?.addEventListener("click", (event) => this.onClick(event));
  }

  /** Opens the bar at the selection, if there is one. */
  look(): boolean {
    const span = this.text.selected();
    if (!span) return false;
    this.last = span;
    const boxes = document.getSelection()?.getRangeAt(0).getClientRects();
    this.show(span, null, boxes?.[boxes.length - 1]);
    return true;
  }

  /** Opens the bar at a sentence. */
  offer(sentence: HTMLElement): void {
    const boxes = sentence.getClientRects();
    this.show(this.text.spanOf(sentence), sentence, boxes[boxes.length - 1]);
  }

  hide(): void {
    if (this.bar) this.bar.hidden = true;
  }

  focus(): void {
    this.bar?.querySelector<HTMLElement>("button")?.focus();
  }

  get isShown(): boolean { return this.bar !== null && !this.bar.hidden; }

  /** The form for a new candidate. */
  add(kind: string): void {
    if (!this.span) return;
    const values = { kind, start: String(this.span.start), end: String(this.span.end) };
    void window.htmx.ajax("get", this.root.dataset.add ?? "", { target: "#wb-dialog-slot", values });
    this.hide();
  }

  /** Why the sentence is not a task, or who said so. */
  notATask(sentence: HTMLElement): void {
    const url = (this.root.dataset.sentence ?? "").replace("/0/", `/${sentence.id.slice(1)}/`);
    void window.htmx.ajax("get", url, { target: "#wb-dialog-slot" });
    this.hide();
  }

  /** The section that is pointed at or has the focus gets what can be done with it. */
  private visit(event: Event): void {
    const part = event.target instanceof Element ? event.target.closest<HTMLElement>(".part") : null;
    const head = part?.querySelector(":scope > .part__head, :scope > .runs-in");
    if (!this.sectionTools || !head || this.sectionTools.parentElement === head) return;
    head.append(this.sectionTools);
    this.sectionTools.hidden = false;
  }

  /** Accept a section, or say that the rest of it is no task: a dialog asks first. */
  private onSection(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-section]") : null;
    const key = button?.closest<HTMLElement>(".part")?.dataset.heading;
    const url = button?.dataset.section === "accept" ? this.root.dataset.accept : this.root.dataset.rest;
    if (key && url) void window.htmx.ajax("get", url.replace("/0/", `/${key}/`), { target: "#wb-dialog-slot" });
  }

  private show(span: Span, sentence: HTMLElement | null, box: DOMRect | undefined): void {
    this.span = span;
    this.sentence = sentence;
    if (!this.bar || !box) return;
    const not = this.bar.querySelector<HTMLElement>('[data-act="not-a-task"]');
    if (not) not.hidden = sentence === null;
    this.bar.hidden = false;
    const own = this.bar.getBoundingClientRect();
    const below = box.bottom + 6 + own.height < window.innerHeight;
    this.bar.style.top = `${below ? box.bottom + 6 : box.top - own.height - 6}px`;
    this.bar.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - own.width - 8))}px`;
  }

  private onClick(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
    if (button?.dataset.adds) this.add(button.dataset.adds);
    else if (button?.dataset.act === "not-a-task" && this.sentence) this.notATask(this.sentence);
  }
}
