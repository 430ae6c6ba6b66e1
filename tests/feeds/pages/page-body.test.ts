import { expect, test } from "vitest";
import { bodyForPage } from "../../../lambda/feeds/pages/page-body.ts";

test("an empty column heading becomes a cell, and one with text does not", () => {
  const row = '<tr><th></th><th scope="col" align="right"> </th><th>A</th></tr>';
  expect(bodyForPage(row)).toBe('<tr><td></td><td align="right"></td><th>A</th></tr>');
});

test("a task list shows its ticks as text", () => {
  expect(bodyForPage('<li><input type="checkbox" disabled checked> one</li><li><input type="checkbox" disabled> two</li>')).toBe(
    "<li>☑ one</li><li>☐ two</li>",
  );
});

test("a picture without a description is skipped, and a description stays", () => {
  expect(bodyForPage('<img src="https://wire.example/a.png" title="no alt= here">')).toBe(
    '<img src="https://wire.example/a.png" title="no alt= here" alt="">',
  );
  const described = ['<img src="https://wire.example/a.png" title="a > b" alt="A ferry">', '<img alt="" src="https://wire.example/a.png">'];
  for (const picture of described) expect(bodyForPage(picture)).toBe(picture);
});

test("text that only looks like a tag stays unchanged", () => {
  const body = '<p title="<img> <input> <th></th>">&lt;img&gt; <a href="https://wire.example/?a=<img>" title="><th></th>">x</a></p>';
  expect(bodyForPage(body)).toBe(body);
});
