// One entry per page that needs one; Django finds the built files through the manifest (lantu_web.components.face).
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  base: "/static/built/",
  build: {
    outDir: here("../src/lantu_web/static/built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2020",
    rollupOptions: {
      input: { base: here("entries/base.ts"), workbench: here("entries/workbench.ts") },
    },
  },
});
