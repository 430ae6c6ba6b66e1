import type { MarkdownIt, StateCore, Token } from "markdown-it";

/** What a text with such an item holds; an attribute list may stand inside the brackets. */
const PERHAPS = /\[[ xX]\]|\{/;
const BOX = /^\[([ xX])\](?=[ \t])/;

/** Adds a box to items that begin with `[ ]` or `[x]` (GitHub Flavored Markdown, 5.3). */
export function useTaskLists(engine: MarkdownIt): void {
  engine.core.ruler.after("inline", "task-list", ({ src, tokens, Token: Made }: StateCore) => {
    if (!PERHAPS.test(src)) return;
    for (const [index, token] of tokens.entries()) {
      if (token.type !== "inline" || tokens[index - 1]?.type !== "paragraph_open" || tokens[index - 2]?.type !== "list_item_open") continue;
      const text = token.children?.[0];
      const box = text?.type === "text" ? BOX.exec(text.content)?.[1] : undefined;
      if (text === undefined || box === undefined) continue;
      text.content = text.content.slice(3);
      token.children?.unshift(boxOf(Made, box !== " "));
    }
  });
}

function boxOf(Made: typeof Token, checked: boolean): Token {
  const token = new Made("html_inline", "", 0);
  token.content = `<input type="checkbox" disabled${checked ? " checked" : ""}>`;
  return token;
}
