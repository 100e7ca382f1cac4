import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Outcome } from "./judged.ts";

/** What became of a request. */
const requestOutcomes = [
  "accepted",
  "repeated",
  "test",
  "no_plan",
  "unsigned",
  "wrong_signature",
  "unreadable",
  "refused",
  "full",
  "stopping",
] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** The numbers of the service, in the text format of Prometheus. They name no workspace, no run and no host. */
export interface Metrics {
  readonly request: (outcome: RequestOutcome) => void;
  /** @param waited @param taken in milliseconds */
  readonly task: (outcome: Outcome, waited: number, taken: number) => void;
  /** A result that HCP Terraform did not take. */
  readonly lost: () => void;
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

const seconds = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000];

/** @param counts how many tasks wait and are at work, at the moment when somebody asks */
export function metricsOf(counts: () => { readonly waiting: number; readonly running: number }): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const requests = new Counter({
    name: "plimsoll_requests_total",
    help: "Requests of run tasks by what became of them",
    labelNames: ["outcome"],
    registers,
  });
  const tasks = new Counter({
    name: "plimsoll_tasks_total",
    help: "Run tasks by their result",
    labelNames: ["outcome"],
    registers,
  });
  const undelivered = new Counter({
    name: "plimsoll_results_undelivered_total",
    help: "Results that HCP Terraform did not take",
    registers,
  });
  const gauges = { waiting: "Run tasks that wait", running: "Run tasks at work" } as const;
  for (const state of ["waiting", "running"] as const) {
    const gauge: Gauge = new Gauge({
      name: `plimsoll_tasks_${state}`,
      help: gauges[state],
      registers,
      collect: () => gauge.set(counts()[state]),
    });
  }
  const durations = {
    waited: new Histogram({
      name: "plimsoll_task_waiting_seconds",
      help: "How long run tasks waited for their turn",
      buckets: seconds,
      registers,
    }),
    taken: new Histogram({
      name: "plimsoll_task_seconds",
      help: "How long run tasks took, from the request to the result",
      buckets: seconds,
      registers,
    }),
  };
  for (const outcome of requestOutcomes) requests.inc({ outcome }, 0);
  for (const outcome of ["passed", "failed", "not_judged"]) tasks.inc({ outcome }, 0);
  return {
    request: (outcome) => requests.inc({ outcome }),
    task: (outcome, waited, taken) => {
      tasks.inc({ outcome: outcome.replace(" ", "_") });
      durations.waited.observe(waited / 1000);
      durations.taken.observe(taken / 1000);
    },
    lost: () => undelivered.inc(),
    text: () => register.metrics(),
    contentType: register.contentType,
  };
}
