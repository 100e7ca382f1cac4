import { type Environment, OverBudget } from "./context.ts";
import { evaluate } from "./evaluate.ts";
import type { Configuration, Instance, ModuleInstance, WorkOut } from "./modules.ts";
import { resolve } from "./names.ts";
import { EvaluationError, hole, type Value } from "./value.ts";

/** How much work one attribute may take. */
const stepsOfOne = 200_000;

/** Works out an expression on its own; an error and too much work make a hole. */
export function workOut(
  configuration: Configuration,
  ...[expression, module, instance, names = new Map()]: Parameters<WorkOut>
): Value {
  const { budget } = configuration;
  const { steps, risks } = budget;
  // What is nested belongs to the work that is under way.
  const isOutermost = budget.depth === 0;
  if (isOutermost) budget.steps = Math.min(steps, stepsOfOne);
  const from = budget.steps;
  try {
    return evaluate(expression, { environment: environmentOf(configuration, module, instance), names, item: null });
  } catch (error) {
    if (error instanceof EvaluationError) return hole("dynamic", { reason: "Terraform would find an error there" });
    // A range error tells of a call stack, a text or a number beyond what the machine takes.
    if ((error instanceof OverBudget || error instanceof RangeError) && isOutermost)
      return hole("dynamic", { reason: "the expression takes more work than plimsoll does" });
    throw error;
  } finally {
    if (isOutermost) budget.steps = steps - (from - budget.steps);
    budget.risks = risks;
  }
}

function environmentOf(configuration: Configuration, module: ModuleInstance, instance: Instance | null): Environment {
  return {
    resolve: (root, steps) => resolve(configuration, module, instance, root, steps),
    template: configuration.source.template,
    file: configuration.source.file,
    filesIn: configuration.source.filesIn,
    budget: configuration.budget,
  };
}
