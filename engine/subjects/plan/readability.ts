import type { Task } from "../../joins/tasks.ts";
import { holdsTrue, memberNode } from "../../plan/node.ts";
import type { Plan, PlanResource } from "../../plan/read.ts";
import type { Reference, Target } from "../../plan/references.ts";
import { waitsOn } from "../../plan/references.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

/** What keeps a text from being read, by what the author can do about it. */
type Obstacle =
  | "repository"
  | "parameter-arn"
  | "secret-arn"
  | "aws-assigned"
  | "other-resource"
  | "data-source"
  | "local-value"
  | "module-output"
  | "function"
  | "not-json";

/** Whether the container definitions of a task definition can be read, and what to do where they cannot. */
export function readabilitySubjects(context: JoinContext): SubjectOf<"container-definitions">[] {
  return context.joins.tasks().map((task) => readabilitySubject(task, context));
}

function readabilitySubject({ definition, containers }: Task, { plan }: JoinContext) {
  const { resource, attributes } = definition;
  const { path } = attributes.container_definitions;
  const unknown = containers instanceof Unknown ? containers : null;
  const open = unknown === null ? [] : unknown.references.filter((reference) => isOpen(reference, plan));
  const waits = waitsOn(open);
  const reason = waits.length === 0 ? "no reference says why" : `it waits on ${waits.join(", ")}`;
  const note = unknown === null ? null : (unknown.detail ?? reason);
  return subject("container-definitions", resource, null, {
    isReadable: derivedFact(unknown === null, { path, note }),
    obstacles: derivedFact(unknown === null ? [] : obstaclesOf(unknown, open), { path }),
    isReadableNextTime: derivedFact(unknown === null ? true : isReadableNextTime(unknown, open, plan), { path }),
  });
}

function obstaclesOf({ reason }: Unknown, open: readonly Reference[]): string[] {
  if (reason === "invalid-json" || reason === "unexpected-shape") return ["not-json"];
  const found = open.map(({ end }): Obstacle => {
    if ("target" in end) return obstacleOf(end.target);
    if (end.deadEnd === "module-output") return "module-output";
    return end.deadEnd === "local" ? "local-value" : "other-resource";
  });
  return found.length === 0 ? ["function"] : [...new Set(found)];
}

function obstacleOf({ mode, type, attribute }: Target): Obstacle {
  if (mode === "data") return "data-source";
  if (type === "aws_ecr_repository") return "repository";
  if (type === "aws_ssm_parameter" && (attribute === "arn" || attribute === "")) return "parameter-arn";
  if (/^aws_secretsmanager_secret(?:_version)?$/.test(type)) return "secret-arn";
  return type.startsWith("aws_") ? "aws-assigned" : "other-resource";
}

/** Whether a reference may be what the text waits on: the union of references holds those with known values too. */
function isOpen({ end }: Reference, plan: Plan): boolean {
  if ("deadEnd" in end) return end.deadEnd !== "variable";
  const instances = plan.instances.of(end.target);
  const [first = ""] = /^[^.[]*/.exec(end.target.attribute) ?? [];
  // A data source that was read when the plan was made is not among its changes.
  if (instances.length === 0) return end.target.mode === "managed";
  return instances.some(({ node }) => first === "" || holdsTrue(memberNode(node, first).unknown));
}

/** After the apply of this plan, what it creates is known; a function without a reference may change every time. */
function isReadableNextTime({ reason }: Unknown, open: readonly Reference[], plan: Plan): Maybe<boolean> {
  if (reason !== "after-apply" || open.length === 0) return false;
  return allOf(
    open.map((reference) => {
      const { end } = reference;
      if ("deadEnd" in end) return new Unknown("no-join", [reference], "what stands behind it is not in the plan");
      const instances = plan.instances.of(end.target);
      return instances.length > 0 && instances.every(isCreated);
    }),
  );
}

function isCreated({ action }: PlanResource): boolean {
  return action === "create" || action === "replace";
}
