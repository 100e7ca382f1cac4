import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";
import { type Attachment, attachments } from "./attachments.ts";
import { type Holder, userHolder } from "./holders.ts";

/** What a user has of its own, and the attribute that names the user. */
interface UserGrant {
  readonly resource: PlanResource;
  readonly grant: "inline policy" | "managed policy" | "access key";
  readonly holder: Holder;
  readonly path: string | null;
  /** Whether there is such a user; a list that the plan does not tell may hold none. */
  readonly exists: Maybe<true>;
}

/** The inline policies, attachments and access keys of users, whether or not the plan manages the user. */
export function userGrantSubjects(context: JoinContext): SubjectOf<"iam-user-grant">[] {
  const { model } = context;
  const grants: UserGrant[] = [
    ...model.aws_iam_user_policy.map(({ resource, attributes: { user } }) => ({
      resource,
      grant: "inline policy" as const,
      holder: userHolder(user.value, resource, context),
      path: user.path,
      exists: true as const,
    })),
    ...attachedToUsers(attachments(context)),
    ...model.aws_iam_access_key.map(({ resource, attributes: { user } }) => ({
      resource,
      grant: "access key" as const,
      holder: userHolder(user.value, resource, context),
      path: user.path,
      exists: true as const,
    })),
  ];
  return grants.map((each) => userGrantSubject(each, grants));
}

/** Of what a list holds that the plan does not tell, one row stands for all, where there is no other. */
function attachedToUsers(attached: readonly Attachment[]): UserGrant[] {
  const all = attached
    .filter(({ holder }) => holder.kind === "user")
    .map(({ resource, holder, arn, isRemainder, isHolderInUnknownList }): UserGrant => {
      const hidden = isRemainder ? arn : isHolderInUnknownList ? holder.name : null;
      const exists = hidden instanceof Unknown ? hidden : true;
      return { resource, grant: "managed policy", holder, path: userPath(resource), exists };
    });
  return all.filter(({ resource, exists }, at) => {
    const own = all.filter((other) => other.resource === resource);
    return exists === true || (own.every((other) => other.exists !== true) && own[0] === all[at]);
  });
}

function userPath({ type }: PlanResource): string {
  if (type === "aws_iam_policy_attachment") return "users";
  return type === "aws_iam_user_policy_attachments_exclusive" ? "user_name" : "user";
}

function userGrantSubject({ resource, grant, holder, path, exists }: UserGrant, all: readonly UserGrant[]) {
  const { name } = holder;
  const keys = all.filter((each) => each.grant === "access key");
  const key = keys.find((each) => isSame(each.holder.name, name) === true);
  return subject("iam-user-grant", resource, name instanceof Unknown ? null : name, {
    user: derivedFact(name, { path }),
    exists: derivedFact(exists, { path }),
    grant: derivedFact(grant),
    hasAccessKey: derivedFact(grant === "access key" || anyOf(keys.map((each) => isSame(each.holder.name, name))), {
      address: key === undefined || key.resource === resource ? null : key.resource.address,
      path: key === undefined ? null : "user",
    }),
  });
}

function isSame(one: Maybe<string>, other: Maybe<string>): Maybe<boolean> {
  if (one instanceof Unknown) return one;
  return other instanceof Unknown ? other : one === other;
}
