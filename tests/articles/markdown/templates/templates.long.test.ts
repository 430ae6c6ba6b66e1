import { expect, test } from "vitest";
import { codesOf } from "../../a-newsroom.ts";

const written = (markdown: string): string => `---\ntitle: T\n---\n${markdown}`;

test("template tags by the hundred thousand are read", () => {
  for (const part of [
    "{{<",
    "<%",
    "<% if x %>",
    "{%",
    "{% x %}",
    "`{%`",
    "{{ site.url",
    ":::",
    "{/*",
    "{% highlight x %}\n",
    "\n",
    "\n:::",
    " :::",
    "\n \t",
  ]) {
    expect(codesOf("a.md", written(part.repeat(100_000)))).toBeDefined();
  }
});
