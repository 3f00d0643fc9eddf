// On every page: htmx, dialogs, menus, the drawer, notices, keys. Everything hangs on data attributes; nothing is inline.
import "../styles/tokens.css";
import "../styles/base.scss";
import "../styles/pages";
import "../styles/print.scss";
import { listenToClicks } from "../parts/clicks";
import { listenToKeys } from "../parts/keys";
import { startHtmx } from "../parts/refusals";

// On a narrow screen the row of tabs scrolls: the open one is in sight.
document.querySelectorAll<HTMLElement>(".tabs [aria-current]").forEach((tab) => {
  const row = tab.closest<HTMLElement>(".tabs");
  if (row) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
});

startHtmx();
listenToClicks();
listenToKeys();
