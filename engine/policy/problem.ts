import type { Path } from "../files/mistake.ts";
import { unknownName } from "../files/unknown-name.ts";
import type { ConditionScope } from "./conditions.ts";
import { flatParts } from "./problem-text.ts";

/** Reports what a problem text names that is not there: nobody may read a placeholder. */
export function checkProblemText(text: string, path: Path, scope: ConditionScope): void {
  for (const part of flatParts(text)) {
    if (typeof part === "string") {
      if (/[{}]/.test(part))
        scope.report({
          path,
          message: "a brace without its counterpart; braces hold the name of a fact: Container `{name}` is privileged",
        });
    } else if (part.of === "fact") {
      const found = scope.facts.find(part.name);
      if (found !== null && typeof found === "object") scope.report({ path, message: found.mistake });
      if (found === "boolean")
        scope.report({
          path,
          message: `the fact "${part.name}" is true or false, which reads badly in a sentence; give the text a "when"`,
        });
    } else if (part.of === "parameter" && !scope.parameters.has(part.name))
      scope.report({ path, message: unknownName("parameter", part.name, [...scope.parameters.keys()]) });
  }
}
