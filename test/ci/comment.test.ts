import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { command } from "../cli/command.ts";
import { type Asked, serve } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-comment-"));
afterAll(() => rmSync(folder, { recursive: true }));
const report = join(folder, "report.md");
const event = join(folder, "event.json");
writeFileSync(event, JSON.stringify({ pull_request: { number: 7 } }));

/** A comment as the fakes keep it. */
interface Kept {
  readonly id: number;
  text: string;
  readonly by: "us" | "somebody";
  /** Of a thread of Azure DevOps. */
  status?: string;
}

const own = (id: number, text: string): Kept => ({ id, text, by: "us" });
const forged = (id: number, text: string): Kept => ({ id, text, by: "somebody" });

/** A page of a list, by the parameters of an address. */
function paged<Item>(items: readonly Item[], asked: Asked, size = "per_page"): Item[] {
  const { searchParams } = new URL(asked.url, "http://localhost");
  const [count, page] = [Number(searchParams.get(size)), Number(searchParams.get("page") ?? 1)];
  return items.slice(count * (page - 1), count * page);
}

const lastNumber = (url: string) => Number(/(\d+)(?:\?.*)?$/.exec(url)?.[1]);

/** As much of an API as comments need: how it lists them, and what text a request brings. */
interface Api {
  readonly env: Readonly<Record<string, string>>;
  readonly mark: string;
  readonly header: (asked: Asked) => string | undefined;
  readonly list: (kept: readonly Kept[], asked: Asked, url: string) => unknown;
  /** Who the token is of; null where it may not ask. */
  readonly who: unknown;
  readonly text: (body: unknown) => string | undefined;
  readonly status?: (body: unknown) => string | undefined;
}

const bodyText = z.object({ body: z.string() });
const authors = { us: "plimsoll-bot", somebody: "mallory" } as const;

const apis: Readonly<Record<"github" | "gitlab" | "azure-devops" | "bitbucket", Api>> = {
  github: {
    env: { GITHUB_EVENT_PATH: event, GITHUB_REPOSITORY: "shop/infra" },
    mark: "<!-- plimsoll check%2Fplan -->",
    header: ({ token }) => token,
    who: null,
    list: (kept, asked) =>
      paged(kept, asked).map(({ id, text, by }) => ({
        id,
        body: text,
        user: { login: authors[by], type: by === "us" ? "Bot" : "User" },
      })),
    text: (body) => bodyText.parse(body).body,
  },
  gitlab: {
    env: { CI_MERGE_REQUEST_IID: "7", CI_MERGE_REQUEST_PROJECT_ID: "12", CI_PROJECT_ID: "13" },
    mark: "<!-- plimsoll check%2Fplan -->",
    header: ({ privateToken }) => privateToken,
    who: { id: 1 },
    list: (kept, asked) =>
      paged(kept, asked).map(({ id, text, by }) => ({ id, body: text, author: { id: by === "us" ? 1 : 2 } })),
    text: (body) => bodyText.parse(body).body,
  },
  "azure-devops": {
    env: { SYSTEM_PULLREQUEST_PULLREQUESTID: "7", SYSTEM_TEAMPROJECT: "the shop", BUILD_REPOSITORY_ID: "r1" },
    mark: "<!-- plimsoll check%2Fplan -->",
    header: ({ token }) => token,
    who: { authenticatedUser: { id: "us" } },
    list: (kept) => ({
      value: kept.map(({ id, text, by }) => ({ id, comments: [{ id: 1, content: text, author: { id: by } }] })),
    }),
    text: (body) =>
      z.object({ content: z.string() }).safeParse(body).data?.content ??
      z.object({ comments: z.tuple([z.object({ content: z.string() })]) }).safeParse(body).data?.comments[0].content,
    status: (body) => z.object({ status: z.string() }).safeParse(body).data?.status,
  },
  bitbucket: {
    env: { BITBUCKET_PR_ID: "7", BITBUCKET_REPO_FULL_NAME: "shop/infra" },
    mark: "[//]: # (plimsoll check%2Fplan)",
    header: ({ token }) => token,
    who: { uuid: "{us}" },
    list: (kept, asked, url) => {
      const page = Number(new URL(asked.url, url).searchParams.get("page") ?? 1);
      const values = kept
        .slice(100 * (page - 1), 100 * page)
        .map(({ id, text, by }) => ({ id, content: { raw: text }, user: { uuid: `{${by}}`, type: "user" } }));
      return {
        values,
        ...(kept.length > 100 * page
          ? { next: `${url}/repositories/shop/infra/pullrequests/7/comments?pagelen=100&page=${page + 1}` }
          : {}),
      };
    },
    text: (body) => z.object({ content: z.object({ raw: z.string() }) }).parse(body).content.raw,
  },
};
type Name = keyof typeof apis;
const names: readonly Name[] = ["github", "gitlab", "azure-devops", "bitbucket"];

