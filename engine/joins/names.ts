import type { Attribute } from "../model/attribute.ts";
import { parseImageReference, privateEcrRegistry } from "../model/image-reference.ts";
import type { Modelled, ModelledType } from "../model/model.ts";
import { Unknown } from "../plan/unknown.ts";
import { inRegistry, type Where } from "./where.ts";

/** What a text names: by these names, of which the first that is found counts. */
export interface Wanted {
  readonly names: readonly string[];
  /** Beside the resource that holds the text where it is not given. */
  readonly where?: Where;
}

type NameKey<T extends ModelledType> = {
  [K in keyof Modelled<T>["attributes"]]: Modelled<T>["attributes"][K] extends Attribute<string | null> ? K : never;
}[keyof Modelled<T>["attributes"]];

type AnyNameKey = { [T in ModelledType]: NameKey<T> }[ModelledType];

/** How resources of a type are named. */
export interface Naming {
  /** The type, where it is not the key of the row, and types whose resources are named in the same way. */
  readonly types?: readonly ModelledType[];
  /** The attributes whose values name a resource; none where only a reference does. */
  readonly by: readonly AnyNameKey[];
  /**
   * The attributes that a reference may be of to name one as it stands: where it is of any other, something is made of it,
   * as in `split("/", aws_iam_role.x.arn)[1]`. Any where this is not given.
   */
  readonly referredBy?: readonly string[];
  /** Brings a text to the form of the names, an ARN to a name for instance; null where it can name none of the type. */
  readonly read?: (text: string) => Wanted | null;
  /** The part of a text with unknown parts that is the name, where the rest is something else; null where there is none. */
  readonly part?: (parts: readonly (string | Unknown)[]) => Unknown | null;
  /** Names are unique within what this attribute names only. */
  readonly within?: Within;
  /** The attribute with the beginning of names that the provider generates. */
  readonly prefix?: AnyNameKey;
  readonly alias?: Alias;
  /** Whether to be mentioned is enough: what becomes of the reference does not count. */
  readonly isMention?: boolean;
  /** The attributes of a VPC that name one of this type, and the link by which that one names the VPC. */
  readonly ofVpc?: OfVpc;
  /** Whether a value that comes from resources of AWS of other types only names none. */
  readonly isOwnReferencesOnly?: boolean;
}

/** A type that stands for one of this type, by what its attribute names; `referredBy` as for a name. */
interface Alias {
  readonly type: "aws_lambda_alias" | "aws_secretsmanager_secret_version";
  readonly attribute: "function_name" | "secret_id";
  readonly referredBy?: readonly string[];
}

export interface OfVpc {
  readonly attributes: readonly string[];
  readonly link: "defaultGroupVpc" | "defaultTableVpc";
}

interface Within {
  readonly attribute: AnyNameKey;
  /** The type that the attribute names; null where those are not in the model. */
  readonly type: "aws_ecs_cluster" | null;
  readonly read: (text: string) => string;
  /** Whether one that the plan does not tell may be any. */
  readonly isUnknownAny: boolean;
}

/** `arn:aws:iam::111122223333:role/path/name` and `name` alike to `name`. */
export function lastPathSegment(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf("/"), arn.lastIndexOf(":")) + 1);
}

const cleaned = (clean: (text: string) => string) => (text: string) => ({ names: [text, clean(text)] });
const lastSegment = cleaned(lastPathSegment);

/** Only an ARN of an own policy says its name: a bare text in its place names none. */
function policyNames(text: string): Wanted {
  const isOwn = /^arn:[^:]+:iam::\d{12}:policy\//.test(text);
  return { names: isOwn ? [text, lastPathSegment(text)] : [text] };
}

