// One entry per page that needs one; Django finds the built files through the manifest (lantu_web.templatetags.lantu).
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  base: "/static/built/",
  css: {
    preprocessorOptions: {
      // Bootstrap 5.3 still speaks the older Sass; our own files do not.
      scss: { quietDeps: true, silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"] },
    },
  },
  build: {
    outDir: here("../src/lantu_web/static/built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2020",
    cssTarget: ["chrome105", "edge105", "firefox110", "safari16"],
    rollupOptions: {
      input: { base: here("entries/base.ts"), workbench: here("entries/workbench.ts"), ledger: here("entries/ledger.ts"), task: here("entries/task.ts") },
    },
  },
});
