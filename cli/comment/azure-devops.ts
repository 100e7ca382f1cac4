import * as z from "zod";
import type { Provider } from "./provider.ts";

const threads = z.object({
  value: z.array(
    z.object({
      id: z.number(),
      isDeleted: z.boolean().nullish(),
      comments: z.array(
        z.object({ id: z.number(), content: z.string().nullish(), author: z.object({ id: z.string() }).nullish() }),
      ),
    }),
  ),
});
const connection = z.object({ authenticatedUser: z.object({ id: z.string() }) });
const version = "api-version=7.1";

/**
 * Pull requests of Azure Repos: a thread of one comment, which is active where something blocks, and else fixed. Source: Azure
 * DevOps REST API, "Pull Request Threads".
 */
export function azureDevOps(project: string, repository: string, number: string): Provider {
  const path = `/${encodeURIComponent(project)}/_apis/git/repositories/${encodeURIComponent(repository)}/pullRequests/${number}/threads`;
  const status = (isOpen: boolean) => ({ status: isOpen ? "active" : "fixed" });
  return {
    name: "Azure DevOps",
    needs: 'the permission "Contribute to pull requests" on the repository',
    most: 150_000,
    mark: (key) => `<!-- plimsoll ${key} -->`,
    shown: (markdown) => markdown,
    headers: (token) => ({ authorization: `Bearer ${token}`, accept: "application/json" }),
    find: async (ask, mark) => {
      const { id: own } = connection.parse(
        await ask("GET", "/_apis/connectionData?api-version=7.1-preview.1"),
      ).authenticatedUser;
      const { value } = threads.parse(await ask("GET", `${path}?${version}`));
      for (const { id, isDeleted, comments } of value) {
        const [first] = comments;
        if (isDeleted === true || first?.author?.id !== own || !first.content?.startsWith(mark)) continue;
        return { id: `${id}/comments/${first.id}`, text: first.content };
      }
      return null;
    },
    create: async (ask, content, isOpen) => {
      const comments = [{ parentCommentId: 0, content, commentType: "text" }];
      await ask("POST", `${path}?${version}`, { comments, ...status(isOpen) });
    },
    update: async (ask, id, content, isOpen) => {
      await ask("PATCH", `${path}/${id}?${version}`, { content });
      await ask("PATCH", `${path}/${id.replace(/\/.*/, "")}?${version}`, status(isOpen));
    },
  };
}
