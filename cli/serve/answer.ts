import manifest from "../../package.json" with { type: "json" };
import { type PlanResult, verdictOf } from "../reporters/plan-result.ts";
import { runTask } from "../reporters/run-task.ts";
import type { Judged } from "./judged.ts";

/** How reports name the plan: HCP Terraform has no name for it. */
const planName = "plan.json";

/** The answer to a task in the format `run-task`. */
export function answerOf(result: PlanResult, takesOutcomes: boolean): Judged {
  const options = { cwd: "/", version: manifest.version, colours: false, columns: 100 };
  const text = [...runTask([{ ...result, file: planName }], options)].join("");
  const outcomes = { "not judged": "not judged", blocked: "failed", "nothing blocks": "passed" } as const;
  return { outcome: outcomes[verdictOf(result)], body: takesOutcomes ? text : withoutOutcomes(text) };
}

/** The answer to a task whose plan was not judged. */
export function failureAnswer(failure: string, takesOutcomes: boolean): Judged {
  return answerOf({ file: planName, failure }, takesOutcomes);
}

function withoutOutcomes(text: string): string {
  return JSON.stringify(JSON.parse(text), (name, value: unknown) => (name === "relationships" ? undefined : value));
}
