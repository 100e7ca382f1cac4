import type { Hosts } from "./hosts.ts";
import { asksForAnother, retried } from "./retry.ts";
import { SentenceError } from "./sentence-error.ts";

/** Where the archive of plans is another host, one redirect leads there. */
const mostRedirects = 3;

/**
 * Fetches the JSON of a plan. The token goes to the host that was asked and to no other.
 * @param most in bytes
 * @throws SentenceError, or the reason of the signal
 */
export async function fetchPlan(
  { url, token, most }: { readonly url: URL; readonly token: string; readonly most: number },
  hosts: Hosts,
  signal: AbortSignal,
): Promise<Uint8Array> {
  // 204: the plan is there, its JSON not yet. Source: HCP Terraform, "Plans API", "Retrieve the JSON execution plan".
  const isLater = (status: number) => status === 204 || asksForAnother.has(status);
  let from = url;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const headers = from.origin === url.origin ? { authorization: `Bearer ${token}` } : {};
    const asked = from;
    const answer = await retried(() => fetch(asked, { headers, redirect: "manual", signal }), isLater, signal);
    if (answer.ok) return readBody(answer, most, signal);
    await answer.body?.cancel();
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
    if (location === null) throw new SentenceError(`the plan could not be fetched: HTTP ${answer.status}`);
    from = hosts.redirected(location, from);
  }
  throw new SentenceError(`the plan could not be fetched: more than ${mostRedirects} redirects`);
}

/** What was packed counts as it is unpacked. */
async function readBody(answer: Response, most: number, signal: AbortSignal): Promise<Uint8Array> {
  const tooLarge = () =>
    new SentenceError(
      `the plan has more than ${most / 1_000_000} MB, which is the most that the service takes (--largest-plan); ` +
        "let the service take more, or plan parts of the configuration one by one",
    );
  if (Number(answer.headers.get("content-length") ?? 0) > most) {
    await answer.body?.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      size += chunk.length;
      if (size > most) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SentenceError) throw error;
    throw new SentenceError("the plan could not be fetched: the connection broke off");
  }
  return Buffer.concat(chunks);
}

/** Where a task is answered, and with which token. */
export interface Callback {
  readonly url: URL;
  readonly token: string;
}

function patch({ url, token }: Callback, body: string, signal: AbortSignal): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/vnd.api+json" };
  return fetch(url, { method: "PATCH", headers, body, redirect: "error", signal });
}

/** Sends the result, until it is taken. @returns null where it was, else why not */
export async function sendResult(callback: Callback, body: string, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await retried(
      () => patch(callback, body, signal),
      (status) => asksForAnother.has(status),
      signal,
    );
    await answer.body?.cancel();
    return answer.ok ? null : `HTTP ${answer.status}`;
  } catch {
    return "no answer in time";
  }
}

/** In milliseconds; a result waits for it. */
const progressLimit = 5000;

/** Says how far a task is. Where that fails, the result says it later. */
export async function sendProgress(callback: Callback, message: string): Promise<void> {
  const body = JSON.stringify({
    data: { type: "task-results", attributes: { status: "running", message: `plimsoll: ${message}` } },
  });
  try {
    await (await patch(callback, body, AbortSignal.timeout(progressLimit))).body?.cancel();
  } catch {
    // The next one, or the result.
  }
}
