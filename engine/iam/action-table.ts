import services from "plimsoll:iam-actions";

/** AWS's access levels. All but `List` and `Read` change something. */
export type AccessLevel = "List" | "Permissions management" | "Read" | "Tagging" | "Write";

/** An action as AWS's service authorization reference has it. */
export interface TableAction {
  readonly service: string;
  /** `ecs:UpdateService`. */
  readonly name: string;
  readonly level: AccessLevel;
  /**
   * Formats of the ARNs that a statement may name for it, without `arn:partition:` and with `*` for each variable; empty
   * where the action accepts no resource but `*`.
   */
  readonly resourceTypes: readonly string[];
  /** Whether the condition key ecs:cluster is there when the action is called. */
  readonly knowsCluster: boolean;
}

export const tableServices: readonly string[] = Object.keys(services);

const levels: Readonly<Record<string, AccessLevel>> = {
  L: "List",
  P: "Permissions management",
  R: "Read",
  T: "Tagging",
  W: "Write",
};

// A run asks for a few services; each is parsed when it is first asked for.
const parsed = new Map<string, readonly TableAction[]>();

/** All actions of a service; none where the table does not have it. */
export function actionsOfService(service: string): readonly TableAction[] {
  const known = parsed.get(service);
  if (known !== undefined) return known;
  const actions = parseService(service, Object.hasOwn(services, service) ? (services[service] ?? "") : "");
  parsed.set(service, actions);
  return actions;
}

/** The format is that of `.config/iam-actions.ts`. */
function parseService(service: string, text: string): TableAction[] {
  const types = formatsOf(text);
  const [, ...groups] = text.split("\n");
  return groups.flatMap((group) => {
    const [, letter = "", plus, numbers = "", names = ""] = /^([A-Z])(\+?)([\d,]*):(.*)$/.exec(group) ?? [];
    const level = levels[letter];
    if (level === undefined) throw new TypeError(`the table of actions is damaged: ${service}`);
    const resourceTypes = numbers === "" ? [] : numbers.split(",").map((number) => types[Number(number)] ?? "");
    return names
      .split(" ")
      .map((name) => ({ service, name: `${service}:${name}`, level, resourceTypes, knowsCluster: plus === "+" }));
  });
}

function formatsOf(text: string): string[] {
  const [formats = ""] = text.split("\n", 1);
  return formats === "" ? [] : formats.split(" ");
}

/** The formats of the ARNs of all resource types of all services. */
export function allResourceTypes(): readonly string[] {
  return tableServices.flatMap((service) => formatsOf(services[service] ?? ""));
}

export function isWrite({ level }: TableAction): boolean {
  return level !== "List" && level !== "Read";
}

const secretReads = new Set([
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameterHistory",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
]);

/** Whether the action returns the values of secrets or parameters. */
export function readsSecrets({ name }: TableAction): boolean {
  return secretReads.has(name);
}
