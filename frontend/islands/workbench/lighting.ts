// Pointing at a card lights its words, pointing at a sentence lights its cards; what has the focus stays lit.
import { TextPane, type Span } from "./text";

const WORDS = "wb-words";

export const spanOfCard = (card: HTMLElement): Span => ({ start: Number(card.dataset.start), end: Number(card.dataset.end) });

export class Lighting {
  private held: HTMLElement | null = null;

  constructor(private readonly text: TextPane, private readonly side: HTMLElement) {}

  /** Lights what belongs to the card, finding or sentence; null darkens all but what is held. */
  show(element: HTMLElement | null): void {
    document.querySelectorAll(".is-lit").forEach((lit) => lit.classList.remove("is-lit"));
    const shown = element ?? this.held;
    const words: Range[] = [];
    if (shown?.matches(".cand, .find")) {
      const span = spanOfCard(shown);
      shown.classList.add("is-lit");
      this.text.at(span).forEach((sentence) => sentence.classList.add("is-lit"));
      words.push(...this.text.ranges(span));
    } else if (shown?.matches(".s")) {
      shown.classList.add("is-lit");
      this.cardsAt(this.text.spanOf(shown)).forEach((card) => card.classList.add("is-lit"));
    }
    if (typeof Highlight === "function") CSS.highlights.set(WORDS, new Highlight(...words));
  }

  /** Keeps the element lit until another is. */
  hold(element: HTMLElement | null): void {
    this.held = element;
    this.show(null);
  }

  cardsAt(span: Span): HTMLElement[] {
    return Array.from(this.side.querySelectorAll<HTMLElement>(".cand")).filter((card) => {
      const own = spanOfCard(card);
      return own.start < span.end && span.start < own.end;
    });
  }
}

/** Into the middle of its pane; twice, since what was never in view has only an estimated height. */
export function bring(element: HTMLElement | undefined, block: ScrollLogicalPosition = "center"): void {
  element?.scrollIntoView({ block });
  if (element) requestAnimationFrame(() => element.scrollIntoView({ block }));
}
