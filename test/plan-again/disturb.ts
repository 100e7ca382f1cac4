import { digits } from "./made-values.ts";
import type { StateObject } from "./state.ts";

/** A state that the configuration brings back to what it was, in several ways at once. */
export interface Disturbed {
  readonly objects: readonly StateObject[];
  /** Moves, in Terraform's language. */
  readonly code: string;
  /** The addresses of what the plan takes away. */
  readonly gone: ReadonlySet<string>;
}

type Attributes = StateObject["attributes"];

const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: statement });
const everything = document({ Effect: "Allow", Action: "*", Resource: "*" });
const everyone = (action: string) => document({ Effect: "Allow", Principal: "*", Action: action, Resource: "*" });
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const keepsNothing = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 },
      action: { type: "expire" },
    },
  ],
});
const world = { protocol: "tcp", from_port: 22, to_port: 22, description: "" };
const toInternet = { destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-0123456789abcdef0" };

/**
 * Beside what the configuration has stands what is too much, both as a resource that is in no code and as the copy of it;
 * what is written is wider than the code has it; and one object of each type has another name.
 */
export function disturbed(objects: readonly StateObject[]): Disturbed {
  const owned = ownedOf(objects);
  const added = objects.flatMap((object) => surplus(object, owned));
  const moved = movable(objects);
  return {
    objects: [
      ...objects.map((object) => {
        const wide = widened(withCopies(object, owned));
        return moved.has(object) ? { ...wide, name: `was_${object.name}` } : wide;
      }),
      ...added,
    ],
    code: [...moved]
      .map(({ type, name }) => `moved {\n  from = ${type}.was_${name}\n  to   = ${type}.${name}\n}\n`)
      .join("\n"),
    gone: new Set(added.map(({ address }) => address)),
  };
}

/** The first one of each type whose address holds neither a module nor a key. */
function movable(objects: readonly StateObject[]): ReadonlySet<StateObject> {
  const found = new Map<string, StateObject>();
  for (const object of objects) {
    const { address, type, name } = object;
    if (address === `${type}.${name}` && !found.has(type)) found.set(type, object);
  }
  return new Set(found.values());
}

/** What stands beside an object of a type: another type that the code does not have, and the copy of it. */
interface Surplus {
  readonly type: string;
  readonly schemaVersion?: number;
  /** The attribute of the other type that names the object; of each object there is one such resource only. */
  readonly only?: string;
  readonly values: (own: Attributes) => Attributes;
  readonly copies?: (own: Attributes) => Attributes;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const surpluses: Readonly<Record<string, readonly Surplus[]>> = {
  aws_iam_role: [
    {
      type: "aws_iam_role_policy",
      values: ({ name }) => ({ role: name, name: "surplus", name_prefix: "", policy: everything }),
      copies: (own) => ({ inline_policy: [...list(own["inline_policy"]), { name: "surplus", policy: everything }] }),
    },
    {
      type: "aws_iam_role_policy_attachment",
      values: ({ name }) => ({ role: name, policy_arn: administrator }),
      copies: (own) => ({ managed_policy_arns: [...list(own["managed_policy_arns"]), administrator] }),
    },
  ],
  aws_iam_user: [
    { type: "aws_iam_user_policy_attachment", values: ({ name }) => ({ user: name, policy_arn: administrator }) },
  ],
  aws_iam_group: [
    { type: "aws_iam_group_policy_attachment", values: ({ name }) => ({ group: name, policy_arn: administrator }) },
  ],
  aws_security_group: [
    {
      type: "aws_security_group_rule",
      schemaVersion: 2,
      values: ({ id }) => ({
        ...world,
        cidr_blocks: ["0.0.0.0/0"],
        security_group_id: id,
        type: "ingress",
        self: false,
      }),
      copies: (own) => ({
        ingress: [
          ...list(own["ingress"]),
          {
            ...world,
            cidr_blocks: ["0.0.0.0/0"],
            ipv6_cidr_blocks: [],
            prefix_list_ids: [],
            security_groups: [],
            self: false,
          },
        ],
      }),
    },
  ],
  aws_ecr_repository: [
    {
      type: "aws_ecr_repository_policy",
      only: "repository",
      values: ({ name }) => ({ repository: name, policy: everyone("ecr:*") }),
    },
    {
      type: "aws_ecr_lifecycle_policy",
      only: "repository",
      values: ({ name }) => ({ repository: name, policy: keepsNothing }),
    },
  ],
  aws_secretsmanager_secret: [
    {
      type: "aws_secretsmanager_secret_policy",
      only: "secret_arn",
      values: ({ arn }) => ({ secret_arn: arn, policy: everyone("secretsmanager:*"), block_public_policy: false }),
      copies: () => ({ policy: everyone("secretsmanager:*") }),
    },
  ],
  aws_route_table: [
    {
      type: "aws_route",
      values: ({ id }) => ({ route_table_id: id, ...toInternet }),
      copies: (own) => ({
        route: [...list(own["route"]), { cidr_block: "0.0.0.0/0", gateway_id: toInternet.gateway_id }],
      }),
    },
  ],
  aws_ssm_parameter: [
    {
      type: "aws_ssm_parameter",
      schemaVersion: 0,
      values: ({ name }) => ({ name: `${String(name)}-password`, type: "String", value: "correct-horse-battery" }),
    },
  ],
};

/** Which objects have a resource of which there is one only: `type`, and what it names. */
type Owned = ReadonlySet<string>;

function ownedOf(objects: readonly StateObject[]): Owned {
  const only = Object.values(surpluses).flatMap((each) =>
    each.flatMap(({ type, only }) => (only ? [{ type, only }] : [])),
  );
  return new Set(
    objects.flatMap((object) =>
      only
        .filter(({ type }) => type === object.type)
        .map(({ type, only }) => `${type} ${String(object.attributes[only])}`),
    ),
  );
}

function surplusesOf({ type, provider, attributes }: StateObject, owned: Owned): readonly Surplus[] {
  // What a module calls by a name of its own is not in the root module of a configuration that takes the resource away.
  if (provider.startsWith("module.")) return [];
  return (surpluses[type] ?? []).filter(
    (each) => each.only === undefined || !owned.has(`${each.type} ${String(each.values(attributes)[each.only])}`),
  );
}

function surplus(object: StateObject, owned: Owned): StateObject[] {
  const { attributes, address, provider } = object;
  return surplusesOf(object, owned).map(({ type, schemaVersion = 0, values }) => {
    const name = `surplus_${digits(address, 8)}`;
    return {
      address: `${type}.${name}`,
      module: null,
      type,
      name,
      index: null,
      provider,
      schemaVersion,
      attributes: { id: digits(`${type} ${address}`, 16), ...values(attributes) },
      sensitive: [],
    };
  });
}

function withCopies(object: StateObject, owned: Owned): StateObject {
  const copies = surplusesOf(object, owned).map((each) => each.copies?.(object.attributes) ?? {});
  return { ...object, attributes: Object.assign({}, object.attributes, ...copies) };
}

/** What the code narrows: an attribute, by type, and what stood there before. */
const wider: Readonly<Record<string, Attributes>> = {
  aws_ecr_lifecycle_policy: { policy: keepsNothing },
  aws_ecr_repository: { image_tag_mutability: "MUTABLE" },
  aws_ecr_repository_policy: { policy: everyone("ecr:*") },
  aws_iam_group_policy: { policy: everything },
  aws_iam_policy: { policy: everything },
  aws_iam_role_policy: { policy: everything },
  aws_iam_user_policy: { policy: everything },
  aws_secretsmanager_secret_policy: { policy: everyone("secretsmanager:*") },
};

/** A policy of a role is wider than the code has it, and so is what else `wider` names. */
function widened(object: StateObject): StateObject {
  const { type, attributes } = object;
  const more = Object.entries(wider[type] ?? {}).filter(([name]) => typeof attributes[name] === "string");
  return more.length === 0 ? object : { ...object, attributes: { ...attributes, ...Object.fromEntries(more) } };
}
