import { expect, test } from "vitest";
import { accountIn } from "../../../lambda/articles/model/fediverse.ts";

test.each([
  ["@ann@social.example", "@ann@social.example"],
  [" ann@social.example ", "@ann@social.example"],
  ["@ann.lee_1@Social.Example", "@ann.lee_1@social.example"],
  ["@анна@social.example", undefined],
  ["@ann@почта.рф", "@ann@xn--80a1acny.xn--p1ai"],
  ["@ann", undefined],
  ["@ann@localhost", undefined],
  ["@ann@10.0.0.1", undefined],
  ["@ann@social.example/users", undefined],
  ['@ann@social.example"><script>', undefined],
  ["https://social.example/@ann", undefined],
  ["", undefined],
])("%j is the account %j", (written, account) => expect(accountIn(written)).toBe(account));
