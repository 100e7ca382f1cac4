import type { Type } from "../value.ts";
import { bool, holeOf, isSensitive, nothing } from "../value.ts";
import { define, type FunctionDefinition } from "./define.ts";

const to = (type: Type) => define([type], type, ([value]) => value ?? nothing, { takesNull: true, takesHoles: true });

export const conversionFunctions: Readonly<Record<string, FunctionDefinition>> = {
  tobool: to("bool"),
  tolist: to({ kind: "list", element: "dynamic" }),
  tomap: to({ kind: "map", element: "dynamic" }),
  tonumber: to("number"),
  toset: to({ kind: "set", element: "dynamic" }),
  tostring: to("string"),
  sensitive: define(["dynamic"], "dynamic", ([value]) => ({ ...(value ?? nothing), sensitive: true }), {
    takesNull: true,
    takesHoles: true,
  }),
  // Who says that a value is no secret may be wrong: for what plimsoll shows, the mark stays.
  nonsensitive: define(["dynamic"], "dynamic", ([value]) => value ?? nothing, { takesNull: true, takesHoles: true }),
  issensitive: define(
    ["dynamic"],
    "bool",
    ([value]) => {
      const of = value ?? nothing;
      // A mark may be one that was taken off.
      return of.kind === "hole" || isSensitive(of) ? holeOf("bool", [of]) : bool(false);
    },
    { takesNull: true, takesHoles: true },
  ),
  ephemeralasnull: define(["dynamic"], "dynamic", ([value]) => value ?? nothing, { takesNull: true, takesHoles: true }),
};
