import { getOrAdd } from "../../joins/maps.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { test } from "../../three-valued.ts";
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
  /** Whether there is such a user, or an access key that works; a list that the plan does not tell may hold none. */
  readonly exists: Maybe<boolean>;
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
    ...model.aws_iam_access_key.map(({ resource, attributes: { user, status } }) => ({
      resource,
      grant: "access key" as const,
      holder: userHolder(user.value, resource, context),
      path: user.path,
      // A key that is switched off lets nobody in.
      exists: test(status.value, (text) => text !== "Inactive"),
    })),
  ];
  const keys = accessKeys(grants);
  return grants.map((each) => userGrantSubject(each, keys));
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
  const byResource = new Map<PlanResource, UserGrant[]>();
  for (const each of all) getOrAdd(byResource, each.resource, () => []).push(each);
  return [...byResource.values()].flatMap((own) => {
    const certain = own.filter(({ exists }) => exists === true);
    return certain.length > 0 ? certain : own.slice(0, 1);
  });
}

function userPath({ type }: PlanResource): string {
  if (type === "aws_iam_policy_attachment") return "users";
  return type === "aws_iam_user_policy_attachments_exclusive" ? "user_name" : "user";
}

/** The access keys of the plan by the name of their user. */
interface AccessKeys {
  readonly byUser: ReadonlyMap<string, UserGrant>;
  /** The user of the first key, and the first user that the plan does not tell. */
  readonly first: Maybe<string> | null;
  readonly unknown: Unknown | null;
}

function accessKeys(grants: readonly UserGrant[]): AccessKeys {
  const byUser = new Map<string, UserGrant>();
  let first: Maybe<string> | null = null;
  let unknown: Unknown | null = null;
  for (const each of grants) {
    if (each.grant !== "access key" || each.exists === false) continue;
    const { name } = each.holder;
    first ??= name;
    if (name instanceof Unknown) unknown ??= name;
    else getOrAdd(byUser, name, () => each);
  }
  return { byUser, first, unknown };
}

function hasKey(name: Maybe<string>, { byUser, first, unknown }: AccessKeys): Maybe<boolean> {
  if (name instanceof Unknown) return first === null ? false : first instanceof Unknown ? first : name;
  return byUser.has(name) || (unknown ?? false);
}

function userGrantSubject({ resource, grant, holder, path, exists }: UserGrant, keys: AccessKeys) {
  const { name } = holder;
  const key = name instanceof Unknown ? undefined : keys.byUser.get(name);
  return subject("iam-user-grant", resource, name instanceof Unknown ? null : name, {
    user: derivedFact(name, { path }),
    exists: derivedFact(exists, { path }),
    grant: derivedFact(grant),
    hasAccessKey: derivedFact((grant === "access key" && exists !== false) || hasKey(name, keys), {
      address: key === undefined || key.resource === resource ? null : key.resource.address,
      path: key === undefined ? null : "user",
    }),
  });
}
