import { convert, orDefault } from "./convert.ts";
import { fromJson } from "./json.ts";
import type { Configuration, ModuleInstance } from "./modules.ts";
import type { Expression } from "./syntax.ts";
import { typeConstraint } from "./type-constraint.ts";
import { EvaluationError, hole, marked, nothing, type Type, type Value } from "./value.ts";

export function local(configuration: Configuration, module: ModuleInstance, name: string): Value {
  const found = module.source.local(name);
  if (found === null) return hole("dynamic", { reason: `the source has no local.${name}` });
  return configuration.workOut(found.expression(), module, null);
}

export function variable(configuration: Configuration, module: ModuleInstance, name: string): Value {
  const declared = module.source.find("variable", [name])?.body;
  if (declared === undefined) return hole("dynamic", { reason: `the source has no variable ${name}` });
  const own = (attribute: string): Value | null => {
    const found = declared.attributes.get(attribute);
    return found === undefined ? null : configuration.workOut(found.expression(), module, null);
  };
  const isFalse = (value: Value | null) => value?.kind === "bool" && !value.value;
  const isTrue = (value: Value | null) => value?.kind === "bool" && value.value;
  if (isTrue(own("ephemeral"))) return hole("dynamic", { reason: `var.${name} is ephemeral`, sensitive: true });
  const constraint = declared.attributes.get("type")?.expression();
  const defaultOf = (expression: Expression) => configuration.workOut(expression, module, null);
  const type =
    constraint === undefined
      ? "dynamic"
      : typeConstraint(constraint, { defaultOf, template: configuration.source.template });
  const isNullable = own("nullable");
  const given = input(configuration, module, name);
  const isUnset = given === null || (given.kind === "null" && isFalse(isNullable));
  const value = isUnset ? (own("default") ?? nothing) : isFalse(isNullable) ? orDefault(given) : given;
  return marked(converted(value, type), isTrue(own("sensitive")));
}

function converted(value: Value, type: Type): Value {
  try {
    return convert(value, type);
  } catch (error) {
    if (error instanceof EvaluationError) return hole(type, { reason: "the value does not fit the variable's type" });
    throw error;
  }
}

/** What a variable was given; null where it was given nothing. */
function input(configuration: Configuration, module: ModuleInstance, name: string): Value | null {
  if (module.parent === null) {
    const found = configuration.given.get(name);
    return found === undefined ? null : fromJson(found);
  }
  const step = module.path.at(-1);
  const call = step === undefined ? null : module.parent.source.find("module", [step.name]);
  const argument = call?.body.attributes.get(name);
  if (call === null || step === undefined) return hole("dynamic", { reason: "the call of the module cannot be read" });
  if (argument === undefined) return null;
  return configuration.workOut(argument.expression(), module.parent, { key: step.key, block: call.body });
}
