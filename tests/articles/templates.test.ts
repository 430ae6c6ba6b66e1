import { describe, expect, test } from "vitest";
import { articleOf, codesOf } from "./a-newsroom.ts";

const written = (markdown: string): string => `---\ntitle: T\n---\n${markdown}`;
const bodyOf = (markdown: string): string => articleOf("a.md", written(markdown)).html;

describe("tags of a site's generator in Markdown", () => {
  test.each([
    [
      "Hugo's picture",
      '{{< figure src="/a.png" alt="A" caption="A & B" >}}',
      '<figure><img src="https://wire.example/a.png" alt="A"><figcaption>A &amp; B</figcaption></figure>',
    ],
    [
      "Hugo's picture on several lines",
      '{{< figure\n  src="/a.png"\n>}}',
      '<figure><img src="https://wire.example/a.png" alt=""></figure>',
    ],
    [
      "code by a tag of Jekyll",
      "{% highlight ruby linenos %}\n{% x %}\n{% endhighlight %}\n\nb",
      '<pre><code class="language-ruby">{% x %}\n</code></pre>\n<p>b</p>',
    ],
    [
      "code by a tag of Hugo",
      '{{< highlight go "linenos=true" >}}\na\n{{< /highlight >}}',
      '<pre><code class="language-go">a\n</code></pre>',
    ],
    [
      "the site's address",
      "![i]({{ site.baseurl }}/a.png) [x]({{ site.url }}/b)",
      '<p><img src="https://wire.example/a.png" alt="i"> <a href="https://wire.example/b">x</a></p>',
    ],
    ["a path by a filter", '[x]({{ "/b" | relative_url }})', '<p><a href="https://wire.example/b">x</a></p>'],
    ["what is shown as it is", "{% raw %}{{ x }}{% endraw %}", "<p>{{ x }}</p>"],
    ["a tag that Hugo shows", "{{</* ref x */>}}", "<p>{{&lt; ref x >}}</p>"],
    ["imports at the top", "import A from './a';\nimport B from \"./b\"\n\nText.", "<p>Text.</p>"],
    ["imports further down, which are text", "Text.\n\nimport A from './a';", "<p>Text.</p>\n<p>import A from './a';</p>"],
    ["a comment of MDX", "{/* truncate */}\n\nText.", "<p>Text.</p>"],
    ["a box of Docusaurus", ":::note[Mind]\n\nText.\n\n:::", "<p><strong>Mind</strong></p>\n<p>Text.</p>"],
    [
      "code, which stays",
      "`{% x %}` ``{{< y >}}``\n\n```\n{% z %}\n:::\n```",
      "<p><code>{% x %}</code> <code>{{&lt; y >}}</code></p>\n<pre><code>{% z %}\n:::\n</code></pre>",
    ],
    ["expressions, which stay", "{{ page.title }} and {{x}}", "<p>{{ page.title }} and {{x}}</p>"],
    ["a tag that is never closed, which is text", "a {% b", "<p>a {% b</p>"],
  ])("%s", (_, markdown, html) => {
    expect(bodyOf(markdown)).toBe(html);
    expect(codesOf("a.md", written(markdown))).toEqual([]);
  });

  test("a film becomes what a frame with it becomes", () => {
    const link = '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">';
    expect(bodyOf("{{< youtube dQw4w9WgXcQ >}}")).toContain(link);
    expect(bodyOf('{{< youtube id="dQw4w9WgXcQ" >}}')).toContain(link);
    expect(bodyOf("{% youtube dQw4w9WgXcQ %}")).toContain(link);
  });

  test.each([
    ["a word about it", "a {{< tweet 1 >}} b", "<p>a  b</p>", ["template-dropped"]],
    ["what stands between", "{{% notice tip %}}\n**a**\n{{% /notice %}}", "<p><strong>a</strong></p>", ["template-dropped"]],
    ["a link to a page that only the site knows", '[x]({{< ref "b.md" >}})', "<p><a>x</a></p>", ["template-dropped", "link-dropped"]],
    ["markup in what a tag says", '{{< figure src="\\" onerror=x" alt="<script>" >}}', undefined, []],
  ])("%s: others are left out, with a notice", (_, markdown, html, codes) => {
    if (html !== undefined) expect(bodyOf(markdown)).toBe(html);
    expect(codesOf("a.md", written(markdown))).toEqual(codes);
    expect(bodyOf(markdown)).not.toMatch(/ onerror=|<script/);
  });

  test("by the hundred thousand take no time", () => {
    for (const part of [
      "{{<",
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
});
