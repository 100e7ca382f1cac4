import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { planFile } from "../../fixtures/fixtures.ts";
import { command } from "../cli/command.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-malformed-"));
afterAll(() => rmSync(folder, { recursive: true }));

const policy = `id: TEAM-001
title: Title
severity: low
subject: ecr-repository
why: Why.
fix: Fix.
parameters:
  names: { type: list, default: [a], description: Names }
sharedConditions:
  named: { fact: name, operator: equal, value: a }
conditions:
  all:
    - { fact: name, operator: in, value: { parameter: names } }
examples:
  pass: [{ name: a }]
  fail: [{ name: b }]
`;

type Case = readonly [what: string, from: string | RegExp, to: string];

const comparison = "{ fact: name, operator: in, value: { parameter: names } }";

const policies: readonly Case[] = [
  ["nothing wrong", "", ""],
  ["an empty file", /[\s\S]*/, ""],
  ["a text", /[\s\S]*/, "hello"],
  ["a list", /[\s\S]*/, "- a\n- b\n"],
  ["not YAML", "title: Title", "title: ["],
  ["a tag that would run code", "title: Title", "title: !!js/function 'function () {}'"],
  [
    "aliases that multiply",
    /[\s\S]*/,
    `a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`,
  ],
  ["an alias within what it names", /[\s\S]*/, "a: &a\n  b: *a\n"],
  [
    "an alias within a list that it names",
    "why: Why.",
    "why: Why.\nnotes: &n\n  - because: x\n    when: { all: [*n] }",
  ],
  [
    "an alias of what stands before it",
    "why: Why.",
    "why: &w Why.\nnotes: [{ because: *w, when: { all: [{ condition: named }] } }]",
  ],
  ["several documents", /$/, "---\nid: TEAM-002\n"],
  ["nested without end", "title: Title", `title: ${"[".repeat(5000)}`],
  ["a list that is longer than any", "why: Why.", `controls: { x: [${"1,".repeat(60_000)}1] }\nwhy: Why.`],
  ["a prototype as a key", "why: Why.", "__proto__: { polluted: true }\nwhy: Why."],
  ["a prototype as a parameter", "  names: {", "  __proto__: { type: list, default: [a], description: P }\n  names: {"],
  ["a prototype as a shared condition", "  named: {", "  __proto__: { condition: named }\n  named: {"],
  ["a prototype as a source of controls", "why: Why.", 'controls: { "__proto__": [x] }\nwhy: Why.'],
  ["a prototype as a fact of an example", "pass: [{ name: a }]", "pass: [{ name: a, __proto__: b }]"],
  [
    "a constructor as a parameter",
    "  names: {",
    "  constructor: { type: list, default: [a], description: P }\n  names: {",
  ],
  ["a constructor as a fact", "fact: name, operator: in", "fact: constructor, operator: in"],
  ["a method as an operator", "operator: in", "operator: toString"],
  ["a method as a parameter", "parameter: names", "parameter: hasOwnProperty"],
  ["a misspelled key", "why: Why.", "whi: Why."],
  ["a key that is like none", "why: Why.", "why: Why.\nowner: me"],
  ["a key twice", "why: Why.", "why: Why.\nwhy: Why."],
  ["no id", "id: TEAM-001\n", ""],
  ["an id in lower case", "id: TEAM-001", "id: team-001"],
  ["an id that is a number", "id: TEAM-001", "id: 7"],
  ["the id of a shipped policy", "id: TEAM-001", "id: ECR-001"],
  ["an empty title", "title: Title", 'title: ""'],
  ["an unknown severity", "severity: low", "severity: mild"],
  ["a misspelled severity", "severity: low", "severity: hgih"],
  ["an unknown subject", "subject: ecr-repository", "subject: bucket"],
  ["a misspelled subject", "subject: ecr-repository", "subject: ecr-repositry"],
  ["a resource without a type", "subject: ecr-repository", "subject: resource"],
  ["a type beside another subject", "subject: ecr-repository", "subject: ecr-repository\ntype: aws_ecr_repository"],
  ["a type that is none", "subject: ecr-repository", "subject: resource\ntype: AWS::S3::Bucket"],
  [
    "an attribute path that is none",
    "subject: ecr-repository",
    "subject: resource\ntype: aws_x\nwhen: { all: [{ fact: a..b, operator: equal, value: 1 }] }",
  ],
  ["controls that are no lists", "why: Why.", "controls: { nist-800-190: 4.1.1 }\nwhy: Why."],
  ["a parameter without a type", "type: list, ", ""],
  ["a parameter of an unknown type", "type: list", "type: map"],
  ["a default of another type", "default: [a]", "default: a"],
  ["no conditions", /conditions:\n.*\n.*\n/, ""],
  ["conditions that are a text", /conditions:\n.*\n.*\n/, "conditions: name\n"],
  ["a comparison at the root", /conditions:\n.*\n.*\n/, `conditions: ${comparison}\n`],
  ["an empty list of conditions", /all:\n.*\n/, "all: []\n"],
  ["an all that is no list", /all:\n.*\n/, "all: {}\n"],
  ["two kinds of condition", "  all:", "  any: [{ condition: named }]\n  all:"],
  ["a misspelled fact", "fact: name, operator: in", "fact: nam, operator: in"],
  ["a fact that is like none", "fact: name, operator: in", "fact: colour, operator: in"],
  ["a fact that is a list", "fact: name, operator: in", "fact: [name], operator: in"],
  ["a fact and a parameter", "fact: name, operator: in", "fact: name, parameter: names, operator: in"],
  ["neither fact nor parameter", "fact: name, operator: in", "operator: in"],
  ["no operator", "operator: in, ", ""],
  ["a misspelled operator", "operator: in", "operator: eqal"],
  ["an operator that is like none", "operator: in", "operator: resembles"],
  ["an operator for another type", "operator: in", "operator: contains"],
  ["no value", ", value: { parameter: names }", ""],
  ["a value of another type", "operator: in, value: { parameter: names }", "operator: equal, value: 7"],
  ["a list for a single value", "operator: in, value: { parameter: names }", "operator: equal, value: [a]"],
  ["a single value for a list", "value: { parameter: names }", "value: a"],
  ["a list of maps", "value: { parameter: names }", "value: [{ a: 1 }]"],
  ["an operand that is none", "value: { parameter: names }", "value: { env: HOME }"],
  ["a misspelled parameter", "parameter: names", "parameter: nams"],
  ["a fact of another type as the value", "value: { parameter: names }", "value: { fact: scanOnPush }"],
  ["an unknown shared condition", /- \{ fact: name, operator: in.*/, "- { condition: name }"],
  ["a priority", "fact: name, operator: in", "fact: name, priority: 2, operator: in"],
  ["a path", "fact: name, operator: in", "fact: name, path: $.x, operator: in"],
  ["params", "fact: name, operator: in", "fact: name, params: {}, operator: in"],
  [
    "a regular expression that is none",
    comparison,
    '{ fact: name, operator: matchesRegularExpression, value: ["(a"] }',
  ],
  ["a backreference", comparison, '{ fact: name, operator: matchesRegularExpression, value: ["(a)\\\\1"] }'],
  ["a look-ahead", comparison, '{ fact: name, operator: matchesRegularExpression, value: ["(?=a)"] }'],
  ["an address range that is none", comparison, '{ fact: name, operator: withinAnyCidr, value: ["10.0.0.0/33"] }'],
  ["an address range that is none, in a parameter", "operator: in", "operator: withinAnyCidr"],
  ["a clause without a reason", "conditions:", "notes:\n  - when: { all: [{ condition: named }] }\nconditions:"],
  ["a clause without conditions", "conditions:", "notes:\n  - because: it is\nconditions:"],
  ["an example of an unknown verdict", "pass: [{", "passes: [{"],
  ["an example with a misspelled fact", "pass: [{ name: a }]", "pass: [{ nam: a }]"],
  ["an example with a value of another type", "pass: [{ name: a }]", "pass: [{ name: 7 }]"],
  ["an example with a map", "pass: [{ name: a }]", "pass: [{ name: { known: a } }]"],
  ["no examples", /examples:[\s\S]*/, ""],
  ["a plan without a name", /$/, "plans:\n  - fail: []\n"],
  [
    "several mistakes",
    /severity: low[\s\S]*fact: name, operator: in/,
    "severity: lo\nsubject: ecr-repository\nwhi: Why.\nfix: 7\nparameters:\n  names: { type: list, default: [a], description: Names }\nconditions:\n  all:\n    - { fact: nam, operator: inn",
  ],
];

const config = `failOn: high
onUnknown: report
parameters:
  account_ids: ["111122223333"]
  ECR-005: { max_images: 50 }
overrides:
  - policy: ECS-006
    resources: ["module.legacy.*"]
    severity: low
waivers:
  - policy: ECS-004
    resources: ["module.agent.aws_ecs_task_definition.this#datadog"]
    reason: it must
    owner: platform-team
    expires: 2027-03-31
`;

const configs: readonly Case[] = [
  ["nothing wrong", "", ""],
  ["an empty file", /[\s\S]*/, ""],
  ["a list", /[\s\S]*/, "- a\n"],
  ["a misspelled key", "failOn:", "failon:"],
  ["a key that is like none", "failOn: high", "colour: red"],
  ["an unknown severity", "failOn: high", "failOn: hihg"],
  ["an unknown onUnknown", "onUnknown: report", "onUnknown: ignore"],
  ["policies that are a text", "failOn: high", "policies: ./policies"],
  ["policies that are not there", "failOn: high", "policies: [./nowhere]"],
  ["extends itself", "failOn: high", "extends: [./plimsoll.yaml]"],
  ["extends what is not there", "failOn: high", "extends: [./base.yaml]"],
  ["extends a package that is not there", "failOn: high", "extends: ['@acme/plimsoll-config']"],
  ["extends a package without a configuration", "failOn: high", "extends: [bare]"],
  ["extends an address", "failOn: high", "extends: ['https://example.com/plimsoll.yaml']"],
  ["extends an absolute path of a package", "failOn: high", "extends: [reaching]"],
  ["extends a package that reaches out by a link", "failOn: high", "extends: [linked]"],
  ["an alias within what it names", "parameters:", "parameters: &p\n  own: *p"],
  ["a prototype as a parameter", "  account_ids:", "  __proto__: [a]\n  account_ids:"],
  ["a misspelled parameter", "account_ids", "acount_ids"],
  ["a parameter that is like none", "account_ids", "colour"],
  ["a parameter of another type", 'account_ids: ["111122223333"]', "account_ids: all"],
  ["a misspelled parameter of a policy", "max_images", "max_image"],
  ["a parameter of a policy of another type", "max_images: 50", "max_images: fifty"],
  ["a policy's parameters that are no map", "ECR-005: { max_images: 50 }", "ECR-005: 50"],
  ["a parameter of all policies below one", "ECR-005: { max_images: 50 }", "ECR-011: { account_ids: [a] }"],
  ["parameters of a policy that there is not", "ECR-005:", "ECR-555:"],
  ["a list of maps as a parameter", 'account_ids: ["111122223333"]', "account_ids: [{ a: 1 }]"],
  ["an override of a misspelled policy", "policy: ECS-006", "policy: ESC-006"],
  ["an override of no policy", "policy: ECS-006", "policy: TEAM-*"],
  ["an override that changes nothing", "    severity: low\n", ""],
  ["an override with an unknown severity", "severity: low", "severity: none"],
  ["an off without quotes, which YAML 1.2 leaves a text", "severity: low", "severity: off"],
  ["an override without resources in its list", '["module.legacy.*"]', "[]"],
  ["an address that is none", "module.legacy.*", "module legacy"],
  ["a waiver without a reason", "    reason: it must\n", ""],
  ["a waiver with an empty reason", "reason: it must", 'reason: ""'],
  ["a waiver of all resources", / {4}resources: \["module.agent.*\n/, ""],
  ["a waiver with a key of its own", "owner: platform-team", "ticket: PLAT-12"],
  ["a day that is none", "2027-03-31", "2027-02-30"],
  ["a day in another order", "2027-03-31", "31.3.2027"],
  ["no matches allowed", "owner: platform-team", "maxMatches: 0"],
  ["half a match", "owner: platform-team", "maxMatches: 1.5"],
  ["several mistakes", /[\s\S]*/, "failOn: hihg\nwaivers:\n  - policy: ECS-004\n    resource: [a]\n"],
];

mkdirSync(join(folder, "node_modules/bare"), { recursive: true });
for (const [name, path] of [
  ["reaching", "/etc/passwd"],
  ["linked", "./policies"],
] as const) {
  mkdirSync(join(folder, "node_modules", name), { recursive: true });
  writeFileSync(join(folder, "node_modules", name, "plimsoll.yaml"), `policies: [${path}]\n`);
}

/** What the command says of each file, with what was changed in it. */
async function messages(file: string, text: string, cases: readonly Case[], args: readonly string[]): Promise<string> {
  const blocks: string[] = [];
  for (const [what, from, to] of cases) {
    writeFileSync(
      join(folder, file),
      text.replace(from, () => to),
    );
    const { code, error } = await command(["check", planFile("first-plan"), "--quiet", ...args], { cwd: folder });
    blocks.push(`# ${what}\n${code === 2 ? error : `(exit ${code}) ${error}\n`}`);
  }
  rmSync(join(folder, file));
  return blocks.join("\n");
}

it("policy files: every mistake has its place and says what is allowed there", async () => {
  const args = ["--select", "ECR-006", "--policies", "policy.yaml"];
  await expect(await messages("policy.yaml", policy, policies, args)).toMatchFileSnapshot("malformed-policies.txt");
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

it("configurations: every mistake has its place and says what is allowed there", async () => {
  symlinkSync("/etc", join(folder, "node_modules/linked/policies"));
  await expect(await messages("plimsoll.yaml", config, configs, ["--select", "ECR-006"])).toMatchFileSnapshot(
    "malformed-configs.txt",
  );
});
