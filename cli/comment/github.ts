import { readFileSync } from "node:fs";
import * as z from "zod";
import { orNull } from "./ask.ts";
import type { Provider } from "./provider.ts";

const comments = z.array(
  z.object({
    id: z.number(),
    body: z.string().nullish(),
    user: z.object({ login: z.string(), type: z.string() }).nullish(),
  }),
);
const user = z.object({ login: z.string() });

/** GitHub lists at most this many comments on a page. */
const pageSize = 100;

/** Pull requests of GitHub. Source: GitHub REST API, "Issue comments". */
export function gitHub(repository: string, number: string): Provider {
  const issues = `/repos/${repository}/issues`;
  return {
    name: "GitHub",
    needs: "pull-requests: write, which the one of a fork never has",
    most: 65_536,
    mark: (key) => `<!-- plimsoll ${key} -->`,
    shown: (markdown) => markdown,
    headers: (token) => ({
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "x-github-api-version": "2022-11-28",
    }),
    find: async (ask, mark) => {
      // The token of a job has no user.
      const own = user.safeParse(await orNull(ask("GET", "/user"))).data?.login;
      for (let page = 1; ; page += 1) {
        const listed = comments.parse(
          await ask("GET", `${issues}/${number}/comments?per_page=${pageSize}&page=${page}`),
        );
        const found = listed.find(
          (each) =>
            each.body?.startsWith(mark) && (own === undefined ? each.user?.type === "Bot" : each.user?.login === own),
        );
        if (found !== undefined) return { id: String(found.id), text: found.body ?? "" };
        if (listed.length < pageSize) return null;
      }
    },
    create: async (ask, body) => void (await ask("POST", `${issues}/${number}/comments`, { body })),
    update: async (ask, id, body) => void (await ask("PATCH", `${issues}/comments/${id}`, { body })),
  };
}

const event = z.object({ pull_request: z.object({ number: z.number() }).optional() });

/** The number of the pull request that an event is of; undefined where it is of none. */
export function pullRequestOf(eventFile: string | undefined): string | undefined {
  try {
    return event.parse(JSON.parse(readFileSync(eventFile ?? "", "utf8"))).pull_request?.number.toString();
  } catch {
    return undefined;
  }
}