/** Keeps the text of a request, as a new comment or in the place of an old one. */
function write(api: Api, kept: Kept[], { method, url, body }: Asked): { status: number; json: unknown } {
  const brought: unknown = JSON.parse(body);
  // The path of a comment in a thread of Azure ends with the number of the comment.
  const id = Number(/threads\/(\d+)/.exec(url)?.[1] ?? lastNumber(url));
  if (method === "POST") kept.push(own(kept.length + 1, ""));
  const each = method === "POST" ? kept.at(-1) : kept.find((one) => one.id === id);
  if (each === undefined) return { status: 404, json: {} };
  each.text = api.text(brought) ?? each.text;
  const status = api.status?.(brought);
  if (status !== undefined) each.status = status;
  return { status: method === "POST" ? 201 : 200, json: {} };
}

/** The fake of an API with these comments. */
async function fakeOf(name: Name, kept: Kept[], denied: readonly string[] = []) {
  const api = apis[name];
  let url = "";
  const server = await serve((asked) => {
    if (denied.includes(asked.method)) return { status: 403, json: {} };
    if (asked.method !== "GET") return write(api, kept, asked);
    if (!/\/(?:user|connectionData)\b/.test(asked.url)) return { status: 200, json: api.list(kept, asked, url) };
    return api.who === null ? { status: 403, json: {} } : { status: 200, json: api.who };
  });
  url = server.url;
  return server;
}

interface Options {
  readonly exitCode?: string;
  readonly more?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly file?: string;
}

/** Runs `plimsoll comment` against a fake, and gives back what it said. */
async function comment(name: Name, url: string, { exitCode = "1", more = [], env, file = report }: Options = {}) {
  const { code, out, error } = await command(
    [
      "comment",
      `--provider=${name}`,
      `--api=${url}`,
      "--key=check/plan",
      `--exit-code=${exitCode}`,
      ...more,
      "--",
      file,
    ],
    { env: { ...apis[name].env, PLIMSOLL_TOKEN: "t0ken", ...env } },
  );
  expect([code, error]).toEqual([0, ""]);
  return out.replace(/^plimsoll: (.*)\n$/, "$1");
}

