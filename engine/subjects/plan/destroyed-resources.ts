import { matchesGlob } from "../../glob.ts";
import { getOrAdd } from "../../joins/maps.ts";
import { type ProtectiveType, protectiveTypes, scalarOf } from "../../model/protective-types.ts";
import { once } from "../../once.ts";
import type { Plan, PlanResource } from "../../plan/read.ts";
import type { Removal } from "../../plan/removal.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf, test } from "../../three-valued.ts";
import { indexByValue } from "../by-value.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { isProtectedObjectDestroyed, successorsOf, takesPlaceOf } from "./successors.ts";

/** A resource of the plan whose present object goes. */
interface Departing {
  readonly resource: PlanResource;
  readonly removal: Removal;
}

/** What becomes of a protection, and how that was found. */
interface Fate {
  readonly staysProtected: Maybe<boolean>;
  readonly note: string | null;
}

/** A subject for each object that the apply deletes, forgets or replaces. */
export function destroyedResourceSubjects({ plan }: JoinContext): SubjectOf<"destroyed-resource">[] {
  return plan.resources.flatMap((resource) => {
    const { removal, mode, isAws, type } = resource;
    if (removal === null || mode !== "managed" || !isAws) return [];
    const protective = Object.hasOwn(protectiveTypes, type) ? protectiveTypes[type] : undefined;
    // What a replacement of any other type keeps, nothing here can tell.
    if (removal.successor !== "none" && protective === undefined && type !== "aws_ecr_repository") return [];
    return destroyedResource({ resource, removal }, protective, plan);
  });
}

function destroyedResource(
  departing: Departing,
  protective: ProtectiveType | undefined,
  plan: Plan,
): SubjectOf<"destroyed-resource"> {
  const { resource, removal } = departing;
  const { type, deposed } = resource;
  const { staysProtected, note } = fateOf(departing, protective, plan);
  const isOwnerDestroyed =
    protective === undefined ? false : isProtectedObjectDestroyed(resource, removal, protective, plan);
  return subject("destroyed-resource", resource, deposed === null ? null : `deposed ${deposed}`, {
    type: derivedFact(type),
    change: derivedFact(removal.successor === "none" ? removal.how : "replace"),
    staysProtected: derivedFact(staysProtected, { note }),
    isProtectedObjectDestroyed: derivedFact(isOwnerDestroyed),
    deletesImages: deletesImagesFact(departing),
    isRescanRule: derivedFact(type === "aws_cloudwatch_event_rule" ? isRescanRule(removal, plan) : false),
  });
}

/** Without force_delete AWS refuses to delete a repository that has images. */
function deletesImagesFact({ resource, removal }: Departing) {
  if (resource.type !== "aws_ecr_repository" || removal.how !== "delete") return derivedFact(false);
  const isForced = test(scalarOf(removal.before, "force_delete").value, (value) => value === true);
  const note = isForced === true ? "the repository is deleted with all images in it" : null;
  return derivedFact(isForced, { path: "force_delete", note });
}

function fateOf(departing: Departing, protective: ProtectiveType | undefined, plan: Plan): Fate {
  const { resource, removal } = departing;
  if (protective === undefined) return fateOfOtherType(resource, plan);
  const { off, staysInForce } = protective;
  if (staysInForce !== undefined) return { staysProtected: true, note: staysInForce };
  if (off !== undefined && scalarOf(removal.before, off.attribute).value === off.value)
    return { staysProtected: true, note: `it protected nothing: ${off.attribute} was ${off.value}` };
  const fates = successorsOf(plan)(resource.type, removal, protective).flatMap((candidate) => {
    const takesPlace = takesPlaceOf(candidate, resource, removal, protective, plan);
    if (takesPlace === false) return [];
    if (takesPlace instanceof Unknown) return [{ staysProtected: takesPlace, note: null }];
    return fateWith(candidate, departing, protective);
  });
  return (
    fates.find(({ staysProtected }) => staysProtected === true) ??
    fates.find(({ staysProtected }) => staysProtected instanceof Unknown) ??
    fates[0] ?? { staysProtected: false, note: noSuccessorNote(removal, protective) }
  );
}

