import services from "plimsoll:iam-actions";

/** AWS's access levels. All but `List` and `Read` change something. */
type AccessLevel = "List" | "Permissions management" | "Read" | "Tagging" | "Write";

/** Actions of a service that are alike in AWS's service authorization reference. */
export interface ActionGroup {
  readonly service: string;
  readonly level: AccessLevel;
  /**
   * Formats of the ARNs that a statement may name for them, without `arn:partition:` and with `*` for each variable; empty
   * where they accept no resource but `*`.
   */
  readonly resourceTypes: readonly string[];
  /** Of these formats those of which every call needs a resource; all of them where AWS names none as required. */
  readonly neededTypes: readonly string[];
  /** Whether the condition key ecs:cluster is there when they are called. */
  readonly knowsCluster: boolean;
  /** Their names as the table has them: without the service, a space between. */
  readonly text: string;
}

/** Some actions of one group. */
export interface ActionSet {
  readonly group: ActionGroup;
  /** As `ecs:UpdateService`; null for all of the group. */
  readonly names: readonly string[] | null;
}

export const tableServices: readonly string[] = Object.keys(services);

const levels: Readonly<Record<string, AccessLevel>> = {
  L: "List",
  P: "Permissions management",
  R: "Read",
  T: "Tagging",
  W: "Write",
};

// A run asks for a few services, and of the broad ones for no names: each is parsed when it is first asked for.
const groups = new Map<string, readonly ActionGroup[]>();
const names = new Map<ActionGroup, readonly string[]>();

/** All actions of a service; none where the table does not have it. */
export function groupsOfService(service: string): readonly ActionGroup[] {
  const known = groups.get(service);
  if (known !== undefined) return known;
  const parsed = parseService(service, textOf(service));
  groups.set(service, parsed);
  return parsed;
}

function textOf(service: string): string {
  return Object.hasOwn(services, service) ? (services[service] ?? "") : "";
}

/** The format is that of `.config/iam-actions.ts`. */
function parseService(service: string, text: string): ActionGroup[] {
  const types = formatsOf(text);
  const [, ...lines] = text.split("\n");
  return lines.map((line) => {
    const [, letter = "", plus, numbers = "", list = ""] = /^([A-Z])(\+?)([\d,!]*):(.*)$/.exec(line) ?? [];
    const level = levels[letter];
    if (level === undefined) throw new TypeError(`the table of actions is damaged: ${service}`);
    const formats = numbers === "" ? [] : numbers.split(",");
    const typesOf = (some: readonly string[]) => some.map((number) => types[Number.parseInt(number, 10)] ?? "");
    const needed = formats.filter((number) => number.endsWith("!"));
    const neededTypes = typesOf(needed.length === 0 ? formats : needed);
    return { service, level, resourceTypes: typesOf(formats), neededTypes, knowsCluster: plus === "+", text: list };
  });
}

function formatsOf(text: string): string[] {
  const [formats = ""] = text.split("\n", 1);
  return formats === "" ? [] : formats.split(" ");
}

export function namesOf({ group, names: some }: ActionSet): readonly string[] {
  if (some !== null) return some;
  const known = names.get(group);
  if (known !== undefined) return known;
  const all = group.text.split(" ").map((name) => `${group.service}:${name}`);
  names.set(group, all);
  return all;
}

const groupsByAction = new Map<string, ReadonlyMap<string, ActionGroup>>();

/** The group of an action, whatever its case; null where the table does not have it. */
export function groupOf(action: string): ActionGroup | null {
  const [service = ""] = action.toLowerCase().split(":", 1);
  const known = groupsByAction.get(service) ?? indexByAction(service);
  groupsByAction.set(service, known);
  return known.get(action.toLowerCase()) ?? null;
}

function indexByAction(service: string): ReadonlyMap<string, ActionGroup> {
  return new Map(
    groupsOfService(service).flatMap((group) =>
      namesOf({ group, names: null }).map((name): [string, ActionGroup] => [name.toLowerCase(), group]),
    ),
  );
}

const typesByService = new Map<string, readonly string[]>();

/** The formats of the ARNs of all resource types, by the service that the ARN names. */
export function resourceTypesByService(): ReadonlyMap<string, readonly string[]> {
  if (typesByService.size > 0) return typesByService;
  for (const format of new Set(tableServices.flatMap((service) => formatsOf(textOf(service))))) {
    const [service = ""] = format.split(":", 1);
    typesByService.set(service, [...(typesByService.get(service) ?? []), format]);
  }
  return typesByService;
}

export function isWrite({ level }: ActionGroup): boolean {
  return level !== "List" && level !== "Read";
}