describe.each(names)("%s", (name) => {
  const { mark } = apis[name];
  const text = (markdown: string) => `${mark}\n${name === "bitbucket" ? "\n" : ""}${markdown}`;
  writeFileSync(report, "### plimsoll: blocked\n");
  const blockedText = text("### plimsoll: blocked\n");

  it("a comment is created where something blocks, and the next run finds it up to date", async () => {
    const kept: Kept[] = [];
    const { url, asked, close } = await fakeOf(name, kept);
    expect(await comment(name, url)).toBe("created a comment");
    expect(kept.map((each) => each.text)).toEqual([blockedText]);
    expect(await comment(name, url)).toBe("the comment is up to date");
    close();
    expect(asked.filter((each) => apis[name].header(each)?.replace("Bearer ", "") !== "t0ken")).toEqual([]);
  });

  it("it is found behind those of others, one that begins with the mark too, and updated in place", async () => {
    const others = Array.from({ length: 150 }, (_, at) =>
      forged(at + 1, at === 3 ? `${mark}\nnothing blocks` : "a comment"),
    );
    const kept = [...others, own(1000, "<!-- plimsoll other -->\nolder"), own(2000, text("older"))];
    const { url, close } = await fakeOf(name, kept);
    expect(await comment(name, url)).toBe("updated the comment");
    close();
    expect([kept.length, kept[3]?.text, kept[150]?.text, kept[151]?.text]).toEqual([
      152,
      `${mark}\nnothing blocks`,
      "<!-- plimsoll other -->\nolder",
      blockedText,
    ]);
  });

  it("where nothing blocks, none is created unless that is asked for, and one that is there is updated", async () => {
    const kept: Kept[] = [];
    const { url, close } = await fakeOf(name, kept);
    expect(await comment(name, url, { exitCode: "0" })).toBe("no comment: nothing blocks");
    expect(await comment(name, url, { exitCode: "0", more: ["--when-clean"] })).toBe("created a comment");
    expect(kept[0]?.status).toBe(name === "azure-devops" ? "fixed" : undefined);
    if (kept[0] !== undefined) kept[0].text = text("older");
    expect(await comment(name, url, { exitCode: "0" })).toBe("updated the comment");
    close();
    expect(kept).toHaveLength(1);
  });

  it("a thread is open as long as something blocks, or nothing was judged", async () => {
    const kept: Kept[] = [];
    const { url, close } = await fakeOf(name, kept);
    expect(await comment(name, url, { exitCode: "3", file: join(folder, "nothing.md") })).toBe("created a comment");
    close();
    expect(kept).toEqual([
      {
        ...own(1, text("### plimsoll: no report\n\nThe check ended with exit code 3; the log of the job says why.\n")),
        ...(name === "azure-devops" ? { status: "active" } : {}),
      },
    ]);
  });

  it("what is refused is said", async () => {
    const denied = await fakeOf(name, [], ["POST"]);
    expect(await comment(name, denied.url)).toMatch(
      /^no comment: it could not be written \(HTTP 403; the token needs /,
    );
    denied.close();
    expect(await comment(name, denied.url)).toMatch(/^no comment: the API of [A-Za-z ]+ did not answer$/);
  });

  it("a comment of another app, or one that was deleted meanwhile, is created anew", async () => {
    const kept = [own(5, text("older"))];
    const { url, close } = await fakeOf(name, kept, [name === "github" || name === "azure-devops" ? "PATCH" : "PUT"]);
    expect(await comment(name, url)).toBe("created a comment");
    close();
    expect(kept.map((each) => each.text)).toEqual([text("older"), blockedText]);
  });

  it("without a change under review, or without a token, there is none", async () => {
    const nothing = Object.fromEntries(Object.keys(apis[name].env).map((variable) => [variable, undefined]));
    expect(await comment(name, "http://127.0.0.1:1", { env: nothing })).toBe(
      "no comment: this run is of no change under review",
    );
    expect(await comment(name, "http://127.0.0.1:1", { env: { PLIMSOLL_TOKEN: "" } })).toBe(
      "no comment: PLIMSOLL_TOKEN has no token",
    );
  });
});

it("a report that is longer than a comment is cut at a line", async () => {
  const long = join(folder, "long.md");
  writeFileSync(
    long,
    `<details><summary>9 findings</summary>\n\n${"a row<br>of findings\n".repeat(3000)}\n</details>\n`,
  );
  const kept: Kept[] = [];
  const { url, close } = await fakeOf("bitbucket", kept);
  await comment("bitbucket", url, { file: long });
  close();
  const [{ text } = { text: "" }] = kept;
  expect(text.length).toBeLessThanOrEqual(32_768);
  expect(text.split("\n").slice(2, 5)).toEqual(["**9 findings**", "", "a row of findings"]);
  expect(text.endsWith("a row of findings\n\nThe rest stands in the log of the job.\n")).toBe(true);
});

it("the token goes to no other host, wherever a page of comments leads", async () => {
  const elsewhere = await serve(() => ({ status: 200, json: { values: [] } }));
  const api = await serve(({ url }) => ({
    status: 200,
    json: url.endsWith("/user") ? { uuid: "{us}" } : { values: [], next: `${elsewhere.url}/more` },
  }));
  expect(await comment("bitbucket", api.url)).toMatch(/^no comment: /);
  api.close();
  elsewhere.close();
  expect(elsewhere.asked).toEqual([]);
});

it.each(["github", "gitlab", "bitbucket"] as const)("%s: a list of comments without end ends", async (name) => {
  const page = Array.from({ length: 100 }, (_, at) => forged(at + 1, "a comment"));
  let url = "";
  const api = await serve((asked) => {
    if (/\/user\b/.test(asked.url)) return { status: 200, json: apis[name].who ?? { login: "plimsoll-bot" } };
    // Whatever page is asked for, it is the first, and another one follows.
    const first = { ...asked, url: asked.url.replace(/([?&])page=\d+/, "$1page=1") };
    const listed = apis[name].list([...page, ...page], first, url);
    return { status: 200, json: listed };
  });
  url = api.url;
  expect(await comment(name, url)).toMatch(/^no comment: the API of \w+ did not answer$/);
  api.close();
  expect(api.asked).toHaveLength(110);
});
