/** An API that refused. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.name = "RefusedError";
    this.status = status;
  }
}

/** Asks an API, by a path below its address or by an address that it gave. */
export type Ask = (method: "GET" | "POST" | "PATCH" | "PUT", path: string, body?: unknown) => Promise<unknown>;

/** In milliseconds: of one request, and of all together. */
const limits = { each: 20_000, all: 120_000 };

/** A list that goes on for longer is none of comments: 10,000 stand on 100 pages. */
const mostRequests = 110;

/** An answer has a page of comments; GitLab's have a million characters at most. */
const mostBytes = 200_000_000;

/** @throws RefusedError; TypeError where there is no answer, or no end of them */
export function asking(api: string, headers: Readonly<Record<string, string>>): Ask {
  const { origin } = new URL(api);
  const whole = AbortSignal.timeout(limits.all);
  let requests = 0;
  return async (method, path, body) => {
    requests += 1;
    if (requests > mostRequests) throw new TypeError("the list of comments has no end");
    const url = new URL(path.startsWith("/") ? `${api.replace(/\/+$/, "")}${path}` : path);
    // The token goes to no other host, wherever an answer leads.
    if (url.origin !== origin) throw new RefusedError(0);
    const answer = await fetch(url, {
      method,
      redirect: "error",
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([AbortSignal.timeout(limits.each), whole]),
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new RefusedError(answer.status);
    }
    return readJson(answer);
  };
}

async function readJson(answer: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new TypeError("the answer is too large");
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** What an API says, or null where it refuses. */
export async function orNull(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RefusedError) return null;
    throw error;
  }
}
