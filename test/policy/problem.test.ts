import { describe, expect, it } from "vitest";
import { createEvaluator } from "../../engine/evaluate/evaluate.ts";
import { Unknown } from "../../engine/plan/unknown.ts";
import { loadPolicy } from "../../engine/policy/load.ts";
import type { Policy } from "../../engine/policy/policy.ts";
import { problemSentence } from "../../engine/report/problem.ts";
import { createRedactor } from "../../engine/report/redact.ts";
import type { Fact } from "../../engine/subjects/subject.ts";

const file = {
  id: "TEAM-001",
  title: "Containers are not privileged",
  severity: "high",
  subject: "container",
  why: "Why.",
  fix: "Fix.",
  parameters: { most: { type: "number", default: 2, description: "Most." } },
  conditions: { all: [{ fact: "privileged", operator: "equal", value: false }] },
  examples: {},
};

const mistakes = (problem: unknown) => {
  const loaded = loadPolicy({ ...file, problem });
  return "mistakes" in loaded ? loaded.mistakes.map(({ path, message }) => `${path.join(".")}: ${message}`) : [];
};

function policyWith(problem: unknown): Policy {
  const loaded = loadPolicy({ ...file, problem });
  if ("mistakes" in loaded) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.policy;
}

const fact = (value: unknown, sensitive = false): Fact => ({
  state: value instanceof Unknown ? "unknown" : "known",
  value,
  path: null,
  sensitive,
});

async function sentence(problem: unknown, facts: Readonly<Record<string, Fact>>): Promise<string | null> {
  const evaluator = createEvaluator(
    [policyWith(problem)],
    () => ({ most: 2 }),
    () => true,
  );
  const [verdict] = await evaluator.evaluate({
    kind: "container",
    address: "aws_ecs_task_definition.web",
    name: "web",
    action: "create",
    facts: { privileged: fact(true), user: fact(null), ...facts },
  });
  return problemSentence(verdict?.problem ?? [], createRedactor(new Set(["hunter2-hunter2"])));
}

const unknown = new Unknown("stated", [], "var.x");

describe("a problem text is checked where its policy is loaded", () => {
  it.each<[string, unknown, string[]]>([
    ["a text", "Container `{name}` is privileged", []],
    ["a list", [{ text: "`{subject}` has {parameter most}" }, "A container is privileged"], []],
    ["an unknown fact", "`{nam}` is privileged", ['problem: unknown fact "nam"; did you mean "name"?']],
    [
      "an unknown fact in a list",
      ["fine", { text: "`{nam}`" }],
      ['problem.1.text: unknown fact "nam"; did you mean "name"?'],
    ],
    ["an unknown parameter", "{parameter mots}", ['problem: unknown parameter "mots"; did you mean "most"?']],
    [
      "a flag",
      "Privileged is {privileged}",
      ['problem: the fact "privileged" is true or false, which reads badly in a sentence; give the text a "when"'],
    ],
    [
      "a brace alone",
      "`{name is privileged",
      ["problem: a brace without its counterpart; braces hold the name of a fact: Container `{name}` is privileged"],
    ],
    [
      "a condition on an unknown fact",
      [{ when: { all: [{ fact: "usr", operator: "equal", value: "0" }] }, text: "x" }],
      ['problem.0.when.all.0.fact: unknown fact "usr"; did you mean "user"?'],
    ],
    ["an unknown key", [{ texts: "x" }], ["problem: must be a text, or a list of texts and of { when, text }"]],
    ["no text", [], ["problem: must not be empty"]],
    ["a number", 3, ["problem: must be a text, or a list of texts and of { when, text }"]],
  ])("%s", (_, problem, expected) => {
    expect(mistakes(problem)).toEqual(expected);
  });
});

describe("the first sentence is taken that is proven and whose values can be shown", () => {
  const texts = [
    { when: { all: [{ fact: "isRootUser", operator: "equal", value: true }] }, text: "`{name}` runs as `{user}`" },
    "`{name}` may run as root",
    "A container may run as root",
  ];

  it.each<[string, Record<string, Fact>, string | null]>([
    ["proven", { isRootUser: fact(true), name: fact("web"), user: fact("0") }, "`web` runs as `0`"],
    ["not proven", { isRootUser: fact(false), name: fact("web"), user: fact("0") }, "`web` may run as root"],
    ["whose condition is unknown", { isRootUser: fact(unknown), name: fact("web") }, "`web` may run as root"],
    ["a value that is not set", { isRootUser: fact(true), name: fact("web") }, "`web` may run as root"],
    ["an unknown value", { name: fact(unknown), isRootUser: fact(false) }, "A container may run as root"],
    ["a sensitive value", { name: fact("web", true), isRootUser: fact(false) }, "A container may run as root"],
    ["a secret value", { name: fact("x-hunter2-hunter2"), isRootUser: fact(false) }, "A container may run as root"],
    [
      "a value in the form of a secret",
      { name: fact("ghp_abcdefghijklmnopqrstuvwxyz0123456789"), isRootUser: fact(false) },
      "A container may run as root",
    ],
    ["an empty value", { name: fact(" "), isRootUser: fact(false) }, "A container may run as root"],
    [
      "a value that would end its code span",
      { name: fact("a`\n**b"), isRootUser: fact(false) },
      "`a' **b` may run as root",
    ],
    [
      "a value that is long",
      { name: fact("a".repeat(200)), isRootUser: fact(false) },
      `\`${"a".repeat(120)}…\` may run as root`,
    ],
  ])("%s", async (_, facts, expected) => {
    expect(await sentence(texts, facts)).toBe(expected);
  });

  it.each<[string, unknown, string | null]>([
    ["one", ["a"], "Maps `a`"],
    ["two", ["a", "b"], "Maps `a` and `b`"],
    ["three", ["a", "b", "c"], "Maps `a`, `b` and `c`"],
    ["five, one of them twice", ["a", "b", "b", "c", "d", "e"], "Maps `a`, `b`, `c` and 2 more"],
    ["one that is known, one that is not", ["a", unknown], "Maps `a`"],
    ["one that is a secret", ["a", "hunter2-hunter2"], null],
    ["none", [], null],
    ["none that is known", [unknown], null],
  ])("of a list with %s", async (_, devices, expected) => {
    expect(await sentence("Maps `{devices}`", { devices: fact(devices) })).toBe(expected);
  });

  it.each<[string, string, unknown, string | null]>([
    ["a known value", "Container[ `{name}`] is [really] privileged", "web", "Container `web` is [really] privileged"],
    ["an unknown value", "Container[ `{name}`] is [really] privileged", unknown, "Container is [really] privileged"],
    ["a value in two parts", "[`{name}`: ]{name} is privileged", unknown, null],
  ])("in brackets with %s", async (_, text, name, expected) => {
    expect(await sentence(text, { name: fact(name) })).toBe(expected);
  });

  it("names the subject and a parameter", async () => {
    expect(await sentence("`{subject}` has more than {parameter most}", {})).toBe("`web` has more than 2");
  });

  it("is none where nothing fails", async () => {
    expect(await sentence("`{subject}` is privileged", { privileged: fact(false) })).toBeNull();
    expect(await sentence("`{subject}` is privileged", { privileged: fact(unknown) })).toBeNull();
  });
});
