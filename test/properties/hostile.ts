import fc from "fast-check";
import { expect } from "vitest";
import { planBytes } from "../check-fixture.ts";
import type { Ran } from "../cli/command.ts";
import type { Files } from "../cli/folder.ts";
import { hostileParts, obeyed } from "../cli/hostile-names.ts";

/** A run ends with a code of its own, a sentence for each failure, and nothing that anybody obeys. */
export function expectOrderly(args: readonly string[], { code, out, error }: Ran): void {
  expect([args, [0, 1, 2, 3].includes(code)]).toEqual([args, true]);
  expect([args, code >= 2 ? error !== "" : true]).toEqual([args, true]);
  // RFC 4180 has its own line ends.
  const printed = args.includes("csv") ? out.replaceAll("\r\n", "\n") : out;
  expect([args, error.includes("an error inside"), obeyed.test(`${printed}${error}`)]).toEqual([args, false, false]);
  expect([args, error.split("\n").filter((line) => line !== "" && !line.startsWith("plimsoll: "))]).toEqual([args, []]);
}

const part = fc.constantFrom(...hostileParts.map(([text]) => text)).filter((text) => !text.includes("\ud800"));
const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }).map((text) => text.replace(/[/\\\0]/g, "_"));

/** Names that hold what somebody obeys or nobody sees; each can be that of a file. */
export const hostileName = fc
  .array(fc.oneof(part, word), { minLength: 1, maxLength: 4 })
  .map((parts) => `n${parts.join("")}`.replaceAll("/", ""))
  .filter((text) => Buffer.byteLength(text) < 200 && !/\p{Surrogate}/u.test(text));

/** Where a name comes into messages: the files of a folder, and what is run there. */
type Situation = (name: string) => { readonly files: Files; readonly runs: readonly (readonly string[])[] };

const plan = planBytes("ssm");
const check = ["check", "plan.json"];

const policy = (name: string) => ({
  id: "TEAM-001",
  title: name,
  severity: "high",
  subject: "ssm-parameter",
  why: name,
  fix: `${name}\n\n${name}`,
  controls: { [name]: [name] },
  parameters: { [name]: { type: "string", default: name, description: name } },
  conditions: { all: [{ fact: "name", operator: "equal", value: name }] },
  notes: [{ when: { all: [{ fact: "name", operator: "notEqual", value: "" }] }, because: name }],
  examples: { pass: [{ name }], fail: [{ name: "b" }], unknown: [{ name: "c" }] },
});

/** The file beside a plan as its configuration, and as a policy file of each command that reads those. */
function config(content: unknown): ReturnType<Situation> {
  return {
    files: { "plan.json": plan, "config.json": JSON.stringify(content) },
    runs: [[...check, "--config", "config.json"]],
  };
}

function policies(content: unknown): ReturnType<Situation> {
  const given = ["--policies", "policy.json"];
  return {
    files: { "plan.json": plan, "policy.json": JSON.stringify(content) },
    runs: [
      [...check, "--select", "TEAM-001", "--all", ...given],
      ["explain", "TEAM-001", ...given],
      ["policies", ...given],
      ["test", "policy.json"],
    ],
  };
}

const condition = (name: string, leaf: object) => policies({ ...policy(name), conditions: { all: [leaf] } });

/** A comment and a block of the source, in one file. */
function source(comment: string): ReturnType<Situation> {
  return {
    files: { "plan.json": plan, "main/main.tf": `${comment}\nresource "aws_ssm_parameter" "password" {\n}\n` },
    runs: [
      [...check, "--source", "main"],
      [...check, "--source", "main", "--waivers", "config"],
    ],
  };
}

/** A comment ends with its line. */
const inLine = (name: string) => name.replace(/[\r\n]/g, "");

