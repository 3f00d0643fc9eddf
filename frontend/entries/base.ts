// On every page: htmx, dialogs, menus, the drawer, notices, keys. Everything hangs on data attributes; nothing is inline.
import "../styles/tokens.css";
import "../styles/base.scss";
import { listenToClicks } from "../parts/clicks";
import { listenToKeys } from "../parts/keys";
import { startHtmx } from "../parts/refusals";

import.meta.glob("../styles/pages/*.scss", { eager: true });

startHtmx();
listenToClicks();
listenToKeys();
