import MarkdownIt from "markdown-it";

/** The engine and its version, a part of the parser's fingerprint: another engine may make other bytes. */
export const MARKDOWN_ENGINE = "markdown-it 15.0.3";

/**
 * CommonMark, tables and strikethrough. Raw HTML passes: what comes out is made safe like any other HTML. Nesting beyond any
 * use is not followed.
 */
const engine = new MarkdownIt({ html: true, linkify: false, typographer: false });
engine.set({ maxNesting: 256 });

// The engine aligns cells by `style`, which no allow-list lets pass; the attribute says the same.
for (const rule of ["td_open", "th_open"]) {
  engine.renderer.rules[rule] = (tokens, index, options, _env, renderer) => {
    const token = tokens[index];
    const align = /^text-align:(left|center|right)$/.exec(String(token?.attrGet("style") ?? ""))?.[1];
    if (token !== undefined && align !== undefined) token.attrs = [["align", align]];
    return renderer.renderToken(tokens, index, options);
  };
}

export const markdownToHtml = (markdown: string): string => engine.render(markdown);
