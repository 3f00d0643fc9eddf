// htmx as this house uses it: nothing is evaluated, and what the server refuses is read in the notices, never swapped into the page.
import htmx from "htmx.org";

interface BeforeSwap {
  xhr: XMLHttpRequest;
  target: HTMLElement;
  elt: HTMLElement;
  requestConfig: { elt: HTMLElement };
  shouldSwap: boolean;
  isError: boolean;
  swapOverride?: string;
}

declare global {
  interface Window { htmx: typeof htmx }
}

/** The nearest place for notices: of the dialog that the element stands in, else of the page. */
function noticesFor(element: Element): HTMLElement | null {
  const dialog = element.closest("dialog[open]") ?? document.querySelector("dialog[open]");
  return dialog?.querySelector<HTMLElement>("[data-notices]") ?? document.getElementById("notices");
}

/** Shows a prepared notice (`<template id=…>` of the page). */
function showPrepared(id: string, element: Element): void {
  const prepared = document.getElementById(id);
  if (prepared instanceof HTMLTemplateElement) noticesFor(element)?.replaceChildren(prepared.content.cloneNode(true));
}

function beforeSwap(event: Event): void {
  const detail = (event as CustomEvent<BeforeSwap>).detail;
  const { xhr } = detail;
  const asked = detail.requestConfig.elt;
  if (leadsElsewhere(xhr)) {
    detail.shouldSwap = false;
    window.location.assign(xhr.responseURL);
    return;
  }
  if (xhr.status < 400) {
    if (xhr.status !== 204) clearRefusals(asked);
    return;
  }
  const notices = noticesFor(asked);
  if (xhr.responseText.includes("data-refusal") && !isPage(xhr) && notices) {
    Object.assign(detail, { shouldSwap: true, isError: false, target: notices, swapOverride: "innerHTML" });
  } else if ((xhr.status === 422 || xhr.status === 409) && !isPage(xhr)) {
    Object.assign(detail, { shouldSwap: true, isError: false });
  } else {
    detail.shouldSwap = false;
    showPrepared("trouble", asked);
  }
}

const isPage = (xhr: XMLHttpRequest): boolean => /^\s*(?:<!--|<!doctype|<html)/i.test(xhr.responseText);

/** A fragment was asked for and a whole page of another address came: the session has ended, or the page has moved. */
const leadsElsewhere = (xhr: XMLHttpRequest): boolean =>
  xhr.status < 400 && isPage(xhr) && new URL(xhr.responseURL || location.href, location.href).pathname.startsWith("/login/");

function clearRefusals(element: Element): void {
  noticesFor(element)?.querySelectorAll("[data-refusal]").forEach((refusal) => refusal.remove());
}

export function startHtmx(): void {
  window.htmx = htmx;
  document.addEventListener("htmx:beforeSwap", beforeSwap);
  document.addEventListener("htmx:sendError", (event) => showPrepared("offline", event.target as Element));
  document.addEventListener("htmx:timeout", (event) => showPrepared("offline", event.target as Element));
}
