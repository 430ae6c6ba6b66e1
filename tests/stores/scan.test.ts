import { expect, test } from "vitest";
import { merged, pointsOf } from "../../lambda/stores/scan.ts";

async function* counting(to: number, begun?: () => Promise<void> | void): AsyncGenerator<number> {
  await begun?.();
  for (let count = 1; count <= to; count += 1) yield count;
}

test("merged sources give all they have, sixteen of them at once", async () => {
  let begun = 0;
  let all = () => {};
  const together = new Promise<void>((resolve) => {
    all = resolve;
  });
  const source = () =>
    counting(3, () => {
      if (++begun === 16) all();
      return together;
    });
  const given = await Array.fromAsync(merged(Array.from({ length: 20 }, source)));
  expect([given.length, begun]).toEqual([60, 20]);
});

test("the first failure of a merged source ends the others", async () => {
  const broken = counting(1, () => Promise.reject(new Error("denied")));
  let read = 0;
  const reading = async () => {
    for await (const _ of merged([counting(5), broken, counting(1_000)])) read += 1;
  };
  await expect(reading()).rejects.toThrow("denied");
  expect(read).toBeLessThan(20);
});

test("points divide a store evenly, and a small store has none", () => {
  const lasts = Array.from({ length: 100 }, (_, page) => String(page).padStart(3, "0"));
  expect(pointsOf(lasts).length).toBe(31);
  expect(pointsOf([...lasts].reverse())).toEqual(pointsOf(lasts));
  expect(pointsOf(lasts.slice(0, 12))).toEqual(["002", "005", "008"]);
  expect(pointsOf(lasts.slice(0, 5))).toEqual([]);
});

test("points stand in the order of UTF-8, as S3 lists", () => {
  const odd = ["\u{1F600}", "\uFF21", "a", "b", "c", "d"];
  expect(pointsOf(odd)).toEqual(["c"]);
  expect(pointsOf([...odd, "\uFF22", "\uFF23", "\uFF24"]).at(-1)).toBe("\uFF22");
});