function noSuccessorNote({ how, before }: Removal, { keys, without }: ProtectiveType): string {
  const values = Object.keys(keys).map((key) => scalarOf(before, key).value);
  const named = values.filter((value) => typeof value === "string").join(", ");
  const gone = how === "forget" ? "Terraform keeps it in place no longer" : without;
  return `nothing of this plan takes its place${named === "" ? "" : ` for ${named}`}; ${gone}`;
}

/** Of a type that a team added, the plan does not tell what takes its place. */
function fateOfOtherType({ type }: PlanResource, plan: Plan): Fate {
  const created = firstCreated(plan).get(type);
  return created === undefined
    ? { staysProtected: false, note: `this plan creates no other ${type}` }
    : { staysProtected: open(`${created.address} is created, and may take its place or not`), note: null };
}

const firstCreated = once(({ resources }: Plan) => {
  const created = new Map<string, PlanResource>();
  for (const resource of resources) if (resource.action === "create") getOrAdd(created, resource.type, () => resource);
  return created;
});

/** What a resource with the same key means for the one that goes. */
function fateWith(candidate: PlanResource, { resource, removal }: Departing, protective: ProtectiveType): Fate[] {
  const isItself = candidate === resource;
  const isNew = isItself || candidate.action === "create" || candidate.action === "replace";
  if (!protective.isOneForKey) {
    if (isItself || protective.isInterchangeable)
      return [{ staysProtected: true, note: `${candidate.address} takes its place` }];
    return isNew
      ? [{ staysProtected: open(`${candidate.address} is created, and may take its place or not`), note: null }]
      : [];
  }
  if (removal.how === "forget") return [{ staysProtected: true, note: `${candidate.address} takes its place` }];
  const oneObject = "AWS holds only one such setting";
  if (isItself) {
    return removal.successor === "after"
      ? [{ staysProtected: true, note: "it is created again after the deletion" }]
      : [
          {
            staysProtected: false,
            note: `with create_before_destroy the deletion comes second, and ${oneObject}, so it deletes what was just made`,
          },
        ];
  }
  if (candidate.action === "no-op")
    return [
      {
        staysProtected: false,
        note: `${candidate.address} stays in the state, but ${oneObject}, so the deletion takes it away from both`,
      },
    ];
  return [
    {
      staysProtected: open(
        `${candidate.address} sets the same, but ${oneObject}, and Terraform does not say which comes first, that or this deletion; a moved block makes one resource of the two`,
      ),
      note: null,
    },
  ];
}

function open(detail: string): Unknown {
  return new Unknown("no-join", [], detail);
}

/** Names of functions that scan images again, and of the rules that start them. */
const rescanNames = ["*rescan*", "*ecr*scan*", "*image*scan*"];

/** Whether a rule starts a function that scans images again, as far as names tell. */
function isRescanRule({ before }: Removal, plan: Plan): Maybe<boolean> {
  const name = scalarOf(before, "name").value;
  const isRescanName = (value: unknown) =>
    typeof value === "string" && rescanNames.some((pattern) => matchesGlob(value.toLowerCase(), pattern));
  if (isRescanName(name)) return true;
  return anyOf(
    targetsOf(plan)(name).map((target) => {
      const isOfRule = test(scalarOf(target, "rule").value, (rule) => rule === name);
      return isOfRule === true ? test(scalarOf(target, "arn").value, (arn) => isRescanName(arn)) : isOfRule;
    }),
  );
}

/** The targets as they are now, or else will be, by the name of their rule. */
const targetsOf = once(({ resources }: Plan) =>
  indexByValue(
    resources
      .filter(({ type }) => type === "aws_cloudwatch_event_target")
      .map(({ node, removal }) => removal?.before ?? node),
    (target) => [scalarOf(target, "rule").value],
  ),
);
