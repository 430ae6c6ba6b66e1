import type { Instant } from "../../../articles/model/article.ts";
import type { Hold } from "../../../plan/changes/guard.ts";
import { whoseDefect } from "../../../reports/alerts.ts";
import { command, deskLink, moment, safeText } from "./desk-page.ts";

/** What is held at the newsroom's target, and how each hold is released. `release`: the command for one `name@hash`. */
export type HoldsList = {
  readonly target: string;
  readonly holds: readonly Hold[];
  readonly since: (hold: Hold) => Instant | undefined;
  readonly release: (name: string) => string;
};

export function holdsList({ target, holds, since, release }: HoldsList): readonly string[] {
  if (holds.length === 0) return [`<p>Nothing is held: the next publish to <code>${safeText(target)}</code> changes what it plans.</p>`];
  return [
    `<p>The next publish to <code>${safeText(target)}</code> leaves these as they are, until the cause is mended or somebody releases the change.</p>`,
    '<ol class="rows">',
    ...holds.map((hold) => {
      const { name, hash, reasons, defective } = hold;
      const at = since(hold);
      const named = `${name}@${hash}`;
      return [
        "<li>",
        `<h2>${name === "run" ? "The whole run" : `<a href="${deskLink("/-/feed", { path: name })}">${safeText(name)}</a>`}</h2>`,
        `<p class="where"><span class="state held">held</span> ${at === undefined ? "since the next publish" : `since ${moment(at)}`}</p>`,
        ...reasons.map((reason) => `<p>${safeText(reason)}</p>`),
        ...(defective
          ? [`<p>Nobody can release it. ${whoseDefect(name)}</p>`]
          : [
              `<p>If the change is right, this releases it. <a href="${deskLink("/-/plan", { allow: named })}">See what it would change.</a></p>`,
              command(release(named)),
            ]),
        "</li>",
      ].join("\n");
    }),
    "</ol>",
  ];
}
