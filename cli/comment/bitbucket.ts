import * as z from "zod";
import { orNull } from "./ask.ts";
import type { Provider } from "./provider.ts";

const page = z.object({
  next: z.string().nullish(),
  values: z.array(
    z.object({
      id: z.number(),
      deleted: z.boolean().nullish(),
      content: z.object({ raw: z.string() }),
      user: z.object({ uuid: z.string().nullish(), type: z.string().nullish() }).nullish(),
    }),
  ),
});
const user = z.object({ uuid: z.string() });

/** Pull requests of Bitbucket Cloud. Source: Bitbucket Cloud REST API, "Pullrequests". */
export function bitbucket(repository: string, number: string): Provider {
  const path = `/repositories/${repository}/pullrequests/${number}/comments`;
  const content = (text: string) => ({ content: { raw: text } });
  return {
    name: "Bitbucket",
    needs: "the scope pullrequest:write",
    most: 32_768,
    // It shows HTML as text, comments too, and hides the definition of a link.
    mark: (key) => `[//]: # (plimsoll ${key})\n`,
    shown: (markdown) =>
      markdown
        .replace(/<details><summary>(.*?)<\/summary>/g, "**$1**")
        .replaceAll("\n</details>", "")
        .replaceAll("<br>", " "),
    headers: (token) => ({ authorization: `Bearer ${token}`, accept: "application/json" }),
    find: async (ask, mark) => {
      // An access token of a repository may not ask who it is.
      const own = user.safeParse(await orNull(ask("GET", "/user"))).data?.uuid;
      for (let next: string | null | undefined = `${path}?pagelen=100`; next; ) {
        const listed: z.infer<typeof page> = page.parse(await ask("GET", next));
        const found = listed.values.find(
          (each) =>
            each.deleted !== true &&
            each.content.raw.startsWith(mark) &&
            (own === undefined ? each.user?.type !== "user" : each.user?.uuid === own),
        );
        if (found !== undefined) return { id: String(found.id), text: found.content.raw };
        next = listed.next;
      }
      return null;
    },
    create: async (ask, text) => void (await ask("POST", path, content(text))),
    update: async (ask, id, text) => void (await ask("PUT", `${path}/${id}`, content(text))),
  };
}
