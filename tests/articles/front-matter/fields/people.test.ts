import { describe, expect, test } from "vitest";
import { peopleOf } from "../../../../lambda/articles/front-matter/fields/people.ts";

const names = (written: string): readonly string[] => peopleOf(written).map(({ name }) => name);

describe("one author", () => {
  test.each([
    ["Ann Lee", "Ann Lee"],
    ["Emily Rose (@emilyrose)", "Emily Rose"],
    ["Minwoo Jung (github.com/JungMinu)", "Minwoo Jung"],
    ["The Node.js Project", "The Node.js Project"],
    ["Node.js Technical Steering Committee", "Node.js Technical Steering Committee"],
    ["Juan José prepared by Ulises Gascon", "Juan José prepared by Ulises Gascon"],
    ["Vladimir de Turckheim", "Vladimir de Turckheim"],
    ["Martin Luther King, Jr.", "Martin Luther King, Jr."],
    ["Ministry of Health and Social Affairs", "Ministry of Health and Social Affairs"],
    ["mikeal", "mikeal"],
    ["Smith, John", "Smith, John"],
    ["Johnson & Johnson", "Johnson & Johnson"],
    ["Johnson and Johnson", "Johnson and Johnson"],
    ["A & B", "A & B"],
    ["A, B", "A, B"],
    ["Ann Lee, Bob", "Ann Lee, Bob"],
    ["Smith, John & Ann Lee", "Smith, John & Ann Lee"],
    ["سارة، أحمد", "سارة، أحمد"],
    ["  Ann \n Lee ", "Ann Lee"],
  ])("%s", (written, name) => {
    expect(names(written)).toEqual([name]);
  });
});

describe("what somebody is names no second author", () => {
  test.each([
    ["Dana Reyes, WIRE Executive Director", ["Dana Reyes"]],
    ["Dana Reyes, Vice President and General Manager", ["Dana Reyes"]],
    ["Dana Reyes, CTO, Harbour Research Group", ["Dana Reyes"]],
    ["Dana Reyes, Editor at The Wire, and Ivan Petrov, Staff Engineer", ["Dana Reyes", "Ivan Petrov"]],
    ["Dana Reyes (@dana), Head of Maps", ["Dana Reyes"]],
    ["Анна Иванова, главный редактор", ["Анна Иванова"]],
    ["Lucía Pérez, directora técnica", ["Lucía Pérez"]],
    ["王小明，主编", ["王小明"]],
    ["Dana Reyes, Ivan Petrov, Reporter", ["Dana Reyes", "Ivan Petrov"]],
    ["Executive Director", ["Executive Director"]],
    ["Editor, The Wire", ["Editor, The Wire"]],
  ])("%s", (written, expected) => {
    expect(names(written)).toEqual(expected);
  });
});

describe("two authors", () => {
  test.each([
    ["Rafael Gonzaga & Marco Ippolito", ["Rafael Gonzaga", "Marco Ippolito"]],
    ["Matt Cowley, Claudio Wunder", ["Matt Cowley", "Claudio Wunder"]],
    ["سارة حسن، أحمد علي", ["سارة حسن", "أحمد علي"]],
    ["张三, 李四", ["张三", "李四"]],
    ["Smith, John; Lee, Ann", ["Smith, John", "Lee, Ann"]],
    ["A and B", ["A", "B"]],
    ["A и B", ["A", "B"]],
    ["甲、乙", ["甲", "乙"]],
    ["Анна Иванова и Пётр Петров", ["Анна Иванова", "Пётр Петров"]],
    ["Әсел Нұрлан және Ерлан Сәтбаев", ["Әсел Нұрлан", "Ерлан Сәтбаев"]],
    ["Julian Duque (julianduque) & Yosuke Furukawa (yosuke-furukawa)", ["Julian Duque", "Yosuke Furukawa"]],
    ["Antoine du Hamel and Ann Lee", ["Antoine du Hamel", "Ann Lee"]],
    ["Carl Vitullo, Claudio Wunder, and Ann Lee", ["Carl Vitullo", "Claudio Wunder", "Ann Lee"]],
  ])("%s", (written, expected) => {
    expect(names(written)).toEqual(expected);
  });
});

describe("a mail address becomes the author's email, not part of the name", () => {
  test.each([
    ["Ann Lee <ann@x.example>", "Ann Lee"],
    ["Ann Lee <mailto:ann@x.example>", "Ann Lee"],
    ["Ann Lee (ann@x.example)", "Ann Lee"],
    ["Ann Lee ann@x.example", "Ann Lee"],
    ["ann@x.example (Ann Lee)", "Ann Lee"],
    ["Ann Lee <ann@x.example> (Wire)", "Ann Lee"],
    ["<ann@x.example>", "ann"],
    ["ann@x.example", "ann"],
  ])("%s", (written, name) => {
    expect(peopleOf(written)).toEqual([{ name, email: "ann@x.example" }]);
  });

  test("each of two authors has their own", () => {
    expect(peopleOf("Ann Lee <ann@x.example>, Ivan Petrov <ivan@x.example>")).toEqual([
      { name: "Ann Lee", email: "ann@x.example" },
      { name: "Ivan Petrov", email: "ivan@x.example" },
    ]);
  });
});
