/**
 * The one style of all pages. Text has a contrast of 7:1 in both color schemes (WCAG 2.2, 1.4.6), edges 3:1; logical properties
 * mirror a page for languages written right to left. System fonts without serifs, because fonts with serifs often lack the
 * letters of Kazakh.
 */
export const STYLE = `:root { color-scheme: light dark; --ink: #1d1b18; --paper: #fffdfa; --card: #f5f2ec; --faint: #504b43; --line: #ddd7cc; --edge: #7d7568; --link: #0a4a85; }
@media (prefers-color-scheme: dark) { :root { --ink: #edeae4; --paper: #161513; --card: #211f1c; --faint: #bdb7ac; --line: #3a3731; --edge: #918a7d; --link: #a3cdf7; } }
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { max-inline-size: 70rem; margin-inline: auto; padding: clamp(1.25rem, 4vw, 3rem) clamp(1rem, 4vw, 3rem); color: var(--ink); background: var(--paper); font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
body:lang(zh), [lang|="zh"] { line-height: 1.75; }
body:lang(ar), [lang|="ar"] { line-height: 1.85; }
:is(em, i, cite):is(:lang(ar), :lang(zh)) { font-style: normal; font-weight: 600; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
:is(h1, h2, h3):lang(ar), :is(h1, h2, h3):lang(zh) { line-height: 1.4; }
h1 { margin-block: 0 0.5rem; font-size: clamp(1.75rem, 1.35rem + 2vw, 2.625rem); }
h2 { margin-block: 0 0.75rem; font-size: 1.25rem; }
h3 { margin-block: 0 0.25rem; font-size: 1.125rem; }
p { margin-block: 0 0.75rem; text-wrap: pretty; }
a { color: var(--link); text-decoration-thickness: 0.08em; text-underline-offset: 0.18em; }
h3 a { color: inherit; text-decoration-thickness: 0.06em; text-decoration-color: var(--edge); }
a:hover { text-decoration-thickness: 0.16em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
ul { margin: 0; padding: 0; list-style: none; }
.mast { margin-block-end: 2.5rem; padding-block-end: 1.5rem; border-block-end: 1px solid var(--line); }
.mast p, .faint, time, footer { color: var(--faint); }
.mast p { max-inline-size: 44rem; margin-block-end: 0.25rem; }
.faint, time, footer { font-size: 0.9375rem; }
.card { margin-block-end: 2.5rem; padding: 1.25rem; background: var(--card); border-radius: 0.75rem; }
.card > :last-child, article > :last-child { margin-block-end: 0; }
dl { margin: 0; }
dt { font-weight: 600; }
dd { margin: 0.25rem 0 0.75rem; }
code, pre, textarea { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.875rem; line-height: 1.5; }
.copy { display: flex; align-items: stretch; background: var(--paper); border: 1px solid var(--edge); border-radius: 0.375rem; }
.copy code { flex: 1; padding: 0.375rem 0.5rem; font-size: 0.8125rem; user-select: all; }
.copy button { padding: 0.25rem 0.625rem; color: var(--link); background: none; border: 0; border-inline-start: 1px solid var(--edge); font: inherit; font-size: 0.875rem; cursor: pointer; }
.name { display: flex; align-items: center; gap: 0.75rem; }
.name > * { margin-block: 0; }
.logo { block-size: 2.5rem; inline-size: auto; }
.mast .name + p { margin-block-start: 0.5rem; }
.thumb { float: inline-end; inline-size: 6.5rem; block-size: auto; aspect-ratio: 4 / 3; margin-block: 0.25rem 0.5rem; margin-inline-start: 1rem; object-fit: cover; border-radius: 0.375rem; }
.list > article::after { content: ""; display: block; clear: both; }
summary { min-block-size: 1.5rem; font-weight: 600; cursor: pointer; }
details > * + p { margin-block-start: 0.5rem; }
textarea { display: block; inline-size: 100%; padding: 0.5rem 0.625rem; color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: 0.375rem; resize: vertical; }
.list > article { padding-block: 1.125rem; border-block-start: 1px solid var(--line); }
.list > article p { margin-block: 0.25rem 0; }
.feeds { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: 1.5rem 2rem; margin-block-end: 1.5rem; }
.feeds > section { min-inline-size: 0; padding-block-start: 0.875rem; border-block-start: 1px solid var(--line); }
.feeds p { margin-block: 0.25rem 0.5rem; }
.row { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
.row a { display: inline-block; min-block-size: 1.5rem; }
footer { margin-block-start: 3rem; padding-block-start: 1.25rem; border-block-start: 1px solid var(--line); }
@media (min-width: 60rem) {
  .split { display: grid; grid-template-columns: minmax(0, 1fr) 23rem; gap: 0 4rem; align-items: start; margin-block-end: 2.5rem; }
  .split > .card { grid-column: 2; grid-row: 1; }
  .split > .list { grid-column: 1; grid-row: 1; }
}
.story { max-inline-size: 42rem; margin-inline: auto; }
.story .mast { margin-block-end: 2rem; padding-block-end: 0.75rem; }
.story article { margin-block-end: 2rem; }
.story h1 { margin-block-end: 0.75rem; }
.byline { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin-block-end: 1.75rem; color: var(--faint); font-size: 0.9375rem; }
.byline p { margin: 0; }
.body { margin-block-end: 2rem; font-size: 1.125rem; }
.body :is(h1, h2, h3, h4, h5, h6) { margin-block: 2rem 0.5rem; font-size: 1.25rem; }
.body :is(p, ul, ol, dl, figure, blockquote, pre, table) { margin-block: 0 1.125rem; }
.body :is(ul, ol) { padding-inline-start: 1.5rem; list-style: revert; }
.body blockquote { margin-inline: 0; padding-inline-start: 1.25rem; border-inline-start: 3px solid var(--edge); }
.body :is(img, video, iframe) { max-inline-size: 100%; block-size: auto; border-radius: 0.375rem; }
.body iframe { inline-size: 100%; aspect-ratio: 16 / 9; border: 0; }
.body pre { white-space: pre-wrap; }
.body table { border-collapse: collapse; }
.body :is(td, th) { padding: 0.25rem 0.75rem; border-block-end: 1px solid var(--line); text-align: start; }
.body hr { border: 0; border-block-start: 1px solid var(--line); }
figure { margin-inline: 0; }
figcaption { color: var(--faint); font-size: 0.9375rem; }
audio, video { inline-size: 100%; }`;