export const situations: Readonly<Record<string, Situation>> = {
  "files and folders": (name) => ({
    files: {
      "plan.json": plan,
      [`${name}/plan.json`]: "",
      [`${name}/x/plan.json`]: plan,
      [`${name}.json`]: JSON.stringify({ [name]: [name] }),
      [`source/${name}.tf`]: "# plimsoll:nonsense\n",
      [`broken/${name}.tf`]: "resource {",
    },
    runs: [
      ["check", "."],
      ["check", name],
      ["check", `${name}/x`, "plan.json"],
      ["check", "--", `${name}.json`],
      [...check, "--config", `${name}.json`],
      [...check, "--policies", `${name}.json`],
      [...check, "--policies", name],
      [...check, "--source", name],
      [...check, "--source", "source"],
      [...check, "--source", "broken"],
      [...check, "--format", `json=${name}/x`, "text"],
      [...check, "--format", `json=${name}.json/x`],
      [...check, "--write-waivers", `${name}/w.yaml`, "--reason", "it is known"],
      ["facts", name],
      ["test", name],
    ],
  }),
  "the command line": (name) => ({
    files: { "plan.json": plan },
    runs: [
      ...["select", "skip", "format", "fail-on", "on-unknown", "waivers", "trusted-config", "expires", name].map(
        (option) => [...check, `--${option}=${name}`],
      ),
      [...check, "--write-waivers", "w.yaml", "--reason", name, "--owner", name],
      ["facts", "plan.json", name],
      ["explain", name],
      ["schema", name],
      ["policies", "--format", name],
      ["init", name],
      [name, name],
    ],
  }),
  "an unknown key of a configuration": (name) => config({ [name]: 1 }),
  "what a configuration extends": (name) => config({ extends: [name, `./${name}`] }),
  "the policies of a configuration": (name) => config({ policies: [name] }),
  "the parameters of a configuration": (name) => config({ parameters: { [name]: 1, "ECR-005": { [name]: name } } }),
  "a parameter of another type": (name) => config({ parameters: { allowed_registries: name } }),
  "the threshold of a configuration": (name) => config({ failOn: name }),
  "a waiver": (name) => config({ waivers: [{ policy: name, resources: [name], reason: name, owner: name }] }),
  "a waiver that matches nothing": (name) =>
    config({ waivers: [{ policy: "SSM-001", resources: [`${name}.x`], reason: `it is known: ${name}`, owner: name }] }),
  "the day of a waiver": (name) =>
    config({ waivers: [{ policy: "SSM-001", resources: ["a.b"], reason: "it is known", expires: name }] }),
  "an override": (name) => config({ overrides: [{ policy: name, resources: [name], severity: name }] }),
  "the texts of a policy": (name) => policies(policy(name)),
  "an unknown key of a policy": (name) => policies({ ...policy(name), [name]: name }),
  "the id of a policy": (name) => policies({ ...policy(name), id: name }),
  "the subject of a policy": (name) => policies({ ...policy(name), subject: name }),
  "the severity of a policy": (name) => policies({ ...policy(name), severity: name }),
  "a fact of a condition": (name) => condition(name, { fact: name, operator: "equal", value: name }),
  "an operator of a condition": (name) => condition(name, { fact: "name", operator: name, value: name }),
  "a parameter of a condition": (name) =>
    condition(name, { fact: "name", operator: "equal", value: { parameter: `${name}-` } }),
  "a named condition": (name) => condition(name, { condition: name }),
  "a pattern of a condition": (name) => condition(name, { fact: "name", operator: "matchesRegex", value: `(${name}` }),
  "a fact of an example": (name) => policies({ ...policy(name), examples: { pass: [{ [name]: name }] } }),
  "a comment of the source": (name) => source(`# plimsoll:${inLine(name)}`),
  "the reason of a comment": (name) => source(`# plimsoll:waive SSM-001: it is known ${inLine(name)}`),
  "the owner of a comment": (name) => source(`# plimsoll:waive SSM-001 owner ${inLine(name)}: it is known`),
  "the policy of a comment": (name) => source(`# plimsoll:waive ${inLine(name)}: it is known`),
};
