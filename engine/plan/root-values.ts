import { constantOf, type Scope, unrepeated } from "./configuration.ts";
import type { PlanDocument } from "./envelope.ts";
import { isJsonObject, ownMember } from "./json.ts";
import { holdsTrue } from "./node.ts";
import type { Reference } from "./references.ts";
import { resolveExpression } from "./resolve-expression.ts";
import { type Maybe, Unknown } from "./unknown.ts";

/** A provider block of the configuration. */
export interface ProviderConfiguration {
  /** As the plan has it: `aws`, `aws.us`, `module.a:aws`. */
  readonly key: string;
  readonly name: string;
  /** The arguments that are literals, by name; those that refer to anything are left out. */
  readonly literals: ReadonlyMap<string, unknown>;
}

/** A variable of the root module. Its value stands in the plan in clear, marked sensitive or not. */
export interface RootVariable {
  readonly name: string;
  readonly isMarkedSensitive: boolean;
  /** Null where it has none. */
  readonly default: unknown;
  /** The value that the plan was made with; null where the plan holds none, as for ephemeral variables. */
  readonly value: unknown;
}

/** An output of the root module. */
export interface RootOutput {
  readonly name: string;
  readonly isMarkedSensitive: boolean;
  readonly value: Maybe<unknown>;
  readonly references: readonly Reference[];
}

export function providerConfigurations(document: PlanDocument): ProviderConfiguration[] {
  return Object.entries(document.configuration?.provider_config ?? {}).map(([key, { name, expressions }]) => ({
    key,
    name,
    literals: new Map(
      Object.entries(isJsonObject(expressions) ? expressions : {}).flatMap(([argument, expression]) => {
        const value = constantOf(expression);
        return value === undefined ? [] : [[argument, value] as const];
      }),
    ),
  }));
}

export function rootVariables(document: PlanDocument): RootVariable[] {
  return Object.entries(document.configuration?.root_module?.variables ?? {}).map(([name, variable]) => ({
    name,
    isMarkedSensitive: variable.sensitive ?? false,
    default: variable.default ?? null,
    value: ownMember(ownMember(document.variables, name), "value") ?? null,
  }));
}

export function rootOutputs(document: PlanDocument, root: Scope): RootOutput[] {
  return Object.entries(document.configuration?.root_module?.outputs ?? {}).map(([name, output]) => {
    const references = resolveExpression(output.expression, root, unrepeated);
    return {
      name,
      isMarkedSensitive: output.sensitive ?? false,
      value: outputValue(ownMember(document.output_changes, name), references),
      references,
    };
  });
}

/** A plan with `-target` lists no change of the outputs that it leaves out. */
function outputValue(change: unknown, references: readonly Reference[]): Maybe<unknown> {
  if (!isJsonObject(change) || holdsTrue(ownMember(change, "after_unknown")))
    return new Unknown("after-apply", references);
  return ownMember(change, "after") ?? null;
}
