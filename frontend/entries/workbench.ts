// The review workbench: text and candidates, lit both ways, and everything by keyboard.
import { Workbench } from "../islands/workbench/workbench";

const root = document.getElementById("workbench");
const text = document.getElementById("wb-text");
const side = root?.querySelector<HTMLElement>(".wb__side");
if (root && text && side) new Workbench(root, text, side);
