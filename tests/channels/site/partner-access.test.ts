import { describe, expect, test } from "vitest";
import * as z from "zod";
import { accessKeys, accessOf } from "../../../lambda/channels/site/partner-access.ts";

const schema = z.strictObject(accessKeys);
const access = (written: object, zone = "UTC") => accessOf(schema.parse(written), zone);
const mistake = (written: object) => schema.safeParse(written).error?.issues[0]?.message;

describe("who may fetch a partner's files", () => {
  test.each([
    [{ access: "path" }, ["path"]],
    [{ access: ["header", "path", "header"] }, ["header", "path"]],
    [{ access: "public" }, ["public"]],
    [{ access: "off" }, []],
  ])("%j means %j", (written, methods) => {
    expect(access(written)).toEqual({ methods, header: "x-api-key" });
  });

  test("nothing is left to the profile", () => {
    expect(access({})).toEqual({ header: "x-api-key" });
  });

  test("a header has the name that the site gives it", () => {
    expect(access({ header: "X-Wire-Key" }).header).toBe("x-wire-key");
  });

  test.each([
    ["2027-01-31", "2027-01-30T19:00:00.000Z"],
    ["2027-01-31T18:00:00Z", "2027-01-31T18:00:00.000Z"],
    ["2027-01-31 18:00", "2027-01-31T13:00:00.000Z"],
  ])("access that expires on %s ends at %s in Almaty", (expires, instant) => {
    expect(access({ expires }, "Asia/Almaty").expires).toBe(instant);
  });

  test.each([
    [{ access: ["off", "basic"] }, '"off" and "public" stand alone'],
    [{ access: ["public", "path"] }, '"off" and "public" stand alone'],
    [{ header: "X Key" }, "is not the name of a header, such as X-Api-Key"],
    [{ header: "Authorization" }, "is a header with another meaning; choose a name such as X-Api-Key"],
    [{ header: "x-amz-key" }, "is a header with another meaning; choose a name such as X-Api-Key"],
    [{ expires: "soon" }, "is not a date; write 2027-01-31 or 2027-01-31T18:00:00+05:00"],
  ])("%j is a mistake: %s", (written, message) => {
    expect(mistake(written)).toBe(message);
  });

  test("an unknown method is a mistake", () => {
    expect(mistake({ access: "token" })).toBeDefined();
    expect(mistake({ access: [] })).toBeDefined();
  });
});
