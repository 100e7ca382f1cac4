import { text } from "../value.ts";
import { parseYaml, yamlOf } from "../yaml.ts";
import { argument, define, type FunctionDefinition, str } from "./define.ts";

export const yamlFunctions: Readonly<Record<string, FunctionDefinition>> = {
  yamldecode: define(["string"], "dynamic", ([value]) => parseYaml(str(value))),
  yamlencode: define(["dynamic"], "string", (args) => text(yamlOf(argument(args, 0))), { takesNull: true }),
};
