import { setTimeout as wait } from "node:timers/promises";

/** An answer that says to ask again later. */
export const asksForAnother: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** In milliseconds: before the second try, and at most. */
const delays = { first: 300, most: 20_000 };

/**
 * Asks again, ever more rarely, as long as nothing or such an answer comes.
 * @param isLater whether an answer is to be asked for again
 * @returns the last answer
 * @throws what the last try threw, or the reason of the signal
 */
export async function retried(
  ask: () => Promise<Response>,
  isLater: (status: number) => boolean,
  signal: AbortSignal,
): Promise<Response> {
  for (let delay = delays.first; ; delay = Math.min(2 * delay, delays.most)) {
    const answer = await ask().catch((error: unknown) => {
      signal.throwIfAborted();
      if (!(error instanceof TypeError)) throw error;
      return null;
    });
    if (answer !== null && !isLater(answer.status)) return answer;
    const asked = Number(answer?.headers.get("retry-after") ?? 0);
    await answer?.body?.cancel();
    // Not all at the same time.
    const own = delay * (0.5 + Math.random() / 2);
    await wait(Math.max(own, Math.min(Number.isFinite(asked) ? asked * 1000 : 0, delays.most)), null, { signal });
  }
}
