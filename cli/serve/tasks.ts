import pLimit from "p-limit";
import { counted } from "../reporters/findings.ts";
import { failureAnswer } from "./answer.ts";
import { type Callback, fetchPlan, sendProgress, sendResult } from "./exchange.ts";
import type { Hosts } from "./hosts.ts";
import type { Judged } from "./judged.ts";
import type { Judges } from "./judges.ts";
import type { Metrics } from "./metrics.ts";
import { SentenceError } from "./sentence-error.ts";

/** A task that was accepted. */
export interface Task {
  readonly callback: Callback;
  /** Null where the stage has none. */
  readonly planUrl: URL | null;
  readonly stage: string | null;
  readonly taskId: string | null;
  readonly runId: string | null;
  readonly takesOutcomes: boolean;
}

export interface TaskOptions {
  readonly judges: Judges;
  readonly hosts: Hosts;
  readonly concurrency: number;
  readonly queue: number;
  /** In bytes. */
  readonly largestPlan: number;
  /** In milliseconds. */
  readonly timeLimit: number;
  readonly today: () => string;
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
  readonly metrics: () => Metrics;
}

export interface Tasks {
  /** `repeated`: the same task is under way; `full`: no more may wait. */
  readonly accept: (task: Task, refusal: string | null) => "accepted" | "repeated" | "full";
  readonly counts: () => { readonly waiting: number; readonly running: number };
  /** Waits for what is under way; what takes longer, or until it is to stop at once, is answered that it is to be tried again. */
  readonly finish: (limit: number, atOnce: Promise<void>) => Promise<void>;
}

const minute = 60_000;
/** HCP Terraform ends a task that it heard nothing of for ten minutes, and any after an hour. */
const progressEvery = 4 * minute;
const longestWait = 50 * minute;
/** How long a result is offered while the service stops. */
const lastOffer = 5000;

/** A task under way. */
interface UnderWay {
  readonly task: Task;
  readonly begun: number;
  readonly controller: AbortController;
  startedAt: number | null;
  planBytes: number;
}

/** Takes tasks in, has their plans judged, and sends the results. */
export function taskQueue(options: TaskOptions): Tasks {
  const { judges, hosts, concurrency, queue, largestPlan, timeLimit } = options;
  const underWay = new Map<string, UnderWay>();
  const ends = new Set<Promise<void>>();
  // A plan is fetched while others are judged; how many are held in memory stays bounded.
  const places = pLimit(2 * concurrency);
  const seats = pLimit(concurrency);
  let offer = timeLimit;

  const work = async (each: UnderWay, planUrl: URL): Promise<Judged> => {
    const { task, controller } = each;
    const { signal } = controller;
    signal.throwIfAborted();
    each.startedAt = Date.now();
    const timer = endAfter(
      timeLimit,
      controller,
      `it took longer than ${counted(timeLimit / 1000, "second")} (--time-limit)`,
    );
    try {
      await sendProgress(task.callback, "the plan is being judged");
      const plan = await fetchPlan({ url: planUrl, token: task.callback.token, most: largestPlan }, hosts, signal);
      each.planBytes = plan.length;
      return await seats(() =>
        judges.judge({ plan, today: options.today(), takesOutcomes: task.takesOutcomes }, signal),
      );
    } finally {
      clearTimeout(timer);
    }
  };

  const judged = async (each: UnderWay, refusal: string | null): Promise<Judged> => {
    const { task, controller } = each;
    const timer = endAfter(longestWait, controller, "it waited for too long; run it again");
    const beat = setInterval(() => void sendProgress(task.callback, "the plan waits for its turn"), progressEvery);
    try {
      if (refusal !== null || task.planUrl === null) throw new SentenceError(refusal ?? "the request names no plan");
      const { planUrl } = task;
      return await Promise.race([places(() => work(each, planUrl)), aborted(controller.signal)]);
    } catch (error) {
      const sentence = error instanceof SentenceError ? error.message : "an error inside of plimsoll";
      return failureAnswer(sentence, task.takesOutcomes);
    } finally {
      clearTimeout(timer);
      clearInterval(beat);
    }
  };

  const run = async (key: string, each: UnderWay, refusal: string | null): Promise<void> => {
    const { task, begun } = each;
    const { outcome, body } = await judged(each, refusal);
    const failure = await sendResult(task.callback, body, AbortSignal.timeout(offer));
    underWay.delete(key);
    const taken = Date.now() - begun;
    const waited = (each.startedAt ?? Date.now()) - begun;
    options.metrics().task(outcome, waited, taken);
    if (failure !== null) options.metrics().lost();
    options.log({
      task: task.taskId,
      run: task.runId,
      stage: task.stage,
      outcome,
      ...(failure === null ? {} : { undelivered: failure }),
      planBytes: each.planBytes,
      waitedMilliseconds: waited,
      milliseconds: taken,
    });
  };

  return {
    accept: (task, refusal) => {
      const key = task.callback.url.href;
      if (underWay.has(key)) return "repeated";
      if (underWay.size >= 2 * concurrency + queue) return "full";
      const each = { task, begun: Date.now(), controller: new AbortController(), startedAt: null, planBytes: 0 };
      underWay.set(key, each);
      const end = run(key, each, refusal);
      ends.add(end);
      void end.finally(() => ends.delete(end));
      return "accepted";
    },
    counts: () => {
      const running = [...underWay.values()].filter(({ startedAt }) => startedAt !== null).length;
      return { running, waiting: underWay.size - running };
    },
    finish: async (limit, atOnce) => {
      const stop = () => {
        offer = lastOffer;
        const reason = new SentenceError("the service was stopped before the plan was judged; run it again");
        for (const { controller } of underWay.values()) controller.abort(reason);
      };
      const timer = setTimeout(stop, limit);
      void atOnce.then(stop);
      while (ends.size > 0) await Promise.all(ends);
      clearTimeout(timer);
    },
  };
}

function endAfter(limit: number, controller: AbortController, sentence: string): NodeJS.Timeout {
  return setTimeout(() => controller.abort(new SentenceError(sentence)), limit);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
