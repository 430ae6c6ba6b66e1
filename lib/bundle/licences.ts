import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
  const byText = new Map<string, string[]>();
  for (const folder of packagesIn(metafile)) {
    const { text, title } = licenceOf(join(root, folder));
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  const parts = [...byText].map(([text, titles]) => `${titles.join("\n")}\n\n${text}\n`);
  return ["Wireroom's function holds these packages.\n", ...parts].join(`\n${"-".repeat(80)}\n\n`);
}

function licenceOf(folder: string): { readonly text: string; readonly title: string } {
  const { name, version, license = "", author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const title = `${name} ${version} (${license})`;
  const enclosed = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)\b/i.test(file))
    .sort();
  if (enclosed.length > 0) return { text: enclosed.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n"), title };
  const holder = typeof author === "string" ? author : (author?.name ?? `the authors of ${name}`);
  const text = standard[license]?.(holder.replace(/ *<[^>]*>/, ""));
  if (text === undefined)
    throw new Error(`${title} does not include its licence. Put the text of "${license}" into lib/bundle/licences.ts.`);
  return { text, title };
}
