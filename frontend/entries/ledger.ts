// The ledger: a grid that is worked in by keyboard, rows chosen for a bulk change, lists that are narrowed down, addresses without empty words.
import { listenToBulk } from "../islands/ledger/bulk";
import { listenToFinding } from "../islands/ledger/finding";
import { listenToGrid } from "../islands/ledger/grid";
import { listenToPicking } from "../islands/ledger/picking";
import { listenToSaving } from "../islands/ledger/saving";

listenToGrid();
listenToBulk();
listenToFinding();
listenToPicking();
listenToSaving();
