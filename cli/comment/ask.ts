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

/** In milliseconds. */
const limit = 20_000;

/** @throws RefusedError; TypeError where there is no answer */
export function asking(api: string, headers: Readonly<Record<string, string>>): Ask {
  const { origin } = new URL(api);
  return async (method, path, body) => {
    const url = new URL(path.startsWith("/") ? `${api.replace(/\/+$/, "")}${path}` : path);
    // The token goes to no other host, wherever an answer leads.
    if (url.origin !== origin) throw new RefusedError(0);
    const answer = await fetch(url, {
      method,
      redirect: "error",
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(limit),
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new RefusedError(answer.status);
    }
    return answer.json();
  };
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
