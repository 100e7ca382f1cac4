import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codeOf } from "./error-code.ts";
import { type ExitCode, exitCodes, UsageError } from "./exit-codes.ts";
import type { Io } from "./io.ts";

/** Writes a first configuration and a first policy, and prints what CI needs. Nothing that is there is touched. */
export async function initCommand(io: Io): Promise<ExitCode> {
  const present = files.filter(({ name }) => existsSync(join(io.cwd, name))).map(({ name }) => name);
  if (present.length > 0) throw new UsageError(`${present.join(", ")}: exists already; nothing was written`);
  for (const { name, text } of files) {
    const path = join(io.cwd, name);
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text, { flag: "wx" });
    } catch (error) {
      throw new UsageError(`${name}: cannot be written (${codeOf(error)})`);
    }
  }
  io.out(`Written: ${files.map(({ name }) => name).join(", ")}\n\n${next}`);
  return exitCodes.clean;
}

const next = `Next:
  plimsoll test policies    runs the examples of your policy
  plimsoll check tfplan     judges a plan by the shipped policies and yours

In CI, after terraform init, for instance on GitHub:
  - run: terraform plan -out=tfplan
  - run: plimsoll check tfplan --format text github sarif=plimsoll.sarif
`;

const schemas = "./node_modules/plimsoll/dist/schemas";

const config = `# yaml-language-server: $schema=${schemas}/config.schema.json
# All keys may be left out. plimsoll schema config describes them.

# More policy files or folders, from this file.
policies: [./policies]

# The lowest severity that fails the run: critical, high, medium, low or never.
failOn: high

# Whether what a plan cannot decide blocks: report or fail.
onUnknown: report

# Parameters by name, or by policy id and then by name. plimsoll explain <id> shows those of a policy.
# parameters:
#   account_ids: ["111122223333"]
#   ECR-005: { max_images: 50 }

# Your page that explains the policies, each at the anchor of its id (#team-001); reports link to it.
# policyPages: https://wiki.example.com/policies

# Exceptions from severity and blocking; the last that fits counts. A severity of "off" leaves a policy out.
# overrides:
#   - policy: ECS-006
#     resources: ["module.legacy.*"]
#     severity: low

# Whose waivers count: those of configurations alone (config), or those in comments of the Terraform source too (all).
waiversFrom: all

# Findings that you have decided to live with. They stay in the report, with the reason, and do not block.
# waivers:
#   - policy: ECS-004
#     resources: ["module.agent.aws_ecs_task_definition.this#datadog"]
#     reason: the agent must read the host's cgroups
#     owner: platform-team
#     expires: 2027-03-31
`;

const policy = `# yaml-language-server: $schema=.${schemas}/policy.schema.json
id: TEAM-001
title: Repositories are named after their team
problem: The name of repository \`{name}\` does not begin with that of a team # said of one that fails
severity: medium
subject: ecr-repository # what is judged; its facts are in policies/AUTHORING.md of plimsoll
why: >
  A repository whose name does not show its team has nobody to ask when its images must be rebuilt.
fix: >
  Begin the repository's name with that of its team: payments/api.
parameters:
  team_names:
    type: list
    default: ["payments/*", "shop/*"]
    description: What the names of repositories begin with, as globs
conditions: # what must hold
  all:
    - fact: name
      operator: matchesAny
      value: { parameter: team_names }
examples: # run by plimsoll test
  pass:
    - { name: payments/api }
  fail:
    - { name: api }
  unknown:
    - { name: { unknown: var.name } }
`;

const files: readonly { readonly name: string; readonly text: string }[] = [
  { name: "plimsoll.yaml", text: config },
  { name: "policies/team-001-team-names.yaml", text: policy },
];
