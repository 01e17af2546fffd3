/* Builds what the browser gets: one stylesheet, one script, two fonts, into static/built/.
 *
 * Run after `npm ci` in the root: node src/idesluss/web/frame/build.mjs
 * Third-party parts come from node_modules at the versions pinned in package.json; the licences
 * that ask to travel with them are written beside them, in static/built/LICENCES.txt.
 */
import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "../../../../node_modules");
const built = join(here, "static/built");

/* Only the components that our pages use; each is one file of the design system. */
const COMPONENTS = [
  "alert", "breadcrumbs", "button", "card", "details", "divider", "error-summary", "field",
  "fieldset", "heading", "input", "label", "link", "list", "pagination", "paragraph", "skip-link",
  "table", "tag", "validation-message", "data-size-workaround",
];
const OWN = ["frame", "forms", "lock", "tables", "figures", "applying", "meeting", "handling", "work", "cases", "charts", "projects", "money", "screen", "doors", "sluice", "search", "reading", "print"];
const FONTS = { latin: "inter-latin-wght-normal.woff2", "latin-ext": "inter-latin-ext-wght-normal.woff2" };

const designsystemet = join(modules, "@digdir/designsystemet-css");
const inter = join(modules, "@fontsource-variable/inter");
const read = (...parts) => readFile(join(...parts), "utf8");

/* The design system's tokens without the two demonstration brands and without its own accent
 * colour, which default-theme.css (or the organisation's stylesheet) gives instead. */
function tokens(css) {
  return css
    .replace(/--ds-color-(accent|brand1|brand2)-[a-z-]+:#[^;}]*;?/g, "")
    .replace(/\[data-color-scheme\]\[data-color=brand\d\],\[data-color=brand\d\]\{[^}]*\}/g, "")
    .replace(/@layer ds\.theme\.typography\.secondary\{[^}]*\}\}?/g, "");
}

/* `.ds-x{…}` of a single component file belongs in the layer that index.css would put it in. */
const layered = (name, css) => `@layer ${name}{${css.replace(/@charset[^;]*;/g, "")}}`;

function fontFace(css, subset, file) {
  const block = css.split("@font-face").find((part) => part.includes(file));
  const range = block.match(/unicode-range:\s*([^;]+);/)[1];
  return `@font-face{font-family:Inter;font-style:normal;font-display:swap;font-weight:100 900;` +
    `src:url("inter-${subset}.woff2") format("woff2");unicode-range:${range}}`;
}

async function stylesheet() {
  const faces = await read(inter, "wght.css");
  const parts = ["@layer ds.theme,ds.base,ds.words,ds.components,app;"];
  for (const [subset, file] of Object.entries(FONTS)) parts.push(fontFace(faces, subset, file));
  parts.push(tokens(await read(designsystemet, "dist/theme/designsystemet.css")));
  parts.push(layered("ds.theme.brand", await read(here, "source/default-theme.css")));
  parts.push(layered("ds.base", await read(designsystemet, "dist/src/base.css")));
  parts.push(layered("ds.words", await read(here, "source/words.css")));
  for (const name of COMPONENTS) {
    parts.push(layered("ds.components", await read(designsystemet, `dist/src/${name}.css`)));
  }
  for (const name of OWN) parts.push(layered("app", await read(here, `source/${name}.css`)));
  return parts.join("\n");
}

async function main() {
  await rm(built, { recursive: true, force: true });
  await mkdir(built, { recursive: true });
  const common = { bundle: true, minify: true, write: true, legalComments: "none", logLevel: "warning" };
  await build({
    ...common,
    stdin: { contents: await stylesheet(), loader: "css", resolveDir: built },
    outfile: join(built, "frame.css"),
    external: ["*.woff2"],
    target: ["chrome117", "firefox117", "safari17"],
  });
  await build({
    ...common,
    entryPoints: [join(here, "source/frame.js")],
    outfile: join(built, "frame.js"),
    nodePaths: [modules],
    format: "iife",
    target: "es2022",
  });
  for (const [subset, file] of Object.entries(FONTS)) {
    await cp(join(inter, "files", file), join(built, `inter-${subset}.woff2`));
  }
  const licences = [
    ["Designsystemet (https://designsystemet.no)", await read(designsystemet, "LICENSE")],
    ["htmx (https://htmx.org)", await read(modules, "htmx.org/LICENSE")],
    ["Inter (https://rsms.me/inter)", await read(inter, "LICENSE")],
  ];
  await writeFile(
    join(built, "LICENCES.txt"),
    licences.map(([name, text]) => `${name}\n\n${text.trim()}\n`).join("\n----\n\n"),
  );
  for (const name of ["frame.css", "frame.js"]) {
    const bytes = await readFile(join(built, name));
    const small = brotliCompressSync(bytes);
    await writeFile(join(built, `${name}.br`), small);
    await writeFile(join(built, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    console.log(`${name} ${bytes.length} bytes, ${small.length} over the wire`);
  }
}

await main();
