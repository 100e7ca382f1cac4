import type { Mistake, Path } from "../files/mistake.ts";
import { unknownName } from "../files/unknown-name.ts";
import { matchesGlob } from "../glob.ts";
import { operatorNamed } from "../operators/operators.ts";
import { isJsonObject } from "../plan/json.ts";
import { formMistakes } from "../policy/conditions.ts";
import { fitsParameter } from "../policy/load.ts";
import { parameterUses } from "../policy/named-facts.ts";
import type { Policy } from "../policy/policy.ts";
import { parseAddressPattern } from "../report/address-pattern.ts";
import { globalParameters } from "../subjects/settings.ts";
import type { ConfigFile } from "./config-file.ts";

/** What a configuration says of policies and parameters that there are not, or that is of another type than theirs. */
export function checkConfig(data: ConfigFile, policies: readonly Policy[]): Mistake[] {
  return [
    ...(data.overrides ?? []).flatMap((override, at) => [
      ...checkPolicyName(override.policy, ["overrides", at, "policy"], policies),
      ...checkPatterns(override.resources ?? [], ["overrides", at, "resources"]),
      ...((override.severity ?? override.failOn ?? override.onUnknown ?? override.block) === undefined
        ? [
            {
              path: ["overrides", at],
              message: 'changes nothing; give it a "severity", "failOn", "onUnknown" or "block"',
            },
          ]
        : []),
    ]),
    ...(data.waivers ?? []).flatMap((waiver, at) => [
      ...checkPolicyName(waiver.policy, ["waivers", at, "policy"], policies),
      ...checkPatterns(waiver.resources, ["waivers", at, "resources"]),
      ...checkReach(waiver, ["waivers", at], policies),
    ]),
    ...Object.entries(data.parameters ?? {}).flatMap(([name, value]) => checkParameter(name, value, policies)),
  ];
}

function checkPolicyName(name: string, path: Path, policies: readonly Policy[]): Mistake[] {
  const ids = policies.map(({ id }) => id);
  if (ids.some((id) => matchesGlob(id, name))) return [];
  return [{ path, message: unknownName("policy", name, ids) }];
}

/** A waiver is of something: one of every policy on every resource would be a gate that is open. */
function checkReach(waiver: { policy: string; resources: readonly string[] }, path: Path, policies: readonly Policy[]) {
  const isOfAll = policies.length > 0 && policies.every(({ id }) => matchesGlob(id, waiver.policy));
  if (!isOfAll || !waiver.resources.some((pattern) => /^[*?]+$/.test(pattern))) return [];
  return [{ path, message: "waives all policies on all resources; name the policy or the resources" }];
}

function checkPatterns(patterns: readonly string[], path: Path): Mistake[] {
  return patterns.flatMap((pattern, at) =>
    parseAddressPattern(pattern) === null
      ? [{ path: [...path, at], message: `"${pattern}" is no address and no pattern of one` }]
      : [],
  );
}

function checkParameter(name: string, value: unknown, policies: readonly Policy[]): Mistake[] {
  const own = policies.find(({ id }) => id === name);
  if (own !== undefined) return checkOwnParameters(own, value);
  const owners = policies.filter(({ parameters }) => Object.hasOwn(parameters, name));
  const path = ["parameters", name];
  const shared = globalParameters.get(name);
  if (owners.length === 0 && shared === undefined) {
    const names = new Set([
      ...globalParameters.keys(),
      ...policies.flatMap(({ parameters }) => Object.keys(parameters)),
    ]);
    const known = [...names, ...policies.map(({ id }) => id)];
    return [{ path, message: unknownParameter(name, known), ofKey: true }];
  }
  if (shared !== undefined && !fitsParameter(shared.type, value))
    return [{ path, message: `must be a ${shared.type}` }];
  const [first] = owners.flatMap((policy) => checkValue(policy, name, value, path));
  return first === undefined ? [] : [first];
}

function unknownParameter(name: string, known: readonly string[]): string {
  const message = unknownName("parameter", name, known);
  // Several hundred names help nobody.
  return message.includes("did you mean")
    ? message
    : `unknown parameter "${name}"; plimsoll explain <id> shows those of a policy`;
}

function checkOwnParameters(policy: Policy, value: unknown): Mistake[] {
  const path = ["parameters", policy.id];
  if (!isJsonObject(value)) return [{ path, message: "must be a map of this policy's parameters" }];
  return Object.entries(value).flatMap(([name, each]) => {
    const at = [...path, name];
    if (globalParameters.has(name))
      return [
        {
          path: at,
          message: `"${name}" counts for all policies; set it beside ${policy.id}, not below it`,
          ofKey: true,
        },
      ];
    if (!Object.hasOwn(policy.parameters, name))
      return [{ path: at, message: unknownName("parameter", name, Object.keys(policy.parameters)), ofKey: true }];
    return checkValue(policy, name, each, at);
  });
}

function checkValue(policy: Policy, name: string, value: unknown, path: Path): Mistake[] {
  const type = policy.parameters[name]?.type;
  if (type === undefined) return [];
  if (!fitsParameter(type, value)) return [{ path, message: `must be a ${type}, as ${policy.id} has it` }];
  if (Array.isArray(value) && value.some((element: unknown) => typeof element === "object" && element !== null))
    return [{ path, message: "a list holds single values only" }];
  return parameterUses(policy, name)
    .flatMap((operator) => formMistakes(operatorNamed(operator), value))
    .map((message) => ({ path, message }));
}
