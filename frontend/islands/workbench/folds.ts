// What the server left as text (lantu_web.office.views.workbench.folds): it becomes elements when the page has a moment, or when somebody asks.

const CHUNK = 8; // milliseconds of unfolding before the page gets the next turn, where the browser does not tell how long it is idle
const PATIENCE = 500; // milliseconds after which it is done though the page is not idle

/** The elements of what stands folded in `parent`, those with acts known to htmx. */
export function unfold(parent: Element): void {
  for (const kept of Array.from(parent.querySelectorAll(':scope > script[type="text/html"]'))) {
    const html = kept.textContent ?? "";
    kept.outerHTML = html;
    if (html.includes(" hx-")) window.htmx.process(parent);
  }
}

export class Folds {
  private done = 0; // parents before this one are unfolded

  constructor(private readonly parents: readonly HTMLElement[], private readonly whole: () => void) {
    for (const name of ["click", "htmx:beforeRequest"]) document.addEventListener(name, () => this.unfold(), { capture: true });
    window.addEventListener("beforeprint", () => this.unfold());
    requestAnimationFrame(() => this.later()); // once the page is painted
  }

  /** Makes the elements of all that is still text; called by whoever looks for an element by its id. */
  unfold(until = Infinity): void {
    if (this.done === this.parents.length) return;
    while (this.done < this.parents.length && performance.now() < until) unfold(this.parents[this.done++]!);
    if (this.done === this.parents.length) this.whole();
  }

  private later(): void {
    const bit = (time: number): void => {
      this.unfold(performance.now() + time);
      if (this.done < this.parents.length) this.later();
    };
    if (typeof window.requestIdleCallback === "function") window.requestIdleCallback((idle) => bit(Math.max(CHUNK, idle.timeRemaining())), { timeout: PATIENCE });
    else window.setTimeout(() => bit(CHUNK), CHUNK);
  }
}
