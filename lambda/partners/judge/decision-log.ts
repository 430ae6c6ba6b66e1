import type { Decision } from "../model/judgement.ts";
import type { Remedy, RuleName } from "../profiles/rule-names.ts";
import type { Terms } from "../profiles/terms.ts";

/** Collects the decisions on one article or file. */
export type DecisionLog = {
  readonly decisions: readonly Decision[];
  readonly remedy: (rule: RuleName) => Remedy;
  /** Records a violation with the remedy that the profile has for it; the caller carries it out. `as` names a remedy that was possible. */
  readonly breaks: (rule: RuleName, reason: string, as?: Remedy) => void;
  readonly isSkipped: () => boolean;
};

const outcomes = {
  fix: "fixed",
  drop: "dropped",
  skip: "skipped",
  note: "noted",
  fail: "failed",
} as const satisfies Record<Remedy, Decision["outcome"]>;

export function openDecisions({ remedies }: Pick<Terms, "remedies">): DecisionLog {
  const decisions: Decision[] = [];
  return {
    decisions,
    remedy: (rule) => remedies[rule],
    breaks: (rule, reason, as = remedies[rule]) => decisions.push({ rule, outcome: outcomes[as], reason }),
    isSkipped: () => decisions.some(({ outcome }) => outcome === "skipped"),
  };
}
