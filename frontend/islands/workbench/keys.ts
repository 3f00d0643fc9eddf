// Everything by keyboard. Single letters count only outside of fields and while no dialog is open.
import { isTyping } from "../../parts/keys";
import { digits } from "./digits";
import type { Workbench } from "./workbench";

type Deed = (bench: Workbench) => void;

const DEEDS: Record<string, Deed> = {
  j: (bench) => bench.cards.step(1),
  k: (bench) => bench.cards.step(-1),
  a: (bench) => bench.cards.act("accept", true),
  e: (bench) => bench.cards.act("edit"),
  r: (bench) => {
    digits.wait();
    bench.cards.act("reject", true);
  },
  s: (bench) => bench.cards.act("split"),
  u: (bench) => bench.cards.act("reopen"),
  m: (bench) => bench.cards.mark(bench.cards.current()),
  M: (bench) => bench.cards.merge(),
  A: () => document.querySelector<HTMLElement>('#wb-sheet [data-act="accept-section"]')?.click(),
  "]": (bench) => bench.turn("next"),
  "[": (bench) => bench.turn("previous"),
  t: (bench) => bench.crossOver(),
  o: (bench) => bench.stepSentence(1, true),
  O: (bench) => bench.stepSentence(-1, true),
  n: (bench) => bench.addHere(),
  x: (bench) => {
    digits.wait();
    bench.notATask();
  },
  g: (bench) => bench.nextFinding(),
};

const STEPS = "jk[]oO"; // what goes on while the key is held; anything else is meant once

export function listenToKeys(bench: Workbench): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") return bench.escape(event);
    if (isTyping(event.target) && !isOfText(event.target)) return;
    if (digits.take(event)) return;
    if (document.querySelector("dialog[open]")) return;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target instanceof HTMLElement && event.target.matches(".s")) {
      event.preventDefault();
      return bench.stepSentence(event.key === "ArrowDown" ? 1 : -1, false);
    }
    const deed = DEEDS[event.key];
    if (!deed) return;
    event.preventDefault();
    if (!event.repeat || STEPS.includes(event.key)) deed(bench);
  });
}

const isOfText = (target: EventTarget | null): boolean => target instanceof Element && target.closest("#wb-text") !== null;
