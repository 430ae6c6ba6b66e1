import { fact, type Profile } from "./profile.ts";
import { wireFacts } from "./wire-facts.ts";

export const newsmlG2: Profile = {
  name: "newsml-g2",
  title: "NewsML-G2 2.35",
  file: "manifest.json",
  facts: { ...wireFacts, contentType: fact("application/xml; charset=utf-8", "2 NewsML-G2 [S]") },
  own: {},
  remedies: {},
  open: false,
};
