import { getOrAdd } from "../../joins/maps.ts";
import { once } from "../../once.ts";
import { configResource, constantOf, scopeOf } from "../../plan/configuration.ts";
import { ownMember } from "../../plan/json.ts";
import type { Plan } from "../../plan/read.ts";
import { formatTarget, type Reference, type Target } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { isSecretAttribute } from "../../secrets/secret-attributes.ts";
import { allOf, anyOf, listIf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { isSecretPath } from "./secret-references.ts";

/** Whether a reference is to an attribute that holds a secret, as far as its type and name tell. */
export function namesSecretAttribute(target: Target): Maybe<boolean> {
  const isSecret = isSecretAttribute(target.type, target.attribute);
  // Behind an index, and for a resource passed on as a whole, the plan does not keep the attribute.
  return (
    isSecret ?? new Unknown("no-join", [], `the plan does not keep which attribute of ${formatTarget(target)} is meant`)
  );
}

/** Whether a value that waits for apply waits on a secret; false for a known one. */
export function refersToSecret(value: Maybe<string | null>, context: JoinContext): Maybe<boolean> {
  if (!(value instanceof Unknown)) return false;
  if (value.references.length === 0) return value;
  return anyOf(
    value.references.map(({ end }): Maybe<boolean> => {
      if ("target" in end) return isSecretTarget(end.target, context);
      return end.deadEnd === "variable" ? false : value;
    }),
  );
}

function isSecretTarget(target: Target, context: JoinContext): Maybe<boolean> {
  const isStored = target.type === "aws_ssm_parameter" ? isSecureParameter(target, context) : true;
  return allOf([namesSecretAttribute(target), isStored]);
}

/**
 * Of the parameters that the plan manages only a SecureString counts as a secret (SSM-001 reports a plain one). Of those
 * that are only read, a name that looks like a secret's counts too.
 */
function isSecureParameter(target: Target, context: JoinContext): Maybe<boolean> {
  if (target.mode === "managed") {
    const types = context.joins.instances("aws_ssm_parameter", target).map(({ attributes }) => attributes.type.value);
    return anyOf(types.map((type) => test(type, (known) => known === "SecureString")));
  }
  const address = formatTarget({ ...target, attribute: "" });
  const read = readData(context.plan).get(address) ?? [];
  const isNamedSecret = (name: unknown) => typeof name === "string" && isSecretPath(name, context);
  if (read.length > 0)
    return read.some(
      ({ values }) => ownMember(values, "type") === "SecureString" || isNamedSecret(ownMember(values, "name")),
    );
  const names = parameterNames(target, context);
  if (names.some(isNamedSecret)) return true;
  if (names.length > 0 && names.every((name) => typeof name === "string" && name.startsWith("/aws/"))) return false;
  return new Unknown("no-join", [], `the plan does not show whether ${address} is a SecureString`);
}

/** What data sources have read, by the address of an instance and of all instances. */
const readData = once(({ stateData }: Plan) => {
  const found = new Map<string, Plan["stateData"][number][]>();
  for (const data of stateData) {
    for (const address of new Set([data.address, data.resourceAddress])) getOrAdd(found, address, () => []).push(data);
  }
  return found;
});

/** The names of the parameters that a data source is going to read, where its changes or its configuration tell them. */
function parameterNames(target: Target, { plan }: JoinContext): unknown[] {
  const changes = plan.instances.of(target);
  if (changes.length > 0) return changes.map(({ node }) => ownMember(node.value, "name"));
  const scope = scopeOf(plan.variables.root, target.module);
  const config = scope === null ? null : configResource(scope, target.mode, target.type, target.name);
  return [constantOf(ownMember(config?.expressions, "name"))];
}

/**
 * The secrets that an expression refers to, by name. `variables` says whether variables that are declared sensitive count:
 * a mark of the plan on the value is more exact, because `nonsensitive()` takes it away.
 */
export function secretSources(
  references: readonly Reference[],
  variables: boolean,
  context: JoinContext,
): readonly Maybe<string>[] {
  const found = references.flatMap(({ text, sensitive, end }): Maybe<string>[] => {
    const name = "target" in end ? formatTarget(end.target) : text;
    if (sensitive && variables) return [name];
    return listIf("target" in end ? isSecretTarget(end.target, context) : false, name);
  });
  return [...new Set(found)];
}
