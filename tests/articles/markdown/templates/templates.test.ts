import { describe, expect, test } from "vitest";
import { articleOf, codesOf, findingsOf, parsed } from "../../a-newsroom.ts";

const written = (markdown: string): string => `---\ntitle: T\n---\n${markdown}`;
const CODE = "<p><code>&lt;%= a %></code></p>\n<pre><code>&lt;% b %>\n</code></pre>\n<pre>&lt;% c %></pre>";
const bodyOf = (markdown: string): string => articleOf("a.md", written(markdown)).html;

describe("template tags in Markdown", () => {
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
      "a picture by Zola's call",
      '{{ image(src="/a.png", alt="A", size=2) }}',
      '<figure><img src="https://wire.example/a.png" alt="A"></figure>',
    ],
    ["a sound", '{{< audio src="/a.m4a" >}}', '<p><audio controls src="https://wire.example/a.m4a"></audio></p>'],
    [
      "code in a Jekyll tag",
      "{% highlight ruby linenos %}\n{% x %}\n{% endhighlight %}\n\nb",
      '<pre><code class="language-ruby">{% x %}\n</code></pre>\n<p>b</p>',
    ],
    ["code in a Hugo tag", '{{< highlight go "linenos=true" >}}\na\n{{< /highlight >}}', '<pre><code class="language-go">a\n</code></pre>'],
    [
      "the site's address",
      "![i]({{ site.baseurl }}/a.png) [x]({{ site.url }}/b)",
      '<p><img src="https://wire.example/a.png" alt="i"> <a href="https://wire.example/b">x</a></p>',
    ],
    ["a path from a filter", '[x]({{ "/b" | relative_url }})', '<p><a href="https://wire.example/b">x</a></p>'],
    ["literal text", "{% raw %}{{ x }}{% endraw %}", "<p><code>{{ x }}</code></p>"],
    [
      "code in literal text",
      "{% raw %}`{{ x }}`\n\n```\n{% y %}\n```\n{% endraw %}",
      "<p><code>{{ x }}</code></p>\n<pre><code>{% y %}\n</code></pre>",
    ],
    ["a tag that Hugo shows literally", "{{</* ref x */>}}", "<p><code>{{&lt; ref x >}}</code></p>"],
    ["a literal that holds a tag", '{{ "{% include x %}" }}', "<p><code>{% include x %}</code></p>"],
    ["imports further down, which are text", "Text.\n\nimport A from './a';", "<p>Text.</p>\n<p>import A from './a';</p>"],
    ["an MDX comment", "{/* truncate */}\n\nText.", "<p>Text.</p>"],
    [
      "a path from Eleventy's filter",
      '![i]({{ "/a b.png" | url }}) [x]({{ site.url }}{{ site.baseurl }}/b)',
      '<p><img src="https://wire.example/a%20b.png" alt="i"> <a href="https://wire.example/b">x</a></p>',
    ],
    [
      "Eleventy's picture",
      '{% image "a.jpg", "The alt", "(min-width: 30em) 50vw" %}',
      '<figure><img src="https://wire.example/a.jpg" alt="The alt"></figure>',
    ],
    [
      "a picture in a Jekyll include, and one inside a line",
      '{% include figure.html src="/b.png" caption="B" %}\n\na {% img left /c.png 350 %} b',
      '<figure><img src="https://wire.example/b.png" alt=""><figcaption>B</figcaption></figure>\n<p>a <img src="https://wire.example/c.png" alt=""> b</p>',
    ],
    [
      "code in a tag in a list",
      "- a\n  {% highlight ruby %}\nb\n  {% endhighlight %}\n- c",
      '<ul>\n<li>a<pre><code class="language-ruby">b\n</code></pre>\n</li>\n<li>c</li>\n</ul>',
    ],
    [
      "code in a tag in HTML, with an empty line and raw text",
      "<div>\n{% highlight liquid %}{% raw %}\n{{ a }}\n\n<b>\n{% endraw %}{% endhighlight %}\n</div>",
      '<div>\n<pre><code class="language-liquid">{{ a }}\n\n&lt;b>\n</code></pre>\n</div>',
    ],
    ["a literal address with a tag, without the link", '{% raw %}<a href="{{ a }}">b</a>{% endraw %}', "<p><a>b</a></p>"],
    [
      "an admonition in a Hugo tag",
      '{{< notice warning "Mind" >}}\n**a**\n{{< /notice >}}',
      "<blockquote>\n<p><strong>Mind</strong></p>\n<p><strong>a</strong></p>\n</blockquote>",
    ],
    [
      "an admonition in a Hexo tag, in a list",
      "- {% note info %}a{% endnote %}",
      "<ul>\n<li>\n<blockquote>\n<p><strong>Info</strong></p>\n<p>a</p>\n</blockquote>\n</li>\n</ul>",
    ],
    [
      "code, which stays",
      "`{% x %}` ``{{< y >}}``\n\n```\n{% z %}\n:::\n```",
      "<p><code>{% x %}</code> <code>{{&lt; y >}}</code></p>\n<pre><code>{% z %}\n:::\n</code></pre>",
    ],
    [
      "code of several lines, indented, and in HTML",
      "`{% a\nb %}`\n\n    {{ x }}\n\n<pre>{{ y }}</pre>",
      "<p><code>{% a b %}</code></p>\n<pre><code>{{ x }}\n</code></pre>\n<pre>{{ y }}</pre>",
    ],
    ["braces of a formula", "$\\frac{{a}}{{b}}$", "<p>$\\frac{{a}}{{b}}$</p>"],
    ["signs in prose, as code", "{{ }} and {#if x} and a:::b", "<p><code>{{ }}</code> and <code>{#if x}</code> and <code>a:::b</code></p>"],
  ])("%s", (_, markdown, html) => {
    expect(bodyOf(markdown)).toBe(html);
    expect(codesOf("a.md", written(markdown))).toEqual([]);
  });

  test("a video becomes what its frame would become", () => {
    const link = '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">';
    expect(bodyOf("{{< youtube dQw4w9WgXcQ >}}")).toContain(link);
    expect(bodyOf('{{< youtube id="dQw4w9WgXcQ" >}}')).toContain(link);
    expect(bodyOf("{% youtube dQw4w9WgXcQ %}")).toContain(link);
  });

  test.each([
    ["an embedded post", "a {{< tweet 1 >}} b", "<p>a  b</p>", ["template-dropped"]],
    ["tags around Markdown", "{{% columns %}}\n**a**\n{{% /columns %}}", "<p><strong>a</strong></p>", ["template-dropped"]],
    ["a link to a page that only the site knows", "[x]({{ page.next }})", "<p><a>x</a></p>", ["template-dropped"]],
    ["imports at the top", "import A from './a';\nimport B from \"./b\"\n\nText.", "<p>Text.</p>", ["template-dropped"]],
    ["a value", "{{ page.title }} and {{x}}", "<p>and</p>", ["template-dropped"]],
    ["an address with an unknown part", "[x]({{ docs.url }}/a) b", "<p><a>x</a> b</p>", ["template-dropped"]],
    ["a loop", "{% for p in posts %}\n- {{ p.title }}\n{% endfor %}\n\na", "<p>a</p>", ["template-dropped"]],
    ["an unclosed tag", "a {% b", "<p>a <code>{%</code> b</p>", ["template-unclosed"]],
    ["markup in a tag's values", '{{< figure src="\\" onerror=x" alt="<script>" >}}', undefined, []],
  ])("%s: other tags are left out, with a notice", (_, markdown, html, codes) => {
    if (html !== undefined) expect(bodyOf(markdown)).toBe(html);
    expect(codesOf("a.md", written(markdown))).toEqual(codes);
    expect(bodyOf(markdown)).not.toMatch(/ onerror=|<script/);
  });

  test.each([
    ["of Liquid", "a{% comment %}\nsecret\n```\n{% endcomment %}b"],
    ["in a Liquid tag", "a{% # secret %}b"],
    ["of Hugo", "a{{< comment >}}secret{{< /comment >}}b"],
    ["of Go", "a{{/* secret */}}b"],
    ["of Nunjucks", "a{# secret\n}} secret #}b"],
    ["of Handlebars", "a{{!-- secret }} --}}b"],
    ["of kramdown", "a{::comment}secret{:/comment}b"],
    ["of MDX", "a{/* secret { x } } */}b"],
    ["under a false condition", "a{% if false %}secret{% if x %}secret{% endif %}secret{% endif %}b"],
    ["under a false unless", "a{% unless true %}secret{% endunless %}b"],
    ["if zero equals one", "a{% if 0 == 1 and page.x %}secret{% endif %}b"],
    ["in the else of a true condition", "{% if true %}a{% else %}secret{% endif %}b"],
  ])("a comment %s is never published", (_, markdown) => {
    for (const key of ["a.md", "a.html"]) {
      if (key === "a.html" && /\{(?:::|\/)/.test(markdown)) continue;
      const { html, summary } = articleOf(key, written(markdown));
      expect(html.replace(/<\/?p>/g, "").replace(/\s/g, "")).toBe("ab");
      expect(summary).not.toContain("secret");
    }
    expect(codesOf("a.md", written(markdown))).toEqual([]);
  });

  test("an Obsidian comment is never published, and a notice quotes it", () => {
    const markdown = "a %%secret%% b 100%% sure, 50%% not\n\n%%\nsecret\n\nsecret\n%%\n\nc";
    expect(bodyOf(markdown)).toBe("<p>a  b 100%% sure, 50%% not</p>\n<p>c</p>");
    expect(codesOf("a.md", written(markdown))).toEqual(["comment-dropped"]);
  });

  test("a Nunjucks comment over a blank line must begin a line, and a notice quotes it", () => {
    expect(bodyOf("a\n\n{# secret\n\nsecret #}\n\nb")).toBe("<p>a</p>\n<p>b</p>");
    expect(codesOf("a.md", written("a\n\n{# secret\n\nsecret #}\n\nb"))).toEqual(["comment-dropped"]);
    const spoken = "Use \u0024{#array[@]} and Jinja2's {# comment sign.\n\nHalf way.\n\nC# and F#} are languages.";
    expect(bodyOf(spoken)).toContain("<p>Half way.</p>\n<p>C# and F#} are languages.</p>");
    expect(codesOf("a.md", written(spoken))).toEqual(["template-unclosed"]);
    expect(bodyOf("Use \u0024{#array[@]} and F#} here.")).toContain("and F#} here.");
  });

  test("a notice says how much text a loop removed; a loop without arguments is text", () => {
    const [finding] = findingsOf(parsed("a.md", written("a {{ x }}\n\n{% for p in posts %}\n\nWords.\n\n{% endfor %}")));
    expect(finding?.message).toContain('"{{ x }}" and the text from "{% for p in posts %}" up to "{% endfor %}".');
    const [alone] = findingsOf(parsed("a.md", written("a\n\n{% for p in posts %}\n\nWords.\n\n{% endfor %}")));
    expect(alone?.message).toContain('"{% for p in posts %}" and the text up to "{% endfor %}".');
    expect(bodyOf("The tag {% for %} begins.\n\nHalf way.\n\nThe tag {% endfor %} ends.")).toContain("<p>Half way.</p>");
  });

  test.each([
    ["a value", "a <%= page.title %> b", "<p>a  b</p>", ["template-dropped"]],
    ["a literal", 'a <%= "b" %> <%- "c" -%>', "<p>a b c</p>", []],
    ["a picture", '<%= image_tag "/a.png", alt: "A" %>', '<figure><img src="https://wire.example/a.png" alt="A"></figure>', []],
    ["a link", '<%= link_to "a & b", "/c" %>', '<p><a href="https://wire.example/c">a &amp; b</a></p>', []],
    ["an address", '<a href="<%= x %>/b">c</a>', "<p><a>c</a></p>", ["template-dropped"]],
    ["the site's address", "[c](<%= site.url %>/b)", '<p><a href="https://wire.example/b">c</a></p>', []],
    ["a comment", "a<%# secret %>b<%-- secret --%><% /* secret */ %><% // secret %>", "<p>ab</p>", []],
    ["a false condition", "a<% if false %>secret<% else %>b<% end %>", "<p>ab</p>", []],
    ["a false condition of EJS", "a<% if (false) { %>secret<% } else { %>b<% } %>", "<p>ab</p>", []],
    ["another condition", "<% if x.y? %>a<% elsif false %>no<% else %>b<% end %>", "<p>ab</p>", ["template-condition"]],
    ["a loop", "a<% posts.each do |p| %>x<%= p %>y<% end %>b", "<p>ab</p>", ["template-dropped"]],
    ["a loop of EJS", "a<% posts.forEach(function(p) { %>x<% if (p) { %>y<% } %><% }) %>b", "<p>ab</p>", ["template-dropped"]],
    ["a block", "a <%= form_for x do |f| %>b<% end %>", "<p>a b</p>", ["template-dropped"]],
    ["code", "`<%= a %>`\n\n    <% b %>\n\n<pre><% c %></pre>", CODE, []],
    ["an escaped sign", "a \\<%= b %\\> c", "<p>a &lt;%= b %> c</p>", []],
    ["an unclosed tag", "a <% b", "<p>a &lt;% b</p>", ["template-unclosed"]],
  ])("treats %s of ERB and EJS like other templates", (_, markdown, html, codes) => {
    expect(bodyOf(markdown)).toBe(html);
    expect(codesOf("a.md", written(markdown))).toEqual(codes);
    expect(articleOf("a.html", written(`<p>a</p>${markdown}`)).html).not.toContain("secret");
  });

  test("imports have their own notice", () => {
    const text = "import A from './a';\n\n{{ b }} {{ c }}\n\n<A x={1} /> d";
    expect(findingsOf(parsed("a.md", written(text))).map(({ message }) => message)).toEqual([
      '3 template tags cannot run in a feed and were left out: "{{ b }}".',
      "A JavaScript import or export cannot run in a feed and was left out: \"import A from './a';\".",
    ]);
  });

  test("publishes the content of any other condition, with a notice", () => {
    const markdown = "{% if page.x %}a{% elsif false %}no{% else %}b{% endif %}";
    expect(bodyOf(markdown)).toBe("<p>ab</p>");
    expect(findingsOf(parsed("a.md", written(markdown)))).toEqual([
      expect.objectContaining({ code: "template-condition", line: 4, message: expect.stringContaining("{% if page.x %}") }),
    ]);
  });

  test("an unclosed comment hides what follows, with a notice; one in prose hides nothing", () => {
    for (const opening of ["{% comment %}", "{% if false %}", "{::comment}"]) {
      expect(bodyOf(`a\n\n${opening}\n\nsecret`)).toBe("<p>a</p>");
      expect(findingsOf(parsed("a.md", written(`a\n\n${opening}\n\nsecret`)))).toEqual([
        expect.objectContaining({ code: "comment-unclosed", line: 6, message: expect.not.stringContaining("secret") }),
      ]);
    }
    expect(bodyOf("The tag {% comment %} hides.\n\nb")).toBe("<p>The tag  hides.</p>\n<p>b</p>");
    expect(codesOf("a.md", written("The tag {% comment %} hides.\n\nb"))).toEqual(["template-dropped"]);
    expect(bodyOf("The tag {::comment} hides.\n\nb")).toContain("hides.</p>\n<p>b</p>");
    expect(codesOf("a.md", written("The tag {::comment} hides.\n\nb"))).toEqual(["template-unclosed"]);
  });

  test.each([
    ["{% comment %}", "{% endcomment %}"],
    ["{{< comment >}}", "{{< /comment >}}"],
    ["{{/*", "*/}}"],
    ["{{!--", "--}}"],
    ["{::comment}", "{:/comment}"],
    ["{#", "#}"],
    ["{/*", "*/}"],
    ["{% if false %}", "{% endif %}"],
    ["{% for p in posts %}", "{% endfor %}"],
    ["{% unless true %}", "{% endunless %}"],
  ])("%s and %s in the prose of two paragraphs hide nothing between them", (begin, end) => {
    const spoken = written(`The sign ${begin} begins one.\n\nHalf way.\n\nThe sign ${end} ends it.`);
    const { html } = articleOf("a.md", spoken);
    for (const words of ["begins one.</p>", "<p>Half way.</p>", "ends it.</p>"]) expect(html).toContain(words);
    expect(codesOf("a.md", spoken)).toHaveLength(begin === "{/*" ? 0 : 1);
    const meant = written(`One.\n\n${begin}\n\nsecret\n\n${end}\n\nTwo ${begin} secret\n\nsecret. ${end}`);
    expect(articleOf("a.md", meant).html).not.toContain("<p>secret</p>");
  });

  test("comment signs in two sentences of one paragraph remove the text between them, with a notice", () => {
    const spoken = written("The sign {% comment %} begins one. The sign {% endcomment %} ends it.");
    expect(articleOf("a.md", spoken).html).toBe("<p>The sign  ends it.</p>");
    expect(codesOf("a.md", spoken)).toEqual(["comment-dropped"]);
    expect(codesOf("a.md", written("We meet {% comment %} ask Bob {% endcomment %} on Monday."))).toEqual([]);
  });

  test("treats HTML files alike", () => {
    const html = `<p><a href="{{ '/b' | relative_url }}">b</a> <code>{{ c }}</code>{{ d }}<a href="{{ e }}/f">g</a>{% x %}</p>`;
    expect(articleOf("a.html", written(html)).html).toBe('<p><a href="https://wire.example/b">b</a> <code>{{ c }}</code><a>g</a></p>');
    expect(codesOf("a.html", written(html))).toEqual(["template-dropped"]);
  });

  test("titles and summaries from the text lose signs and keep words", () => {
    const { title, summary, html } = articleOf("a.md", "# Use `{{ x }}`\n\nIn `{% raw %}` [a](/b) `[[UID]]` `List[List[A]]`.");
    expect([title, summary]).toEqual(["Use x", "In raw a UID List[List[A]]."]);
    expect(html).toContain("<code>{% raw %}</code>");
  });

  test("titles and summaries from front matter lose signs and keep words", () => {
    const file = (title: string): string => `---\ntitle: '${title}'\nsummary: '${title}'\n---\n\n# H\n\nText.`;
    for (const [given, shown, codes] of [
      ["News of {{ site.name }}", "News of", ["template-dropped", "template-dropped"]],
      ["Using {{ }} and {# in Vue", "Using and # in Vue", []],
      ["About [[nodiscard]] and [[Note|a note]]", "About nodiscard and a note", []],
      ["How it is done {#how}", "How it is done", []],
    ] as const) {
      const { title, summary } = articleOf("a.md", file(given));
      expect([title, summary]).toEqual([shown, shown]);
      expect(codesOf("a.md", file(given))).toEqual(codes);
    }
    expect(articleOf("a.md", file("{{ title }}")).title).toBe("H");
  });

  test.each([
    "{{ x",
    "{% comment %}",
    "{% if x %}",
    "{% if false %}\n",
    "{% if x %}{% else %}",
    "{#",
    "{::comment}",
    "{/* {",
    "<A b={",
    "<A>",
    "{: .note}\n",
    "[[a",
    "![[",
    ":::note\n",
    "!!! note\n    ",
    "> [!NOTE]\n",
    "%%",
    "$",
    "a ^b\n\n",
    "import {",
  ])("thousands of %j stay within bounds", (part) => {
    for (const key of ["a.md", "a.mdx"]) expect(codesOf(key, written(part.repeat(5_000)))).toBeDefined();
  });
});
