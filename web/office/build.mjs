// Writes dist/: the style sheet, the scripts, the letters and the icons of the office, each with its digest and compressed, and
// `files.txt`, which names them for the office's build script. `cargo x assets` calls it when something of what it reads has changed.
//
//     node build.mjs
//
// Nothing of others' lies in the repository: it comes from the packages that package-lock.json pins, is copied unchanged where its
// licence asks for it (letters, htmx), and its notices are copied along.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as sass from "sass";

const HERE = import.meta.dirname;
const MODULES = join(HERE, "node_modules");
const KRDS = join(MODULES, "krds-uiux", "resources");
const LETTERS = join(MODULES, "pretendard-gov", "dist", "web", "variable");
const DIST = join(HERE, "dist");

const MEDIA = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

for (const name of readdirSync(DIST)) if (name !== ".gitignore") rmSync(join(DIST, name), { recursive: true });
const written = [];

/** Writes a file of dist/ and gives the address under which the office serves it. */
function write(name, bytes) {
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const at = join(DIST, name);
  mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, bytes);
  const kind = extname(name);
  const encodings = [];
  // Letters are compressed already.
  if (kind !== ".woff2") {
    writeFileSync(`${at}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${at}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
    encodings.push("gz", "br");
  }
  written.push([name, MEDIA[kind], digest, encodings.join(",")].join("\t"));
  return `/assets/${digest}/${name}`;
}

// Letters: the author's own subset files, unchanged (they may not be cut anew under their name), and the author's own table of which
// file holds which characters.
const table = readFileSync(join(LETTERS, "pretendardvariable-gov-dynamic-subset.css"), "utf8");
const letters = table
  .replace(/url\(\.\/woff2-dynamic-subset\/([^)]+)\)/g, (_, file) => {
    return `url(${write(`letters/${file}`, readFileSync(join(LETTERS, "woff2-dynamic-subset", file)))})`;
  })
  .replaceAll(/\/\*[^]*?\*\//g, "")
  .replaceAll(/\s*([{};:,])\s*/g, "$1")
  .trim();
write("letters.css", Buffer.from(letters));

// The style sheet.
const tokens = readFileSync(join(KRDS, "css", "token", "krds_tokens.css"), "utf8");
const named = (mode) => new Set([...tokens.matchAll(new RegExp(`--krds-${mode}-([a-z0-9-]+):`, "g"))].map(([, name]) => name));
const twins = [...named("light")].filter((name) => named("high-contrast").has(name));
const source = `$url: "krds"; $twins: (${twins.map((name) => JSON.stringify(name)).join(", ")}); @import "office";`;
const { css } = sass.compileString(source, {
  loadPaths: [join(HERE, "style"), KRDS],
  style: "compressed",
  // KRDS is written for @import and fails with @use; sass is pinned to the last major version that has it.
  silenceDeprecations: ["import", "global-builtin"],
  quietDeps: true,
});
const icons = new Map();
const linked = css.replaceAll(/url\("?krds\/img\/component\/icon\/([a-z0-9_]+\.svg)"?\)/gi, (_, file) => {
  if (!icons.has(file)) icons.set(file, write(`icon/${file}`, readFileSync(join(KRDS, "img", "component", "icon", file))));
  return `url(${icons.get(file)})`;
});
const style = pruned(linked);
if (/https?:/.test(style)) throw new Error("the style sheet leads elsewhere");
write("office.css", Buffer.from(style));

/** Without the custom properties of KRDS that nothing reads: most of its tokens. */
function pruned(css) {
  for (let before = -1; before !== css.length; ) {
    before = css.length;
    const read = new Set([...css.matchAll(/var\((--krds-[\w-]+)/g)].map(([, name]) => name));
    css = css.replaceAll(/(--krds-[\w-]+):[^;{}]*(;|(?=\}))/g, (whole, name) => (read.has(name) ? whole : ""));
  }
  return css.replaceAll(/[^{}]+\{\}/g, "");
}

// Scripts: htmx as its author built it, and our own as they are.
const htmx = join(MODULES, "htmx.org");
write("htmx.min.js", readFileSync(join(htmx, "dist", "htmx.min.js")));
for (const name of readdirSync(join(HERE, "script")).filter((name) => name.endsWith(".js")).sort()) {
  write(name, readFileSync(join(HERE, "script", name)));
}

write("mark.svg", readFileSync(join(HERE, "mark.svg")));

// Notices, shown on the office's page about itself.
const version = (name) => JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8")).version;
write("notices/htmx.txt", Buffer.from(`htmx ${version("htmx.org")}\n\n${readFileSync(join(htmx, "LICENSE"), "utf8")}`));
write(
  "notices/pretendard-gov.txt",
  Buffer.from(
    `Pretendard GOV ${version("pretendard-gov")}, the variable dynamic subset, unchanged\n\n` +
      readFileSync(join(MODULES, "pretendard-gov", "dist", "LICENSE.txt"), "utf8"),
  ),
);
write(
  "notices/krds.txt",
  Buffer.from(
    `krds-uiux ${version("krds-uiux")}\n\n` +
      "대한민국 디지털 정부 디자인 시스템(KRDS)의 디자인 토큰, 아이콘과 일부 SCSS를 사용합니다. 패키지의 package.json은 ISC를, README는 KRDS 이용약관을 말합니다.\n" +
      "Design tokens, icons and some SCSS of the Korea Design System for digital government are used. The package's package.json says ISC, its README the terms of use of KRDS.\n" +
      "https://www.krds.go.kr/html/site/utility/utility_06.html\n\n" +
      `${readFileSync(join(MODULES, "krds-uiux", "README.md"), "utf8")}`,
  ),
);

writeFileSync(join(DIST, "files.txt"), written.sort().join("\n") + "\n");
const size = (name) => readFileSync(join(DIST, `${name}.br`)).length;
const shown = ["office.css", "letters.css", "htmx.min.js"].map((name) => `${name} ${size(name)}`);
console.log(`dist: ${written.length} files; compressed: ${shown.join(", ")} bytes`);
