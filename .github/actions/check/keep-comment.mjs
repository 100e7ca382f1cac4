// One comment on a pull request, found again by a mark that nobody sees.

/** GitHub lists at most this many comments on a page. */
const pageSize = 100;

/**
 * Creates or updates the comment, and says what it did. It does not throw: a pull request from a fork has a token that may
 * not write, and the check counts all the same.
 * @param {string} markdown
 * @param {{ api: string, repository: string, number: number, token: string, key: string, createsOne: boolean }} target
 * @returns {Promise<string>}
 */
export async function keepComment(markdown, { api, repository, number, token, key, createsOne }) {
  const mark = `<!-- plimsoll ${encodeURIComponent(key)} -->`;
  const body = `${mark}\n${markdown}`;
  const comments = `${api}/repos/${repository}/issues`;
  const request = requestWith(token);
  try {
    const existing = await find(request, api, `${comments}/${number}/comments`, mark);
    if (existing === undefined && !createsOne) return "no comment: nothing blocks";
    if (existing?.body.replaceAll("\r\n", "\n") === body) return "the comment is up to date";
    if (existing !== undefined) {
      const updated = await request("PATCH", `${comments}/comments/${existing.id}`, { body });
      if (updated.ok) return "updated the comment";
      // A comment of another app, or one that was deleted meanwhile.
      if (updated.status !== 403 && updated.status !== 404) return refusal(updated.status);
    }
    const created = await request("POST", `${comments}/${number}/comments`, { body });
    return created.ok ? "created a comment" : refusal(created.status);
  } catch (error) {
    return `no comment: ${error instanceof RefusedError ? refusal(error.status) : "the API of GitHub did not answer"}`;
  }
}

class RefusedError extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

/** @param {number} status */
function refusal(status) {
  const isForbidden = status === 401 || status === 403 || status === 404;
  const hint = isForbidden ? "; the token needs pull-requests: write, which the one of a fork never has" : "";
  return `the comment could not be written (HTTP ${status}${hint})`;
}

/** @param {string} token */
function requestWith(token) {
  /** @param {string} method @param {string} url @param {unknown} [body] */
  return (method, url, body) =>
    fetch(url, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "x-github-api-version": "2022-11-28",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
}

/**
 * The comment that begins with the mark. People can write the mark too, so it has to be of a bot, or of the token's own user.
 * @param {ReturnType<typeof requestWith>} request
 * @param {string} api
 * @param {string} url
 * @param {string} mark
 */
async function find(request, api, url, mark) {
  // The token of a job has no user.
  const who = await request("GET", `${api}/user`);
  const own = who.ok ? (await who.json()).login : undefined;
  for (let page = 1; ; page += 1) {
    const answer = await request("GET", `${url}?per_page=${pageSize}&page=${page}`);
    if (!answer.ok) throw new RefusedError(answer.status);
    const comments = await answer.json();
    const found = comments.find(
      (comment) =>
        comment.body?.startsWith(mark) &&
        (own === undefined ? comment.user?.type === "Bot" : comment.user?.login === own),
    );
    if (found !== undefined) return found;
    if (comments.length < pageSize) return undefined;
  }
}
