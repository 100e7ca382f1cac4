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

const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const world = { protocol: "tcp", from_port: 22, to_port: 22, description: "" };

/** Beside each role and group stands what is too much, both as a resource that is in no code and as the copy of it. */
export function disturbed(objects: readonly StateObject[]): Disturbed {
  const added = objects.flatMap(surplus);
  const moved = movable(objects);
  return {
    objects: [
      ...objects.map((object) => (object === moved ? { ...object, name: `was_${object.name}` } : withSurplus(object))),
      ...added,
    ],
    code:
      moved === undefined ? "" : `moved {\n  from = ${moved.type}.was_${moved.name}\n  to   = ${moved.address}\n}\n`,
    gone: new Set(added.map(({ address }) => address)),
  };
}

/** The first one whose address holds neither a module nor a key. */
function movable(objects: readonly StateObject[]): StateObject | undefined {
  return objects.find(({ address, type, name }) => address === `${type}.${name}` && !(type in copies));
}

function surplus(object: StateObject): StateObject[] {
  const { type, attributes, address, provider } = object;
  const make = (kind: string, values: StateObject["attributes"]): StateObject => {
    const name = `surplus_${digits(address, 8)}`;
    const id = digits(`${kind} ${address}`, 16);
    return {
      address: `${kind}.${name}`,
      module: null,
      type: kind,
      name,
      index: null,
      provider,
      schemaVersion: kind === "aws_security_group_rule" ? 2 : 0,
      attributes: { id, ...values },
      sensitive: [],
    };
  };
  // What a module calls by a name of its own is not in the root module of a configuration that takes the resource away.
  if (provider.startsWith("module.")) return [];
  if (type === "aws_iam_role")
    return [
      make("aws_iam_role_policy", { role: attributes["name"], name: "surplus", name_prefix: "", policy: everything }),
      make("aws_iam_role_policy_attachment", { role: attributes["name"], policy_arn: administrator }),
    ];
  if (type === "aws_security_group") {
    const { description, ...rest } = world;
    const source = { cidr_blocks: ["0.0.0.0/0"], security_group_id: attributes["id"], type: "ingress", self: false };
    return [make("aws_security_group_rule", { ...rest, ...source, description })];
  }
  return [];
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** What the copies hold besides. */
const copies: Readonly<Record<string, (attributes: StateObject["attributes"]) => StateObject["attributes"]>> = {
  aws_iam_role: (attributes) => ({
    inline_policy: [...list(attributes["inline_policy"]), { name: "surplus", policy: everything }],
    managed_policy_arns: [...list(attributes["managed_policy_arns"]), administrator],
  }),
  aws_security_group: (attributes) => ({
    ingress: [
      ...list(attributes["ingress"]),
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
};

/** With the copy of what is too much; and a policy of a role is wider than the code has it. */
function withSurplus(object: StateObject): StateObject {
  const { type, attributes, provider } = object;
  if (type === "aws_iam_role_policy") return { ...object, attributes: { ...attributes, policy: everything } };
  const more = provider.startsWith("module.") ? undefined : copies[type];
  return more === undefined ? object : { ...object, attributes: { ...attributes, ...more(attributes) } };
}
