import { anySource } from "../../joins/reverse.ts";
import { once } from "../../once.ts";
import { absenceOf } from "../../plan/absence.ts";
import { memberNode } from "../../plan/node.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, listIf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import type { SecurityGroup } from "./rules.ts";

type Direction = "ingress" | "egress";
const directions: readonly Direction[] = ["ingress", "egress"];

/** The groups of the plan, with the directions whose rules stand in two forms. */
export function securityGroupSubjects(context: JoinContext): SubjectOf<"security-group">[] {
  const { model } = context;
  return [...model.aws_security_group, ...model.aws_default_security_group].map((group) => {
    const undone = directions.map((direction) => ({ direction, isUndone: isUndone(context)(group, direction) }));
    const [first] = undone.filter(({ isUndone: found }) => found !== false);
    return subject("security-group", group.resource, null, {
      undoneDirections: derivedFact(
        undone.flatMap(({ direction, isUndone: found }) => listIf(found, direction)),
        { path: first?.direction ?? null },
      ),
      separateRules: derivedFact(
        undone.flatMap(({ direction, isUndone: found }) =>
          found === true ? separateRules(group, direction, context) : [],
        ),
      ),
    });
  });
}

/**
 * Whether the rules of a direction stand both within the group and in resources of their own. The provider makes the group as
 * it is written, so that each apply takes away the rules beside it, and the next one brings them back.
 * Source: provider documentation, "Resource: aws_security_group", note on rules in line and on their own.
 */
export const isUndone = once((context: JoinContext) => {
  const known = { ingress: new Map<SecurityGroup, Maybe<boolean>>(), egress: new Map<SecurityGroup, Maybe<boolean>>() };
  return (group: SecurityGroup, direction: Direction): Maybe<boolean> => {
    const found =
      known[direction].get(group) ?? allOf([holdsRules(group, direction), hasRules(group, direction, context)]);
    known[direction].set(group, found);
    return found;
  };
});

/** Whether the group says itself which rules it has, if only that it has none. A default group always does. */
function holdsRules({ resource }: SecurityGroup, direction: Direction): Maybe<boolean> {
  if (resource.type === "aws_default_security_group") return true;
  const node = memberNode(resource.node, direction);
  const isNull = node.value === null || node.value === undefined;
  if ((node.expressions ?? []).length > 0) {
    if (!isNull || node.unknown !== true) return !isNull;
    // An expression that may be null leaves the rules as they are.
    return isBlocks(node.expressions ?? []) ? true : absence(node);
  }
  if (node.expressions === null) return new Unknown("not-in-configuration");
  if (!Array.isArray(node.value) || node.value.length === 0) return false;
  // A dynamic block leaves no expression. What an existing group has without one may also have been added by hand.
  const isNew = resource.action === "create" || resource.action === "replace";
  return isNew ? true : new Unknown("dynamic-block");
}

function absence(node: Parameters<typeof absenceOf>[0]): Maybe<boolean> {
  const found = absenceOf(node, "attribute");
  return found === "unset" ? false : found;
}

/** Blocks are a list of objects, an argument is one expression. */
function isBlocks(expressions: readonly unknown[]): boolean {
  return expressions.some(
    (expression) =>
      typeof expression === "object" &&
      expression !== null &&
      !("references" in expression) &&
      !("constant_value" in expression),
  );
}

function hasRules(group: SecurityGroup, direction: Direction, { joins }: JoinContext): Maybe<boolean> {
  return anyOf([
    anySource(joins.to(group, "ruleGroup"), ({ attributes }) =>
      test(attributes.type.value, (type) => type === direction),
    ),
    anySource(joins.to(group, direction === "ingress" ? "ingressGroup" : "egressGroup")),
  ]);
}

function separateRules(group: SecurityGroup, direction: Direction, { joins }: JoinContext): string[] {
  const shared = joins.to(group, "ruleGroup").certain.map(({ source }) => source);
  const own = joins.to(group, direction === "ingress" ? "ingressGroup" : "egressGroup").certain;
  return [
    ...shared.filter(({ attributes }) => attributes.type.value === direction).map(({ resource }) => resource.address),
    ...own.map(({ source }) => source.resource.address),
  ];
}
