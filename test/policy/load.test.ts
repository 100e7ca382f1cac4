import { expect, it } from "vitest";
import { PolicyFileError, parsePolicyFiles } from "../../engine/index.ts";
import { kinds } from "../../engine/subjects/kinds.ts";

const valid = `id: TEAM-001
title: Title
severity: low
subject: ecr-repository
why: Why.
fix: Fix.
parameters:
  names: { type: list, default: [a], description: Names }
conditions:
  all:
    - { fact: name, operator: in, value: { parameter: names } }
examples:
  pass: [{ name: a }]
  fail: [{ name: b }]
`;

async function mistakes(text: string): Promise<readonly string[]> {
  try {
    await parsePolicyFiles([{ file: "p.yaml", text }]);
    return [];
  } catch (error) {
    if (error instanceof PolicyFileError) return error.lines;
    throw error;
  }
}

const repositoryFacts =
  "name, tagMutability, tagMutabilityExclusions, scanOnPush, registryScanType, registryScanFrequencies, isRescanned, rescanIntervalDays, hasOtherRescan, lifecyclePolicyCount, isPullThroughCache";

it.each<[string, string | RegExp, string, string[]]>([
  ["nothing wrong", "title: Title", "title: Another", []],
  [
    "not YAML",
    "title: Title",
    "title: [",
    ["p.yaml:3:1: Flow sequence in block collection must be sufficiently indented and end with a ]"],
  ],
  ["unknown key", "why: Why.", "whi: Why.\nwhy: Why.", ['p.yaml:5:6: whi: unknown key "whi"']],
  ["key twice", "why: Why.", "why: Why.\nwhy: Why.", ["p.yaml:6:1: Map keys must be unique"]],
  ["missing key", "why: Why.\n", "", ["p.yaml:1:1: why: Invalid input: expected string, received undefined"]],
  [
    "form of the id",
    "id: TEAM-001",
    "id: team",
    ["p.yaml:1:5: id: an id is upper-case words and a number joined by hyphens: TEAM-001"],
  ],
  [
    "severity",
    "severity: low",
    "severity: mild",
    ['p.yaml:3:11: severity: Invalid option: expected one of "critical"|"high"|"medium"|"low"'],
  ],
  ["no conditions", /conditions:\n.*\n.*\n/, "", ["p.yaml:1:1: conditions: conditions are missing: what must hold"]],
  [
    "unknown fact",
    "fact: name,",
    "fact: nam,",
    [`p.yaml:11:15: conditions.all.0.fact: unknown fact; facts of ecr-repository: ${repositoryFacts}`],
  ],
  [
    "unknown parameter",
    "parameter: names }",
    "parameter: name }",
    ['p.yaml:11:42: conditions.all.0.value: unknown parameter "name"; there are: names'],
  ],
  [
    "operator that does not fit",
    "operator: in,",
    "operator: contains,",
    [
      'p.yaml:11:31: conditions.all.0.operator: "contains" does not fit a string; operators for it: equal, notEqual, in, notIn, matchesAny, matchesNone, isEmpty',
      'p.yaml:11:48: conditions.all.0.value: the parameter "names" is a list; a scalar is needed here',
    ],
  ],
  [
    "value of the wrong type",
    "operator: in, value: { parameter: names }",
    "operator: equal, value: 7",
    ["p.yaml:11:45: conditions.all.0.value: the value must be a string"],
  ],
  ["value missing", ", value: { parameter: names }", "", ["p.yaml:11:7: conditions.all.0: value is missing"]],
  ["empty list", /all:\n {4}- .*/, "all: []", ['p.yaml:10:8: conditions.all: "all" must not be empty']],
  [
    "priority",
    "fact: name,",
    "fact: name, priority: 2,",
    ['p.yaml:11:31: conditions.all.0.priority: unknown key "priority"; it would leave conditions unevaluated'],
  ],
  [
    "path",
    "fact: name,",
    "fact: name, path: $.x,",
    ['p.yaml:11:27: conditions.all.0.path: unknown key "path"; facts are flat, each has a name of its own'],
  ],
  [
    "two kinds of condition",
    "  all:",
    "  any: [{ fact: name, operator: equal, value: a }]\n  all:",
    ['p.yaml:10:8: conditions.any: "any" may not stand beside "all"'],
  ],
  [
    "comparison at the root",
    /conditions:\n.*\n.*/,
    "conditions: { fact: name, operator: equal, value: a }",
    ['p.yaml:9:13: conditions: the root of conditions must be one of "all", "any", "not" and "condition"'],
  ],
  [
    "example with an unknown fact",
    "pass: [{ name: a }]",
    "pass: [{ nam: a }]",
    [`p.yaml:13:17: examples.pass.0.nam: unknown fact "nam"; facts of ecr-repository: ${repositoryFacts}`],
  ],
  [
    "example with the wrong type",
    "pass: [{ name: a }]",
    "pass: [{ name: 7 }]",
    ['p.yaml:13:18: examples.pass.0.name: the fact "name" is a string'],
  ],
  [
    "default of the wrong type",
    "default: [a]",
    "default: a",
    ["p.yaml:8:33: parameters.names.default: the default must be a list"],
  ],
])("%s", async (_, from, to, lines) => {
  expect(await mistakes(valid.replace(from, to))).toEqual(lines);
});

it("an unknown subject says which there are", async () => {
  const [line] = await mistakes(valid.replace("subject: ecr-repository", "subject: repository"));
  expect(line).toBe(`p.yaml:4:10: subject: unknown subject; there are: ${Object.keys(kinds).join(", ")}`);
});

it("two files with one id", async () => {
  const files = ["a.yaml", "b.yaml"].map((file) => ({ file, text: valid }));
  await expect(parsePolicyFiles(files)).rejects.toThrow(
    new PolicyFileError(['b.yaml: id: "TEAM-001" is the id of a.yaml already']),
  );
});
