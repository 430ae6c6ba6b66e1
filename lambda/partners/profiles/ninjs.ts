import { fact, type Profile } from "./profile.ts";
import { wireFacts } from "./wire-facts.ts";

export const ninjs: Profile = {
  name: "ninjs",
  title: "ninjs 3.1",
  file: "manifest.json",
  facts: { ...wireFacts, contentType: fact("application/json; charset=utf-8", "2 ninjs [S]") },
  own: {},
  remedies: {},
  open: false,
};
