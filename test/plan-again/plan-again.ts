import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseModule } from "../../engine/plan/address.ts";
import { configResource, rootScope, scopeOf, traversalsOf } from "../../engine/plan/configuration.ts";
import { copiedAttributes } from "../../engine/plan/copied-attributes.ts";
import { planDocument } from "../../engine/plan/envelope.ts";
import { isJsonObject, ownMember } from "../../engine/plan/json.ts";
import type { Fixture } from "../../fixtures/fixtures.ts";
import { inWorkspace, type Workspace } from "../../fixtures/plan.ts";
import { planDocument as firstPlan } from "../check-fixture.ts";
import { asAwsHolds } from "./aws-forms.ts";
import { disturbed } from "./disturb.ts";
import { readSchemas, type Schemas } from "./schema.ts";
import { objectOf, type PlannedChange, plannedChanges, type StateObject, stateFile } from "./state.ts";
import { homeRegion, type Json, layTogether, moduleOf, partOf, valueIn } from "./together.ts";

/** What each fixture holds. */
type Holdings = ReadonlyMap<Fixture, readonly StateObject[]>;

/** The plan of each fixture. */
type Plans = ReadonlyMap<Fixture, Json>;

/** The later plans of fixtures, made by Terraform over the state that the provider would hold. */
export interface PlansAgain {
  /** Over what the first plan makes. */
  readonly second: Plans;
  /** Over the same with more in it, and under other names, than the configuration has. */
  readonly disturbed: Plans;
  /** The addresses of what `disturbed` takes away. */
  readonly surplus: ReadonlyMap<Fixture, ReadonlySet<string>>;
}

/** Several fixtures are planned together, because Terraform takes seconds to start and to read the schema of the provider. */
export function plansAgain(fixtures: readonly Fixture[]): Promise<PlansAgain> {
  return inWorkspace(
    (work) => layTogether(fixtures, work),
    async (workspace) => {
      const made = applied(workspace, fixtures, readSchemas(workspace.schemas()));
      const held = new Map([...made].map(([fixture, objects]) => [fixture, asAwsHolds(objects)]));
      const second = planOver(workspace, held);
      const others = new Map([...held].map(([fixture, objects]) => [fixture, disturbed(objects)]));
      for (const [{ name }, { code }] of others) writeFileSync(join(workspace.folder, name, "moved.tf"), code);
      const objects = new Map([...others].map(([fixture, each]) => [fixture, each.objects]));
      return {
        second,
        disturbed: planOver(workspace, objects),
        surplus: new Map([...others].map(([fixture, { gone }]) => [fixture, gone])),
      };
    },
  );
}

/** So deep does one resource wait on another at most. */
const mostRounds = 8;

/** The objects that configurations make: plans over what is known of them are made until nothing more becomes known. */
function applied(workspace: Workspace, fixtures: readonly Fixture[], schemas: Schemas): Holdings {
  let plans: Plans = new Map(fixtures.map((fixture) => [fixture, firstPlan(fixture.name)]));
  let holdings: Holdings = new Map();
  for (let round = 0; round < mostRounds; round += 1) {
    const next = new Map(fixtures.map((fixture) => [fixture, objectsOf(plans.get(fixture) ?? {}, fixture, schemas)]));
    if (textOf(next) === textOf(holdings)) return holdings;
    holdings = next;
    plans = planOver(workspace, holdings);
  }
  throw new Error(`what stands in the state is another in each of ${mostRounds} plans`);
}

function textOf(holdings: Holdings): string {
  return JSON.stringify([...holdings.values()]);
}

/**
 * Fixtures whose `terraform_data` are not made: with their values other resources are refused, or a data source asks AWS.
 * What waits on them waits in the later plans too.
 */
const waiting = new Set([
  "clusters",
  "codebuild",
  "ecr",
  "ecr-registry",
  "ecs",
  "edges",
  "iam",
  "iam-statements",
  "launch",
  "logging",
  "readable",
  "references",
  "rescan",
  "roles",
  "secret-stores",
  "secret-values",
  "ssm",
  "volumes",
]);

function objectsOf(plan: Json, { name: fixture }: Fixture, schemas: Schemas): StateObject[] {
  const { configOf, providerOf } = configuration(plan);
  const changes = plannedChanges.parse(plan).resource_changes;
  return changes
    .filter(({ mode, type }) => mode === "managed" && !(type === "terraform_data" && waiting.has(fixture)))
    .flatMap((change) => {
      const config = configOf(change);
      const isWritten = (_: PlannedChange, attribute: string) => mayBeSet(ownMember(config?.expressions, attribute));
      const provider = providerOf(change.provider_name, config?.provider_config_key);
      const object = objectOf(change, schemas(change.provider_name, change.type), provider, isWritten);
      return object === null ? [] : withoutCopies(object, (attribute) => isWritten(change, attribute));
    });
}

/** What is a copy is made anew of what it is one of, which a plan over a state may take away. */
function withoutCopies(object: StateObject, isWritten: (attribute: string) => boolean): StateObject {
  const copies = copiedAttributes
    .filter(({ types, attribute }) => types.includes(object.type) && !isWritten(attribute))
    .flatMap(({ attribute }) => {
      const value = object.attributes[attribute];
      return Array.isArray(value) || typeof value === "string" ? [[attribute, Array.isArray(value) ? [] : ""]] : [];
    });
  return { ...object, attributes: { ...object.attributes, ...Object.fromEntries(copies) } };
}

/** An expression of variables alone is known when the plan is made: where the value is not, it is null. */
function mayBeSet(expression: unknown): boolean {
  if (!isJsonObject(expression)) return expression !== undefined;
  const { constant_value: constant, references } = expression;
  if (Array.isArray(references)) return !references.every((text) => String(text).startsWith("var."));
  return constant !== null;
}

/** Plans all fixtures over the objects that they hold. */
function planOver(workspace: Workspace, holdings: Holdings): Plans {
  const objects = [...holdings].flatMap(([fixture, own]) => own.map((object) => inModule(object, moduleOf(fixture))));
  serial += 1;
  writeFileSync(join(workspace.folder, "terraform.tfstate"), stateFile(objects, serial));
  const plan: unknown = JSON.parse(workspace.plan());
  if (!isJsonObject(plan) || plan["errored"] === true) throw new Error("Terraform plans a part of the fixtures only");
  return new Map([...holdings.keys()].map((fixture) => [fixture, partOf(plan, fixture)]));
}

let serial = 0;

function inModule(object: StateObject, module: string): StateObject {
  return { ...object, module: object.module === null ? module : `${module}.${object.module}` };
}

function configuration(json: Json) {
  const { configuration: config } = planDocument.parse(json);
  const root = rootScope(config?.root_module ?? {});
  return {
    configOf: ({ module_address: module, mode, type, name }: PlannedChange) => {
      const scope = scopeOf(root, module === undefined ? [] : (parseModule(module) ?? []));
      return scope === null ? null : configResource(scope, mode, type, name);
    },
    /** The provider as the state of all fixtures writes it: those with an alias, and those elsewhere, are one for each region. */
    providerOf: (provider: string, key = "") => {
      const own = config?.provider_config?.[key];
      const written = ownMember(own?.expressions, "region");
      const [reference] = traversalsOf(written);
      const region =
        reference === undefined
          ? (ownMember(written, "constant_value") ?? homeRegion)
          : valueIn(json)(reference.text.replace("var.", ""));
      const isHome = own?.alias === undefined && region === homeRegion;
      return `provider["${provider}"]${isHome ? "" : `.${String(region)}`}`;
    },
  };
}
