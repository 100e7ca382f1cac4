import { UsageError } from "../exit-codes.ts";
import { SentenceError } from "./sentence-error.ts";

/** Which addresses may be asked: what a request names decides nothing. */
export interface Hosts {
  /** @throws SentenceError where a text is no address of an allowed host */
  readonly allowed: (text: string, what: string) => URL;
  /** Where an answer leads: also to the archive of an allowed host. @throws SentenceError */
  readonly redirected: (location: string, from: URL) => URL;
}

const local = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])$/;

/**
 * @param names hosts, with a port where it is not the usual one
 * @param allowsHttp whether http may be used to this machine
 * @throws UsageError where a name is none of a host
 */
export function allowedHosts(names: readonly string[], allowsHttp: boolean): Hosts {
  const hosts = new Set(names.map(hostNamed));
  // HCP Terraform keeps plans in an archive of its own: app.terraform.io leads to archivist.terraform.io.
  const archives = new Set([...hosts].map((host) => host.replace(/^app\./, "archivist.")));
  const checked = (url: URL, among: ReadonlySet<string>, what: string): URL => {
    const isSafe = url.protocol === "https:" || (allowsHttp && url.protocol === "http:" && local.test(url.hostname));
    if (!isSafe) throw new SentenceError(`${what} is no https address, so that it is not asked`);
    if (url.username !== "" || url.password !== "")
      throw new SentenceError(`${what} names a user, so that it is not asked`);
    if (!among.has(url.host))
      throw new SentenceError(`${what} leads to a host that the service is not allowed to ask (--allow-host)`);
    return url;
  };
  return {
    allowed: (text, what) => {
      if (!URL.canParse(text)) throw new SentenceError(`${what} is no address`);
      return checked(new URL(text), hosts, what);
    },
    redirected: (location, from) => {
      const what = "the redirect of the plan";
      if (!URL.canParse(location, from)) throw new SentenceError(`${what} is no address`);
      return checked(new URL(location, from), new Set([...hosts, ...archives]), what);
    },
  };
}

function hostNamed(name: string): string {
  const url = URL.canParse(`https://${name}`) ? new URL(`https://${name}`) : null;
  // A pattern would be taken for a name, and allow nothing.
  if (url === null || name === "" || name.includes("*") || `${url.host}/` !== url.href.slice("https://".length))
    throw new UsageError(`--allow-host ${name}: is no name of a host; write tfe.example.com, or tfe.example.com:8443`);
  return url.host;
}
