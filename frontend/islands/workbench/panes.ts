// Which pane is seen: on a phone one at a time, beside the text candidates or findings, the outline folded away or not.

export class Panes {
  constructor(private readonly root: HTMLElement) {
    root.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-shows], button[data-side], [data-folds]") : null;
      if (button?.dataset.shows) this.show(button.dataset.shows);
      else if (button?.dataset.side) this.turn(button.dataset.side);
      else if (button?.dataset.folds) this.fold(button);
    });
  }

  /** Text, side or outline, where only one is seen at a time. */
  show(pane: string): void {
    this.root.dataset.pane = pane;
    this.press("[data-shows]", "shows", pane);
  }

  /** Candidates or findings. */
  turn(side: string): void {
    this.root.dataset.side = side;
    this.press("button[data-side]", "side", side);
  }

  private press(buttons: string, name: string, value: string): void {
    this.root.querySelectorAll<HTMLElement>(buttons).forEach((button) => button.setAttribute("aria-pressed", String(button.dataset[name] === value)));
  }

  private fold(button: HTMLElement): void {
    const folded = this.root.classList.toggle("is-folded");
    button.setAttribute("aria-expanded", String(!folded));
  }
}
