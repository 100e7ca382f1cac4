import { parseTraversal } from "../../../engine/index.ts";

export interface ModuleStep {
  readonly name: string;
  /** With its key: `roles["web"]`. */
  readonly text: string;
}

/** The calls that lead to a module, from the outermost: `roles["web"]` of `module.roles["web"]`. */
export function moduleSteps(module: string): readonly ModuleStep[] {
  const steps: ModuleStep[] = [];
  let isName = false;
  for (const step of parseTraversal(module) ?? []) {
    const last = steps.at(-1);
    if ("name" in step) {
      // Each name follows the word `module`, and may be that word.
      if (isName) steps.push({ name: step.name, text: step.name });
      isName = !isName;
    } else if (last !== undefined)
      steps[steps.length - 1] = { ...last, text: `${last.text}[${JSON.stringify(step.key)}]` };
  }
  return steps;
}
