import * as z from "zod";
import { SentenceError } from "./sentence-error.ts";

/** Ids of HCP Terraform, which are logged; any other text is not. */
const id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,100}$/)
  .nullish()
  .catch(null);

/** What a request of a run task has to say. Source: HCP Terraform, "Run Tasks Integration API". */
const requestSchema = z.object({
  access_token: z.string().min(1),
  stage: z.string().max(100),
  plan_json_api_url: z.string().nullish(),
  task_result_callback_url: z.string().nullish(),
  task_result_id: id,
  run_id: id,
  capabilities: z.object({ outcomes: z.boolean().optional() }).nullish(),
});

/** One run task, as HCP Terraform asks for it. */
export interface TaskRequest {
  readonly token: string;
  /** Null where it is no name of one, and is not repeated. */
  readonly stage: string | null;
  readonly planUrl: string | null;
  readonly callbackUrl: string | null;
  readonly taskId: string | null;
  readonly runId: string | null;
  /** Whether an outcome for each policy is understood. */
  readonly takesOutcomes: boolean;
  /** Whether it only asks whether the service is there. */
  readonly isTest: boolean;
}

/** Stages that have a plan. */
const judgedStages: ReadonlySet<string> = new Set(["post_plan", "pre_apply"]);

/** Null where a stage has a plan to judge, else a sentence on it. */
export function stageWithoutPlan(stage: string | null): string | null {
  if (stage !== null && judgedStages.has(stage)) return null;
  const shown = stage === null ? "" : ` ${stage}`;
  return `the stage${shown} has no plan that plimsoll could judge; let the run task run at post_plan or pre_apply`;
}

/** @throws SentenceError which quotes nothing of the body: it has a token */
export function readRequest(body: Uint8Array): TaskRequest {
  const read = requestSchema.safeParse(parsed(body));
  if (!read.success) {
    const path = read.error.issues[0]?.path.join(".") ?? "";
    throw new SentenceError(`the request is none of a run task${path === "" ? "" : `: ${path} is missing or wrong`}`);
  }
  const { data } = read;
  return {
    token: data.access_token,
    stage: /^[a-z_]{1,40}$/.test(data.stage) ? data.stage : null,
    planUrl: data.plan_json_api_url ?? null,
    callbackUrl: data.task_result_callback_url ?? null,
    taskId: data.task_result_id ?? null,
    runId: data.run_id ?? null,
    takesOutcomes: data.capabilities?.outcomes !== false,
    // With this token HCP Terraform asks whether the service is there, when the run task is registered.
    isTest: data.stage === "test" || data.access_token === "test-token",
  };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new SentenceError("the body of the request is no JSON");
  }
}
