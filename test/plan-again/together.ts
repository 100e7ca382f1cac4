import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { isJsonObject, ownMember } from "../../engine/plan/json.ts";
import type { Fixture } from "../../fixtures/fixtures.ts";
import { layFixture } from "../../fixtures/plan.ts";
import { planDocument } from "../check-fixture.ts";

/**
 * Several fixtures in one configuration, each as a module: Terraform starts, and the provider tells its schema, once for all
 * of them. Of the plan each fixture gets back its part, with the configuration as its own plan has it.
 */

export type Json = Readonly<Record<string, unknown>>;

/** Where the provider without an alias is. */
export const homeRegion = "eu-west-1";

/** The module that a fixture is. */
export function moduleOf({ name }: Fixture): string {
  return `module.${keyOf(name)}`;
}

function keyOf(name: string): string {
  return name.replaceAll("/", "--");
}

/** Lays fixtures into a work folder as modules of one configuration, and returns its folder. */
export async function layTogether(fixtures: readonly Fixture[], work: string): Promise<string> {
  const regions = new Set<string>();
  const calls: string[] = [];
  // Fixtures of one folder bring one another along: nothing is changed before all of them stand.
  const laid: { fixture: Fixture; folder: string }[] = [];
  for (const fixture of fixtures) laid.push({ fixture, folder: await layFixture(fixture, work) });
  for (const { fixture, folder } of laid) {
    const aliases = regionsOf(folder, valueIn(planDocument(fixture.name)));
    for (const region of aliases.values()) regions.add(region);
    calls.push(call(fixture, folder, aliases));
  }
  const aliased = [...regions].map((region) => providerText(`alias = "${region}"`, region));
  writeFileSync(join(work, "main.tf"), [providerText("", homeRegion), ...aliased, ...calls].join("\n"));
  return work;
}

const providerText = (alias: string, region: string) => `
provider "aws" {
  ${alias}
  region                      = "${region}"
  access_key                  = "mock"
  secret_key                  = "mock"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
`;

const providerBlock = /^provider "aws" \{\n(?:[^}].*\n)*\}\n/gm;

/** The value of a variable of the root module, in text. */
export function valueIn(plan: Json): (variable: string) => string {
  return (variable) => String(ownMember(ownMember(plan["variables"], variable), "value"));
}

/**
 * Takes the provider blocks out of a folder, for a module has none; returns the regions of those with an alias, by it, and
 * of the one without under an empty text where it is elsewhere.
 */
function regionsOf(folder: string, variableOf: (variable: string) => string): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".tf"))) {
    const text = readFileSync(join(folder, file), "utf8");
    for (const [block] of text.matchAll(providerBlock)) {
      const [, alias = ""] = /^\s*alias\s*=\s*"(.*)"$/m.exec(block) ?? [];
      const [, literal, variable = ""] = /^\s*region\s*=\s*(?:"(.*)"|var\.(\w+))$/m.exec(block) ?? [];
      const region = literal ?? variableOf(variable);
      if (alias !== "" || region !== homeRegion) found.set(alias, region);
    }
    writeFileSync(join(folder, file), text.replace(providerBlock, ""));
  }
  const file = join(folder, "cdk.tf.json");
  if (existsSync(file)) {
    const { provider, ...rest } = synthesized.parse(JSON.parse(readFileSync(file, "utf8")));
    for (const { alias, region } of provider.aws) if (alias !== undefined) found.set(alias, region);
    writeFileSync(file, JSON.stringify(rest));
  }
  if (found.size > 0) {
    const aliases = [...found.keys()].filter((alias) => alias !== "").map((alias) => `aws.${alias}`);
    const own = `aws = {\n source = "hashicorp/aws"\n configuration_aliases = [${aliases.join(", ")}]\n }`;
    writeFileSync(join(folder, "aliases_override.tf"), `terraform {\n required_providers {\n ${own}\n }\n}\n`);
  }
  return found;
}

const synthesized = z.looseObject({
  provider: z.object({ aws: z.array(z.object({ alias: z.string().optional(), region: z.string() })) }),
});

function call({ name }: Fixture, folder: string, aliases: ReadonlyMap<string, string>): string {
  const key = keyOf(name);
  const file = join(folder, "terraform.tfvars");
  const variables = existsSync(file) ? readFileSync(file, "utf8") : "";
  const all = new Map([["", ""], ...aliases]);
  const nameOf = (alias: string) => (alias === "" ? "aws" : `aws.${alias}`);
  const own = [...all].map(([alias, region]) => `${nameOf(alias)} = ${nameOf(region)}`);
  const providers = aliases.size === 0 ? "" : `providers = {\n ${own.join("\n ")}\n }\n`;
  return `module "${key}" {\n source = "./${name}"\n ${providers}${variables}}\n`;
}

/** What of a plan of several fixtures is the plan of one. */
export function partOf(plan: Json, fixture: Fixture): Json {
  const prefix = `${moduleOf(fixture)}.`;
  const committed: Json = planDocument(fixture.name);
  const values = (state: unknown): unknown => {
    const root = isJsonObject(state) ? state["root_module"] : undefined;
    const modules = isJsonObject(root) ? root["child_modules"] : undefined;
    const own = Array.isArray(modules)
      ? modules.find((module: unknown) => isJsonObject(module) && module["address"] === moduleOf(fixture))
      : undefined;
    if (own === undefined) return { root_module: {} };
    const { address: _, ...rest } = own;
    return { root_module: within(rest, prefix) };
  };
  const changes = (list: unknown) =>
    Array.isArray(list)
      ? list
          .filter((change: unknown) => isJsonObject(change) && String(change["address"]).startsWith(prefix))
          .map((change: unknown) => within(change, prefix))
      : undefined;
  const prior = plan["prior_state"];
  return {
    ...plan,
    variables: committed["variables"],
    configuration: committed["configuration"],
    output_changes: committed["output_changes"],
    planned_values: values(plan["planned_values"]),
    resource_changes: changes(plan["resource_changes"]),
    resource_drift: changes(plan["resource_drift"]),
    ...(isJsonObject(prior) ? { prior_state: { ...prior, values: values(prior["values"]) } } : {}),
  };
}

const addresses = new Set(["address", "previous_address"]);

/** Addresses as the root module has them. */
function within(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map((part: unknown) => within(part, prefix));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => {
      if (key === "module_address" && part === prefix.slice(0, -1)) return [];
      if ((addresses.has(key) || key === "module_address") && typeof part === "string")
        return [[key, part.startsWith(prefix) ? part.slice(prefix.length) : part]];
      // What a change holds are values of the resource.
      return [[key, key === "change" || key === "values" || key === "sensitive_values" ? part : within(part, prefix)]];
    }),
  );
}