/** The name of a repository has slashes of its own. */
const repositoryName = cleaned((text) => text.replace(/^arn:[^:]+:ecr:[^:]*:[^:]*:repository\//, ""));

/** `arn:…:task-definition/family:7`, `family:7` and `family` alike to `family`. */
function familyOf(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1).replace(/:\d+$/, "");
}

/** An ARN of a log group may end in `:*`. */
function logGroupOf(text: string): string {
  return text.replace(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/, "").replace(/:\*$/, "");
}

/** A name, an ARN or a partial ARN of a function, with or without a qualifier. Source: Lambda API Reference, Invoke. */
const functionName =
  /^(?:(?:arn:[^:]+:lambda:[^:]*:)?(?:\d{12}:)?function:|\d{12}:)?([A-Za-z0-9_-]+)(?::([A-Za-z0-9$_-]+))?$/;

/** The function that a text names, with the version or alias that is meant; null where it can name none. */
export function parseFunctionName(text: string): { readonly name: string; readonly qualifier: string | null } | null {
  const [, name, qualifier = null] = functionName.exec(text) ?? [];
  return name === undefined ? null : { name, qualifier };
}

/** An ARN of a secret ends in six random characters that are no part of its name. A partial ARN has none. */
function secretNames(text: string): Wanted | null {
  if (!text.startsWith("arn:")) return { names: [text] };
  const name = /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:([^:]*)/.exec(text)?.[1];
  return name === undefined ? null : { names: [text, name.replace(/-[A-Za-z0-9]{6}$/, ""), name] };
}

/**
 * Behind the ARN of a secret may stand a key of its JSON, and a version: `"${aws_secretsmanager_secret.x.arn}:password::"`.
 * Source: ECS Developer Guide, "Pass Secrets Manager secrets through Amazon ECS environment variables".
 */
function secretArn([arn, rest, ...others]: readonly (string | Unknown)[]): Unknown | null {
  const isWhole = typeof rest === "string" && /^:[^:]*:[^:]*:[^:]*$/.test(rest) && others.length === 0;
  return arn instanceof Unknown && isWhole ? arn : null;
}

/** The ARN of `/shop/x` and of `x` alike is `parameter/…`: a leading slash may be a part of the name or not. */
function parameterNames(text: string): Wanted | null {
  if (/^[a-zA-Z0-9_.\-/]+$/.test(text)) return { names: [text] };
  const name = /^arn:[a-z-]+:ssm:[a-z0-9-]*:\d*:parameter[/:](.+)$/.exec(text)?.[1];
  return name === undefined ? null : { names: [text, `/${name}`, name] };
}

/** The repository of an image in the registry that it names; none where that is no private registry of ECR. */
function imageRepository(text: string): Wanted | null {
  const image = parseImageReference(text);
  const registry = image === null ? null : privateEcrRegistry(image.registry);
  return image === null || registry === null ? null : { names: [image.repository], where: inRegistry(registry) };
}

const keyName = cleaned((text) => text.replace(/^arn:[^:]*:kms:[^:]*:[^:]*:(?=alias\/)/, ""));

/**
 * By which attributes each type is named, and how a text is brought to that form. `image` is the name of a container image,
 * which names a repository, and `referred` what container definitions refer to that the plan does not tell.
 */
export const names = {
  aws_cloudwatch_event_rule: {
    by: ["name", "id"],
    referredBy: ["name", "arn", "id"],
    within: {
      attribute: "event_bus_name",
      type: null,
      read: (text) => text.slice(text.lastIndexOf("/") + 1),
      isUnknownAny: true,
    },
  },
  aws_cloudwatch_log_group: {
    by: ["name", "arn"],
    referredBy: ["name", "arn", "id"],
    read: cleaned(logGroupOf),
    prefix: "name_prefix",
  },
  aws_codebuild_project: { by: ["name", "arn", "id"], referredBy: ["name", "arn", "id"], read: lastSegment },
  aws_ecr_pull_through_cache_rule: { by: [] },
  aws_ecr_repository: { by: ["name", "arn"], referredBy: ["name", "arn", "id"], read: repositoryName },
  aws_ecr_repository_creation_template: { by: [] },
  aws_ecs_capacity_provider: { by: ["name", "arn", "id"], referredBy: ["name", "arn", "id"], read: lastSegment },
  aws_ecs_cluster: { by: ["name", "arn", "id"], referredBy: ["name", "arn", "id"], read: lastSegment },
  aws_ecs_service: {
    by: ["name", "id"],
    referredBy: ["name", "arn", "id"],
    read: lastSegment,
    within: { attribute: "cluster", type: "aws_ecs_cluster", read: lastPathSegment, isUnknownAny: false },
  },
  aws_ecs_task_definition: {
    by: ["family", "arn"],
    referredBy: ["family", "arn", "arn_without_revision", "id"],
    read: cleaned(familyOf),
  },
  aws_guardduty_detector: { by: ["id"], referredBy: ["id"] },
  aws_iam_group: { by: ["name", "arn"], referredBy: ["name", "arn", "id"], read: lastSegment },
  aws_iam_policy: { by: ["arn", "name"], referredBy: ["name", "arn", "id"], read: policyNames, prefix: "name_prefix" },
  aws_iam_role: { by: ["name", "arn"], referredBy: ["name", "arn", "id"], read: lastSegment },
  aws_iam_role_policy: { by: [] },
  aws_iam_user: { by: ["name", "arn"], referredBy: ["name", "arn", "id"], read: lastSegment },
  aws_kms_key: {
    types: [
      "aws_kms_key",
      "aws_kms_replica_key",
      "aws_kms_external_key",
      "aws_kms_replica_external_key",
      "aws_kms_alias",
    ],
    by: ["arn", "key_id", "name"],
    referredBy: ["arn", "key_id", "name", "id", "target_key_arn", "target_key_id"],
    read: keyName,
  },
  aws_lambda_alias: { by: [] },
  aws_lambda_function: {
    by: ["function_name"],
    read: (text) => {
      const parsed = parseFunctionName(text);
      const account = /^(?:function:)?(\d{12}):/.exec(text)?.[1];
      const where = account === undefined ? {} : { where: { region: null, providerKey: null, accountId: account } };
      return parsed === null ? null : { names: [parsed.name], ...where };
    },
    alias: { type: "aws_lambda_alias", attribute: "function_name" },
    isOwnReferencesOnly: true,
  },
  aws_lb: { by: ["arn"], referredBy: ["arn", "id"] },
  aws_lb_listener: { by: ["arn"], referredBy: ["arn", "id"] },
  aws_lb_target_group: { by: ["arn"], referredBy: ["arn", "id"] },
  aws_route_table: {
    types: ["aws_route_table", "aws_default_route_table"],
    by: ["id"],
    referredBy: ["id"],
    ofVpc: { attributes: ["main_route_table_id", "default_route_table_id"], link: "defaultTableVpc" },
  },
  aws_secretsmanager_secret: {
    by: ["name", "arn", "id"],
    referredBy: ["name", "arn", "id"],
    read: secretNames,
    part: secretArn,
    // The ARN of a version is that of its secret; its id is not, and what its secret_id is may be a name.
    alias: { type: "aws_secretsmanager_secret_version", attribute: "secret_id", referredBy: ["arn"] },
  },
  aws_secretsmanager_secret_version: { by: [] },
  aws_ec2_managed_prefix_list: { by: ["id"], referredBy: ["id"] },
  aws_security_group: {
    types: ["aws_security_group", "aws_default_security_group"],
    by: ["id"],
    referredBy: ["id"],
    ofVpc: { attributes: ["default_security_group_id"], link: "defaultGroupVpc" },
  },
  aws_ssm_parameter: { by: ["name", "arn"], referredBy: ["name", "arn", "id"], read: parameterNames },
  aws_ssoadmin_permission_set: { by: ["arn"], referredBy: ["arn"] },
  aws_subnet: { types: ["aws_subnet", "aws_default_subnet"], by: ["id"], referredBy: ["id"] },
  // A default table or group of a VPC names that VPC.
  aws_vpc: { by: ["id", "default_security_group_id", "main_route_table_id", "default_route_table_id"] },
  aws_vpc_endpoint: { by: ["id"], referredBy: ["id"] },
  image: { types: ["aws_ecr_repository"], by: ["name"], referredBy: ["repository_url", "name"], read: imageRepository },
  referred: {
    types: ["aws_ecr_repository", "aws_cloudwatch_log_group", "aws_ssm_parameter"],
    by: [],
    isMention: true,
  },
} satisfies { readonly [T in ModelledType | "image" | "referred"]?: Naming };

type Names = typeof names;

/** What can be named: a type, or types that are named alike. */
export type Name = keyof Names;

type TypesOf<N extends Name> = Names[N] extends { readonly types: readonly (infer T extends ModelledType)[] }
  ? T
  : Extract<N, ModelledType>;

/** The resources that a name of this kind may mean. */
export type NamedBy<N extends Name> = Modelled<TypesOf<N>>;

/** The type that a join is to, for people. */
export function typeOf(name: Name): string {
  return name === "image" ? "aws_ecr_repository" : name;
}
