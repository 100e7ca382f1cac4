import * as z from "zod";
import type { Provider } from "./provider.ts";

const notes = z.array(z.object({ id: z.number(), body: z.string(), author: z.object({ id: z.number() }) }));
const user = z.object({ id: z.number() });
const pageSize = 100;

/** Merge requests of GitLab. Source: GitLab, "Notes API". */
export function gitLab(project: string, number: string): Provider {
  const path = `/projects/${encodeURIComponent(project)}/merge_requests/${number}/notes`;
  return {
    name: "GitLab",
    needs: "the scope api and the role Reporter; the one of the job (CI_JOB_TOKEN) may not write",
    most: 1_000_000,
    mark: (key) => `<!-- plimsoll ${key} -->`,
    shown: (markdown) => markdown,
    headers: (token) => ({ "private-token": token }),
    find: async (ask, mark) => {
      const own = user.parse(await ask("GET", "/user")).id;
      for (let page = 1; ; page += 1) {
        const listed = notes.parse(await ask("GET", `${path}?sort=asc&per_page=${pageSize}&page=${page}`));
        const found = listed.find(({ body, author }) => author.id === own && body.startsWith(mark));
        if (found !== undefined) return { id: String(found.id), text: found.body };
        if (listed.length < pageSize) return null;
      }
    },
    create: async (ask, body) => void (await ask("POST", path, { body })),
    update: async (ask, id, body) => void (await ask("PUT", `${path}/${id}`, { body })),
  };
}
