import { STYLE } from "../../feeds/pages/page-style.ts";

/** The style of the pages, and what only a desk has. */
export const deskStyle = `${STYLE}
:root { --good: #1d5c34; --bad: #8a1c15; --warm: #6b4a00; --added: #dff3e2; --removed: #fbe0dc; --mark: #fff0c2; }
@media (prefers-color-scheme: dark) { :root { --good: #9ad8ae; --bad: #ffb3aa; --warm: #f2cf85; --added: #173322; --removed: #451c18; --mark: #40351a; } }
.desk { padding-block-start: 0; }
.skip { position: absolute; inset-block-start: -10rem; inset-inline-start: 1rem; padding: 0.5rem 1rem; background: var(--paper); border: 1px solid var(--edge); z-index: 5; }
.skip:focus { inset-block-start: 0.5rem; }
.bar { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 2rem; margin-block-end: 1.75rem; padding-block: 1rem 0.75rem; border-block-end: 1px solid var(--line); }
.bar p { margin: 0; font-weight: 600; }
.bar a { padding-block: 0.125rem; }
.bar a[aria-current] { color: var(--ink); font-weight: 600; text-decoration-thickness: 0.16em; }
.count { display: inline-block; min-inline-size: 1.375rem; padding-inline: 0.375rem; color: var(--paper); background: var(--bad); border-radius: 1rem; font-size: 0.8125rem; font-weight: 600; text-align: center; }
main nav ul { margin-block-end: 0.75rem; }
main nav a[aria-current] { color: var(--ink); font-weight: 600; }
main:focus { outline: none; }
.filter { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem 1rem; margin-block-end: 1.25rem; }
.filter label { display: grid; gap: 0.125rem; color: var(--faint); font-size: 0.875rem; }
.filter :is(input, select, button), .button { min-block-size: 2.5rem; padding: 0.375rem 0.625rem; color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: 0.375rem; font: inherit; font-size: 1rem; }
.filter input { inline-size: min(22rem, 78vw); }
.filter button { color: var(--link); cursor: pointer; }
.rows { margin: 0; padding: 0; list-style: none; }
.rows > li { padding-block: 0.75rem; border-block-start: 1px solid var(--line); }
.rows h2 { margin-block: 0 0.125rem; font-size: 1.0625rem; }
.rows p { margin-block: 0.125rem 0; }
.rows h2 a { color: inherit; text-decoration-color: var(--edge); }
.state { display: inline-block; padding-inline: 0.5rem; border: 1px solid currentColor; border-radius: 1rem; font-size: 0.8125rem; font-weight: 600; }
.live, .new, .back, .enters { color: var(--good); }
.quarantined, .kept, .missing, .held, .gone, .withdrawn { color: var(--bad); }
.canceled, .dropped, .embargoed, .scheduled, .draft, .expired, .passedOver, .edited, .corrected, .moved, .changed, .changes, .leaves { color: var(--warm); }
.where { color: var(--faint); font-size: 0.9375rem; }
.where code { font-size: 0.8125rem; }
.finding { margin-block: 0.25rem 0; padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--edge); }
.finding.problem { border-color: var(--bad); }
.notice { padding: 0.75rem 1rem; background: var(--card); border-radius: 0.5rem; }
section { margin-block-end: 2rem; }
.lines { overflow-x: auto; margin: 0 0 1rem; padding-block: 0.5rem; background: var(--card); border-radius: 0.5rem; counter-reset: line; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.8125rem; }
.lines span { display: block; padding-inline: 3.5rem 0.5rem; text-indent: -3.5rem; counter-increment: line; unicode-bidi: plaintext; }
.lines span::before { content: counter(line); display: inline-block; inline-size: 2.75rem; margin-inline-end: 0.75rem; padding-inline-end: 0; color: var(--faint); text-align: end; text-indent: 0; user-select: none; }
.lines :is(.marked, :target) { background: var(--mark); }
.diff { margin: 0 0 1rem; padding-block: 0.5rem; overflow-x: auto; background: var(--card); border-radius: 0.5rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.8125rem; }
.diff :is(ins, del, span, i) { display: block; padding-inline: 1.75rem 0.75rem; text-indent: -1.125rem; text-decoration: none; font-style: normal; unicode-bidi: plaintext; }
.diff ins { background: var(--added); }
.diff del { background: var(--removed); }
.diff ins::before { content: "+ "; }
.diff del::before { content: "− "; }
.diff span::before { content: "  "; }
.diff i { color: var(--faint); }
.diff b { font-weight: 700; text-decoration: underline; text-decoration-thickness: 0.1em; }
.frame { display: block; inline-size: 100%; block-size: 26rem; margin-block-end: 1rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--paper); resize: vertical; overflow: auto; }
.tablewrap { overflow-x: auto; margin-block-end: 1.5rem; }
.tablewrap table { inline-size: 100%; border-collapse: collapse; font-size: 0.9375rem; }
.tablewrap :is(th, td) { padding: 0.375rem 0.75rem 0.375rem 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; }
.tablewrap .number { text-align: end; white-space: nowrap; }
.tablewrap.days { max-block-size: 18rem; overflow: auto; }
.tablewrap:is(.days, .reach) table { overflow-wrap: normal; }
.tablewrap:is(.days, .reach) :is(tbody th, time) { white-space: nowrap; }
.chart { margin: 0 0 1rem; max-inline-size: 36rem; }
.chart > svg { display: block; inline-size: 100%; block-size: auto; }
.chart text { fill: var(--faint); font-size: 12px; font-variant-numeric: tabular-nums; }
.chart .grid { stroke: var(--line); }
.chart .mark { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
.chart .named { fill: var(--ink); }
.chart li { font-size: 0.9375rem; }
.swatch { vertical-align: -0.0625rem; }
.patterns { position: absolute; }
.patterns .paper { fill: var(--paper); }
.bar { stroke-width: 1; }
.patterns .solid { fill: var(--link); } .bar.solid { stroke: var(--link); }
.patterns .striped { fill: var(--good); } .bar.striped { stroke: var(--good); }
.patterns .dotted { fill: var(--bad); } .bar.dotted { stroke: var(--bad); }
.bar.open { stroke: var(--warm); stroke-dasharray: 3 2; }
.copy { margin-block-end: 0.75rem; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.125rem 1.25rem; margin-block-end: 1.5rem; }
.facts dt { color: var(--faint); font-weight: 400; }
.facts dd { margin: 0; }
.two { display: grid; gap: 0 2rem; }
@media (min-width: 60rem) { .two { grid-template-columns: repeat(2, minmax(0, 1fr)); } .two > * { min-inline-size: 0; } }
`;

/**
 * `/` goes to the filter; j and k go from row to row; buttons copy commands. Everything works without it, but for the keys.
 */
export const deskScript = `const filter = document.querySelector("input[type=search]");
const rows = [...document.querySelectorAll(".rows h2 a")];
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (event.key === "/" && filter) { event.preventDefault(); filter.focus(); filter.select(); }
  if (event.key !== "j" && event.key !== "k") return;
  const at = rows.indexOf(document.activeElement);
  rows[event.key === "j" ? at + 1 : Math.max(0, at - 1)]?.focus();
});
`;
