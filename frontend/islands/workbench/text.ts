// The text pane: which sentences lie at a place of the canonical text, and which place a selection is. Places count in code points.
import { unfold } from "./folds";

export interface Span { start: number; end: number }

interface Known extends Span { id: string }

/** A section; its sentences once somebody asked for them. */
interface Part { element: HTMLElement; start: number; known: Known[] | null }

const length = (text: string): number => Array.from(text).length;

export class TextPane {
  private readonly parts: Part[];

  constructor(readonly root: HTMLElement) {
    const sections = Array.from(root.querySelectorAll<HTMLElement>(":scope > .part"));
    this.parts = sections.map((element) => ({ element, start: Number(element.dataset.start), known: null }));
  }

  /** Sentences that share a character with the span, as they are on the page now (they are swapped after acts). */
  at({ start, end }: Span): HTMLElement[] {
    const stop = Math.max(end, start + 1);
    const found: HTMLElement[] = [];
    for (let at = Math.max(0, before(this.parts, start, (part) => part.start) - 1); at < this.parts.length && this.parts[at]!.start < stop; at++) {
      const known = this.known(at);
      for (let own = before(known, start, (sentence) => sentence.end); own < known.length && known[own]!.start < stop; own++) {
        const sentence = document.getElementById(known[own]!.id);
        if (sentence) found.push(sentence);
      }
    }
    return found;
  }

  /** The sentence `step` places away, or the first that is open in that direction. */
  beside(sentence: HTMLElement | null, step: 1 | -1, openOnly: boolean): HTMLElement | null {
    let part = sentence ? this.parts.findIndex(({ element }) => element.contains(sentence)) : step > 0 ? 0 : this.parts.length - 1;
    for (let from = sentence?.id; part >= 0 && part < this.parts.length; part += step, from = undefined) {
      const ids = this.known(part).map(({ id }) => id);
      if (step < 0) ids.reverse();
      const found = ids.slice(from ? ids.indexOf(from) + 1 : 0).map((id) => document.getElementById(id)).find((one) => fits(one, openOnly));
      if (found) return found;
    }
    return null;
  }

  spanOf(sentence: HTMLElement): Span {
    const start = Number(sentence.dataset.start);
    return { start, end: start + length(sentence.textContent ?? "") };
  }

  /** The selected words as a place in the text; null where nothing of the text is selected. */
  selected(): Span | null {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    if (!this.root.contains(range.commonAncestorContainer)) return null;
    const around = range.commonAncestorContainer instanceof Element ? range.commonAncestorContainer : range.commonAncestorContainer.parentElement;
    const own = around?.closest<HTMLElement>(".s");
    const touched = own ? [own] : Array.from(around?.querySelectorAll<HTMLElement>(".s") ?? []).filter((sentence) => range.intersectsNode(sentence));
    const first = touched[0];
    const last = touched[touched.length - 1];
    if (!first || !last) return null;
    const start = this.offset(first, range.startContainer, range.startOffset, 0);
    const end = this.offset(last, range.endContainer, range.endOffset, length(last.textContent ?? ""));
    return start < end ? { start, end } : null;
  }

  /** Ranges of the page that show the span, sentence by sentence. */
  ranges(span: Span): Range[] {
    return this.at(span).flatMap((sentence) => {
      const node = sentence.firstChild;
      if (!(node instanceof Text)) return [];
      const letters = Array.from(node.data);
      const begin = Number(sentence.dataset.start);
      const units = (count: number): number => letters.slice(0, Math.max(0, Math.min(letters.length, count))).join("").length;
      const range = new Range();
      range.setStart(node, units(span.start - begin));
      range.setEnd(node, units(span.end - begin));
      return [range];
    });
  }

  /** Where in the text a point of a selection is; `outside` (in characters) if the point lies outside of the sentence. */
  private offset(sentence: HTMLElement, node: Node, at: number, outside: number): number {
    const begin = Number(sentence.dataset.start);
    if (!sentence.contains(node)) return begin + outside;
    const before = new Range();
    before.selectNodeContents(sentence);
    before.setEnd(node, at);
    return begin + length(before.toString());
  }

  private known(at: number): Known[] {
    const part = this.parts[at]!;
    unfold(part.element);
    part.known ??= Array.from(part.element.querySelectorAll<HTMLElement>(".s[id]"), (sentence) => ({ id: sentence.id, ...this.spanOf(sentence) }));
    return part.known;
  }
}

const fits = (sentence: HTMLElement | null, openOnly: boolean): boolean =>
  sentence !== null && sentence.dataset.standing !== "left_out" && (!openOnly || sentence.dataset.standing === "open");

/** How many of the sorted rows have a place at or before `place`. */
function before<Row>(rows: readonly Row[], place: number, of: (row: Row) => number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(rows[middle]!) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}
