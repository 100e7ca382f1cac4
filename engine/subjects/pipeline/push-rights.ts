import { appliesToEveryResource, coversAction, grants } from "../../iam/actions.ts";
import type { Join } from "../../joins/join.ts";
import { lastPathSegment } from "../../joins/names.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { Statement } from "../../model/policy-document.ts";
import type { PolicyText } from "../../model/policy-text.ts";
import type { PlanResource } from "../../plan/read.ts";
import { elementsOf, type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";

type Role = Modelled<"aws_iam_role">;

const pushAction = "ecr:PutImage";

/** Whether a role may push images, and by what, for people. */
export interface PushRight {
  readonly value: Maybe<boolean>;
  readonly note: string | null;
}

/** Whether the role that an attribute names may push images to ECR. */
export function pushRightOf(role: Attribute<string | null>, from: PlanResource, context: JoinContext): PushRight {
  const found = context.joins.named("aws_iam_role", role.value, from);
  if (found.kind === "one") return roleMayPush(found.match, context);
  if (found.kind === "several") {
    const rights = found.matches.map((match) => roleMayPush(match, context).value);
    const all = allOf(rights);
    if (all === true || anyOf(rights) === false) return { value: all, note: null };
    return { value: unresolved("the role is one of several of this plan"), note: null };
  }
  if (found.kind === "unknown") return { value: found.unknown, note: null };
  return { value: unresolved("the role is not in this plan"), note: null };
}

function unresolved(detail: string): Unknown {
  return new Unknown("no-join", [], detail);
}

function roleMayPush(role: Role, context: JoinContext): PushRight {
  const parts = policiesOf(role, context);
  const allowed = anyOf(parts.map(({ allows }) => allows));
  const by = parts.find(({ allows }) => allows === true)?.by ?? null;
  if (allowed === false)
    return { value: false, note: `no policy of ${role.resource.address} in this plan allows ${pushAction}` };
  const denied = anyOf(parts.map(({ denies }) => denies));
  const isBounded =
    role.attributes.permissions_boundary.state === "unset"
      ? false
      : unresolved("a permissions boundary may take the right to push");
  const value = allOf([allowed, not(denied), not(isBounded)]);
  return { value, note: value === true ? `${role.resource.address} may push by ${by}` : null };
}

/** What one policy says of pushing. */
interface PolicyPart {
  readonly by: string;
  readonly allows: Maybe<boolean>;
  readonly denies: Maybe<boolean>;
}

/** All policies that the plan gives a role, and those of which it does not tell whether it does. */
function policiesOf(role: Role, context: JoinContext): PolicyPart[] {
  const { model } = context;
  const { inline_policy: inline, managed_policy_arns: managed } = role.attributes;
  return [
    ...model.aws_iam_role_policy.flatMap(({ resource, attributes }) =>
      ifHeld(context.joins.named("aws_iam_role", attributes.role.value, resource), role, () =>
        documentPart(attributes.policy, resource.address),
      ),
    ),
    ...elementsOf(inline.value).map((policy) =>
      policy instanceof Unknown
        ? opaquePart(policy)
        : documentPart(policy.policy, `${role.resource.address} ${policy.policy.path}`),
    ),
    ...model.aws_iam_role_policy_attachment.flatMap(({ resource, attributes }) =>
      ifHeld(context.joins.named("aws_iam_role", attributes.role.value, resource), role, () =>
        managedPart(attributes.policy_arn.value, resource, context),
      ),
    ),
    ...model.aws_iam_policy_attachment.flatMap(({ resource, attributes }) =>
      elementsOf(attributes.roles.value).flatMap((name) =>
        ifHeld(context.joins.named("aws_iam_role", name, resource), role, () =>
          managedPart(attributes.policy_arn.value, resource, context),
        ),
      ),
    ),
    ...elementsOf(managed.value).map((arn) => managedPart(arn, role.resource, context)),
  ];
}

function opaquePart(unknown: Unknown): PolicyPart {
  return { by: "", allows: unknown, denies: unknown };
}

/** The part of a policy whose holder was looked up: none where it is another role, an uncertain one where it may be. */
function ifHeld(found: Join<Role>, role: Role, part: () => PolicyPart): PolicyPart[] {
  if (found.kind === "one") return found.match === role ? [part()] : [];
  if (found.kind === "none" || (found.kind === "several" && !found.matches.includes(role))) return [];
  const { by, allows, denies } = part();
  const open = found.kind === "unknown" ? found.unknown : unresolved("the policy belongs to one of several roles");
  return [{ by, allows: allOf([allows, open]), denies: allOf([denies, open]) }];
}

function documentPart({ document }: PolicyText, by: string): PolicyPart {
  if (document instanceof Unknown) return opaquePart(document);
  const missing = document.missing ?? false;
  return {
    by,
    allows: anyOf([...document.statements.map((statement) => grants(statement, pushAction)), missing]),
    denies: anyOf([...document.statements.map(denies), missing]),
  };
}

/** A Deny under a condition or for some resources leaves open whether any push is left. */
function denies(statement: Statement): Maybe<boolean> {
  const named = allOf([test(statement.effect, (effect) => effect === "Deny"), coversAction(statement, pushAction)]);
  if (named !== true) return named;
  const isWhole = allOf([
    test(statement.conditions, (conditions) => conditions.length === 0),
    statement.notResources === null ? appliesToEveryResource(statement) : false,
  ]);
  return isWhole === true ? true : unresolved("a Deny may take the right to push");
}

/** Managed policies of AWS that allow pushing. */
const pushing = new Set([
  "AdministratorAccess",
  "PowerUserAccess",
  "AmazonEC2ContainerRegistryFullAccess",
  "AmazonEC2ContainerRegistryPowerUser",
  "EC2InstanceProfileForImageBuilderECRContainerBuilds",
]);

/** Managed policies of AWS that builds often have and that do not. */
const notPushing = new Set([
  "AWSCodeBuildAdminAccess",
  "AWSCodeBuildDeveloperAccess",
  "AWSCodeBuildReadOnlyAccess",
  "AWSCodeArtifactReadOnlyAccess",
  "AWSXRayDaemonWriteAccess",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonElasticContainerRegistryPublicReadOnly",
  "AmazonElasticContainerRegistryPublicPowerUser",
  "AmazonS3FullAccess",
  "AmazonS3ReadOnlyAccess",
  "AmazonSSMReadOnlyAccess",
  "AmazonECS_FullAccess",
  "AmazonECSTaskExecutionRolePolicy",
  "AWSLambdaBasicExecutionRole",
  "CloudWatchLogsFullAccess",
  "ReadOnlyAccess",
  "SecretsManagerReadWrite",
  "ViewOnlyAccess",
]);

function managedPart(arn: Maybe<string | null>, from: PlanResource, context: JoinContext): PolicyPart {
  const found = context.joins.named("aws_iam_policy", arn, from);
  if (found.kind === "one") return documentPart(found.match.attributes.policy, found.match.resource.address);
  if (arn instanceof Unknown) return opaquePart(arn);
  const name = lastPathSegment(arn ?? "");
  if (/^arn:[a-z-]+:iam::aws:policy\//.test(arn ?? "")) {
    if (pushing.has(name)) return { by: name, allows: true, denies: false };
    if (notPushing.has(name)) return { by: name, allows: false, denies: false };
  }
  const open = unresolved("what a managed policy that is not in this plan allows");
  return { by: name, allows: open, denies: false };
}
