import { describe, expect, test } from "vitest";
import { peopleOf } from "../../lambda/articles/people.ts";

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
    ["  Ann \n Lee ", "Ann Lee"],
  ])("%s", (written, name) => {
    expect(names(written)).toEqual([name]);
  });
});

describe("two authors", () => {
  test.each([
    ["A, B", ["A", "B"]],
    ["A & B", ["A", "B"]],
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

test("an address in angle brackets is the author's email", () => {
  expect(peopleOf("Ann Lee <ann@wire.example>")).toEqual([{ name: "Ann Lee", email: "ann@wire.example" }]);
});
