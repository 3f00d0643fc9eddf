// The text pane: which sentences lie at a place of the canonical text, and which place a selection is. Places count in code points.

export interface Span { start: number; end: number }

interface Known extends Span { id: string }

const length = (text: string): number => Array.from(text).length;

export class TextPane {
  private readonly known: Known[];

  constructor(readonly root: HTMLElement) {
    this.known = Array.from(root.querySelectorAll<HTMLElement>(".s"), (sentence) => {
      const start = Number(sentence.dataset.start);
      return { id: sentence.id, start, end: start + length(sentence.textContent ?? "") };
    });
  }

  /** Sentences that share a character with the span, as they are on the page now (they are swapped after acts). */
  at({ start, end }: Span): HTMLElement[] {
    let low = 0;
    let high = this.known.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.known[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    const found: HTMLElement[] = [];
    for (let at = low; at < this.known.length && this.known[at]!.start < Math.max(end, start + 1); at++) {
      const sentence = document.getElementById(this.known[at]!.id);
      if (sentence) found.push(sentence);
    }
    return found;
  }

  /** The sentence `step` places away, or the first that is open in that direction. */
  beside(sentence: HTMLElement | null, step: number, openOnly: boolean): HTMLElement | null {
    let at = sentence ? this.known.findIndex((one) => one.id === sentence.id) : -1;
    for (at += step; at >= 0 && at < this.known.length; at += step) {
      const found = document.getElementById(this.known[at]!.id);
      const standing = found?.dataset.standing;
      if (found && standing !== "left_out" && (!openOnly || standing === "open")) return found;
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
}
