import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseModule } from "../../engine/plan/address.ts";
import { configResource, rootScope, scopeOf } from "../../engine/plan/configuration.ts";
import { planDocument } from "../../engine/plan/envelope.ts";
import { ownMember } from "../../engine/plan/json.ts";
import type { Workspace } from "../../fixtures/plan.ts";
import { readSchemas } from "./schema.ts";
import { objectOf, type PlannedChange, plannedChanges, type StateObject, stateFile } from "./state.ts";

/** So deep does one resource wait on another at most. */
const mostRounds = 8;

/** Every fixture is planned with the same providers, whose schemas take seconds to read. */
let schemas: ReturnType<typeof readSchemas> | undefined;

/**
 * The objects that a configuration makes: plans over what is known of them are made until nothing more becomes known.
 * @param first the JSON of the plan over no state
 */
export function applied(workspace: Workspace, first: unknown): readonly StateObject[] {
  schemas ??= readSchemas(workspace.schemas());
  const schemaOf = schemas;
  let json = first;
  let objects: readonly StateObject[] = [];
  for (let round = 0; round < mostRounds; round += 1) {
    const { configOf } = configuration(json);
    const changes = plannedChanges.parse(json).resource_changes.filter(({ mode }) => mode === "managed");
    const next = changes.flatMap((change) => {
      const config = configOf(change);
      const provider = providerAddress(change.provider_name, config?.provider_config_key ?? "");
      const isWritten = (_: PlannedChange, attribute: string) =>
        ownMember(config?.expressions, attribute) !== undefined;
      return objectOf(change, schemaOf(change.provider_name, change.type), provider, isWritten) ?? [];
    });
    if (JSON.stringify(next) === JSON.stringify(objects)) return objects;
    objects = next;
    write(workspace, objects);
    json = JSON.parse(workspace.plan());
  }
  return objects;
}

/** Plans over the objects. */
export function planOver(workspace: Workspace, objects: readonly StateObject[]): Uint8Array {
  write(workspace, objects);
  return new TextEncoder().encode(workspace.plan());
}

let serial = 0;

function write({ folder }: Workspace, objects: readonly StateObject[]): void {
  serial += 1;
  writeFileSync(join(folder, "terraform.tfstate"), stateFile(objects, serial));
}

function configuration(json: unknown) {
  const root = rootScope(planDocument.parse(json).configuration?.root_module ?? {});
  return {
    configOf: ({ module_address: module, mode, type, name }: PlannedChange) => {
      const scope = scopeOf(root, module === undefined ? [] : (parseModule(module) ?? []));
      return scope === null ? null : configResource(scope, mode, type, name);
    },
  };
}

/** `aws.us` and `module.a:aws.us` as the state writes them. */
function providerAddress(provider: string, key: string): string {
  const [, module, alias] = /^(?:(.*):)?[^.:]*(?:\.(.*))?$/.exec(key) ?? [];
  return `${module === undefined ? "" : `${module}.`}provider["${provider}"]${alias === undefined ? "" : `.${alias}`}`;
}
