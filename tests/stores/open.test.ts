import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Fault } from "../../lambda/fault.ts";
import { openStore } from "../../lambda/stores/open/open.ts";

const opening = (address: string): unknown => {
  try {
    return openStore(address).address;
  } catch (error) {
    return error;
  }
};

describe("an address", () => {
  test.each([
    ["s3://news", "s3://news"],
    ["s3://news/", "s3://news"],
    ["s3://news/site/", "s3://news/site"],
    ["s3://news//site", "s3://news/site"],
    ["s3://news.example/сайт/a b", "s3://news.example/сайт/a b"],
  ])("%s is the bucket and prefix %s", (address, told) => {
    expect(opening(address)).toBe(told);
  });

  test.each([join(tmpdir(), "wireroom-none"), "content/", "./a:b", "C:folder"])("%s is a folder", async (address) => {
    expect(opening(address)).toBe(address);
  });

  test.each(["", "s3://", "s3:///prefix", "s3:// /x", "https://wire.example/", "file:///content"])(
    "%j is wrong usage, with a message that says what is right",
    (address) => {
      const fault = opening(address);
      expect(fault).toBeInstanceOf(Fault);
      expect(fault).toMatchObject({ kind: "usage", message: expect.stringContaining("s3://bucket") });
    },
  );
});
