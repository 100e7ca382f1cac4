import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { functionNames } from "../../engine/expressions/call.ts";
import { typeOf } from "../../engine/expressions/type.ts";
import { holeMark, operatorsOf, plain, typeText, workedOut } from "./evaluating.ts";
import { casesOf, functionsOfTerraform, groups, here, type Result } from "./terraform.ts";

/** Where Terraform 1.11 leaves a value unknown that is decided all the same. */
const decided: Readonly<Record<string, unknown>> = {
  "[local.u, 1] == [local.u, 2]": false,
  "false && local.d": false,
  "true || local.d": true,
  [`endswith("x\${local.u}yz", "yz")`]: true,
  [`strcontains("hello\${local.u}", "ell")`]: true,
  "can({ a = local.u }.a)": true,
  '"${local.u}:1" == ""': false,
  '"${local.u}:1" == "x:2"': false,
  '"a${local.u}" != "b"': true,
};

/** plimsoll keeps marks that Terraform takes off, so that whether there is one cannot be told. */
const marked = new Set(casesOf("marks").filter((expression) => /^issensitive\(.*sensitive/.test(expression)));

/** What plimsoll does not work out, and why. */
const leftOut: Readonly<Record<string, string>> = {
  abspath: "where Terraform ran is not in the plan",
  base64gzip: "the bytes depend on the program that packs them",
  bcrypt: "another value with each run",
  pathexpand: "whose home folder it is is not in the plan",
  plantimestamp: "another value with each run",
  rsadecrypt: "it needs a private key, which nobody should hand to plimsoll",
  timestamp: "another value with each run",
  uuid: "another value with each run",
};

const operators = ["!", "unary -", "*", "/", "%", "+", "-", ">", ">=", "<", "<=", "==", "!=", "&&", "||", "?:"];

const results: readonly { group: string; results: readonly Result[] }[] = groups.map((group) => ({
  group,
  results: JSON.parse(readFileSync(join(here, "results", `${group}.json`), "utf8")),
}));

/** Numbers as the plan has them are doubles; what is written in text is compared digit by digit elsewhere. */
function asPlan(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asPlan);
  if (typeof value !== "object" || value === null) return value;
  const digits = "number" in value ? value.number : undefined;
  if (typeof digits === "string") return Number(digits);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asPlan(each)]));
}

/** A type with `dynamic` wherever plimsoll does not tell it: of null, and of what is empty. */
function typeAsFar(own: unknown, real: unknown): unknown {
  if (own === "dynamic") return real;
  if (Array.isArray(own) && Array.isArray(real)) return own.map((each, at) => typeAsFar(each, real[at]));
  if (typeof own !== "object" || own === null || typeof real !== "object" || real === null) return own;
  return Object.fromEntries(Object.entries(own).map(([key, each]) => [key, typeAsFar(each, Reflect.get(real, key))]));
}

describe.each(results)("as Terraform works it out: $group", ({ group, results: all }) => {
  it("every case has its result", () => {
    expect(all.map(({ expression }) => expression)).toEqual(casesOf(group));
  });

  it.each(all)("$expression", ({ expression, error, value, unknown, type }) => {
    const own = workedOut(expression);
    if (own === "error") {
      expect(error).toBe(true);
      return;
    }
    const made = asPlan(plain(own));
    if (marked.has(expression)) {
      expect(made).toBe(holeMark);
      return;
    }
    if (error === true) expect(made).toBe(holeMark);
    else if (unknown === undefined) {
      expect(made).toEqual(value);
      expect(typeAsFar(typeText(typeOf(own)), type)).toEqual(type);
    } else if (Object.hasOwn(decided, expression)) expect(made).toBe(decided[expression]);
    else expect(JSON.stringify(made)).toContain(holeMark);
  });
});

const expressions = results.flatMap((each) => each.results.map(({ expression }) => expression));
const operatorsIn = new Map(expressions.map((expression) => [expression, operatorsOf(expression)]));

/** Which of five cases and a hole are not there. */
function wanting(isCase: (expression: string) => boolean): string[] {
  const own = expressions.filter(isCase);
  const hasHole = own.some((expression) => /local\.[ud]/.test(expression));
  return [...(own.length < 5 ? [`${own.length} cases`] : []), ...(hasHole ? [] : ["no hole"])];
}

describe("every function and operator of Terraform", () => {
  it.each(functionsOfTerraform())("%s", (name) => {
    const isWorkedOut = functionNames().includes(name);
    expect(isWorkedOut).not.toBe(Object.hasOwn(leftOut, name));
    if (isWorkedOut) expect(wanting((expression) => new RegExp(`(?<!\\w)${name}\\(`).test(expression))).toEqual([]);
  });

  it("has no other", () => {
    expect(functionNames().filter((name) => !functionsOfTerraform().includes(name))).toEqual([]);
    expect(Object.keys(leftOut).filter((name) => !functionsOfTerraform().includes(name))).toEqual([]);
  });

  it.each(operators)("%s", (operator) => {
    expect(wanting((expression) => operatorsIn.get(expression)?.includes(operator) === true)).toEqual([]);
  });
});

it.each(Object.entries(leftOut))("%s is a hole, which says why", (name) => {
  const own = workedOut(`${name}("a")`);
  expect(own === "error" ? own : { kind: own.kind, says: own.kind === "hole" && own.reason !== null }).toEqual({
    kind: "hole",
    says: true,
  });
});
