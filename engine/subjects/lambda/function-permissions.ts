import { isAnyone, isServiceName, principalNamed } from "../../iam/principals.ts";
import { isRestrictedBy, sourceKinds } from "../../iam/restrictions.ts";
import type { Attribute } from "../../model/attribute.ts";
import type { Modelled } from "../../model/model.ts";
import type { Condition, Principal, Statement } from "../../model/policy-document.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, not, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact, type SubjectOf, subject } from "../subject.ts";

type FunctionPermission = Modelled<"aws_lambda_permission">;
type FunctionUrl = Modelled<"aws_lambda_function_url">;

/** The permissions and URLs of functions. */
export function functionPermissionSubjects(context: JoinContext): SubjectOf<"function-permission">[] {
  const { model } = context;
  return [
    ...model.aws_lambda_permission.map((permission) => permissionSubject(permission, context)),
    ...model.aws_lambda_function_url.map((url) => urlSubject(url, context)),
  ];
}

function permissionSubject(permission: FunctionPermission, context: JoinContext): SubjectOf<"function-permission"> {
  const { resource, attributes } = permission;
  return subject("function-permission", resource, null, {
    place: derivedFact("permission"),
    functionName: nameOf(attributes.function_name, context.joins.from(permission, "permittedFunction")),
    principal: attributes.principal,
    isOpenToEveryAccount: derivedFact(isOpen(permission), {
      path: attributes.principal.path,
      sensitive: attributes.principal.sensitive,
    }),
    isPublicUrl: derivedFact(false),
  });
}

function urlSubject(url: FunctionUrl, context: JoinContext): SubjectOf<"function-permission"> {
  const { resource, attributes } = url;
  const { value, path } = attributes.authorization_type;
  const isPublic = derivedFact(
    test(value, (type) => type === "NONE"),
    { path },
  );
  return subject("function-permission", resource, null, {
    place: derivedFact("url"),
    functionName: nameOf(attributes.function_name, context.joins.from(url, "urlFunction")),
    principal: derivedFact(null),
    isOpenToEveryAccount: isPublic,
    isPublicUrl: isPublic,
  });
}

function nameOf(
  written: Attribute<string | null>,
  found: ReturnType<JoinContext["joins"]["from"]>,
): Attribute<string | null> {
  if (!(written.value instanceof Unknown) || found.kind !== "one") return written;
  const { match } = found;
  return "function_name" in match.attributes ? { ...written, ...match.attributes.function_name } : written;
}

/**
 * Whether everybody may call, or have a service call, the function. The token of an event source is that of one skill.
 * Source: Lambda API Reference, AddPermission.
 */
function isOpen({ attributes }: FunctionPermission): Maybe<boolean> {
  const { event_source_token: token } = attributes;
  const principal = principalNamed(attributes.principal.value);
  const statement = statementOf(principal, attributes);
  const isService = isServiceName(attributes.principal.value);
  return anyOf([
    allOf([
      isAnyone(principal),
      not(isService),
      not(isRestrictedBy(statement, ["principal", "account", "organization", ...sourceKinds])),
    ]),
    allOf([isService, not(isRestrictedBy(statement, sourceKinds)), test(token.value, (value) => value === null)]),
  ]);
}

/** The statement that Lambda adds to the policy of the function. */
function statementOf(principal: Principal, attributes: FunctionPermission["attributes"]): Statement {
  const condition = (operator: string, key: string, { value }: Attribute<string | null>): Condition[] =>
    value === null ? [] : [{ operator, key, values: [value] }];
  return {
    index: 0,
    position: "0",
    sid: null,
    path: "",
    effect: "Allow",
    actions: [attributes.action.value ?? "lambda:InvokeFunction"],
    notActions: null,
    resources: ["*"],
    notResources: null,
    principals: [principal],
    notPrincipals: null,
    conditions: [
      ...condition("ArnLike", "aws:SourceArn", attributes.source_arn),
      ...condition("StringEquals", "aws:SourceAccount", attributes.source_account),
      ...condition("StringEquals", "aws:PrincipalOrgID", attributes.principal_org_id),
    ],
  };
}
