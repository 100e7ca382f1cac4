import { markedBy } from "../value.ts";
import { decodeYaml, encodeYaml } from "../yaml.ts";
import { argument, define, type FunctionDefinition } from "./define.ts";

export const yamlFunctions: Readonly<Record<string, FunctionDefinition>> = {
  yamldecode: define(["string"], "dynamic", (args) => markedBy(decodeYaml(argument(args, 0)), args), {
    takesHoles: true,
  }),
  yamlencode: define(["dynamic"], "string", (args) => markedBy(encodeYaml(argument(args, 0)), args), {
    takesNull: true,
    takesHoles: true,
  }),
};
