import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Metafile } from "esbuild";

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
};

/** Texts of licences that a package names but does not include. `holder` is the author according to the package. */
const standard: Readonly<Record<string, (holder: string) => string>> = {
  ISC: (holder) => `Copyright (c) ${holder}

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
  "MIT-0": (holder) => `Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
};

/** The folders of the packages in a bundle, from the top of the project; a package may occur in two versions. */
export function packagesIn({ outputs }: Metafile): readonly string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  return [...new Set(files.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))].sort();
}

/**
 * The licences of the bundled packages, each text once. They require it with every copy, and a bundle is a copy.
 * @throws Error for a package that neither includes its licence nor names one whose text is known.
 */
export function licencesOf(metafile: Metafile, root: string): string {
  const folders = packagesIn(metafile).map((folder) => homeOf(join(root, folder)));
  const packages = [...new Set(folders)].map(packageIn);
  const byText = Map.groupBy(packages, (one) => one.text ?? textFor(one, packages));
  const parts = [...byText].map(([text, all]) => `${all.map(({ title }) => title).join("\n")}\n\n${text}\n`);
  return ["Wireroom holds these packages.\n", ...parts].join(`\n${"-".repeat(80)}\n\n`);
}

/** A package may hold another in its own bundle, without its package.json: then the outer one's licence stands. */
function homeOf(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : homeOf(dirname(folder));
}

/** A bundled package; `text`: its licence, if it includes it. */
type Bundled = { readonly title: string; readonly licence: string; readonly holder: string; readonly text?: string };

function packageIn(folder: string): Bundled {
  const { name, version, license = "", author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const holder = typeof author === "string" ? author : (author?.name ?? `the authors of ${name}`);
  const bundled = { title: `${name} ${version} (${license})`, licence: license, holder: holder.replace(/ *<[^>]*>/, "") };
  const enclosed = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)\b/i.test(file))
    .sort();
  if (enclosed.length === 0) return bundled;
  return { ...bundled, text: enclosed.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n") };
}

/** The text of a package that names its licence alone: the text of the same people in another package, else the usual one. */
function textFor({ title, licence, holder }: Bundled, packages: readonly Bundled[]): string {
  const alike = packages.find((other) => other.text !== undefined && other.licence === licence && other.holder === holder);
  const text = alike?.text ?? standard[licence]?.(holder);
  if (text === undefined)
    throw new Error(`${title} does not include its licence. Put the text of "${licence}" into lib/bundle/licences.ts.`);
  return text;
}
