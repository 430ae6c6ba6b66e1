import { fact, type PartnerFacts } from "./profile.ts";

/** What agencies' receivers expect: whole articles, their attribution kept, a long window, and a withdrawal by a state of its own. */
export const wireFacts = {
  // Each article is a file of its own, so no sum of their bytes ends the window.
  fileBytes: fact(0, "2 ninjs [S]"),
  entries: fact(500, "5 delta [H]"),
  hours: fact(72, "demand 3 [H]"),
  retainDays: fact(30, "4 rules [O]"),
  pollSeconds: fact(300, "5 freshness [H]"),
  access: fact(["basic", "header", "path"], "5 auth [O]"),
  bodyBytes: fact(0, "2 ninjs [H]"),
  attribution: fact(["line", "parameters"], "2 RightsML [H]"),
  deletion: fact("pub-status", "4 ninjs [S]"),
} satisfies Partial<PartnerFacts>;
