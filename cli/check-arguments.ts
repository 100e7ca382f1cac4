import type { Severity } from "../engine/index.ts";

/** The arguments of `plimsoll check`, as yargs reads them. */
export interface CheckArguments {
  readonly plan: readonly string[];
  readonly policies: readonly string[];
  /** Parameters, as `name=value`. */
  readonly set: readonly string[];
  readonly config: string | undefined;
  readonly format: readonly string[];
  readonly failOn: Severity | "never" | undefined;
  readonly onUnknown: "report" | "fail" | undefined;
  readonly block: "all" | "introduced" | undefined;
  readonly select: readonly string[];
  /** Controls whose policies run too: `security-hub:ECS.5`. */
  readonly control: readonly string[];
  readonly skip: readonly string[];
  readonly title: string | undefined;
  readonly all: boolean;
  readonly quiet: boolean;
  /** Whether reports for people leave out what is waived. */
  readonly hideWaived: boolean;
  /** Whether findings with one cause are shown as one. */
  readonly list: "causes" | "instances";
  /** The mildest severity that reports for people list, or only what blocks. */
  readonly show: Severity | "blocking" | undefined;
  /** The folder of the Terraform source; null where none is to be read. */
  readonly source: string | null | undefined;
  /** Whose waivers count; `all` where neither this nor the configuration says so. */
  readonly waivers: "config" | "all" | undefined;
  /** The configuration file that decides alone, as the change under review is of somebody else. */
  readonly trustedConfig: string | undefined;
  /** Whether saved plans are opened that were only found, which runs the provider programs of their folders. */
  readonly openSaved: boolean;
  /** The file to write waivers for all present failures to, with what they say. */
  readonly writeWaivers: string | undefined;
  readonly by: "instance" | "cause" | undefined;
  readonly reason: string | undefined;
  readonly owner: string | undefined;
  readonly expires: string | undefined;
}

/** What a command line says that names nothing, for commands that check plans on the way to something else. */
export const noArguments: CheckArguments = {
  plan: [],
  policies: [],
  set: [],
  config: undefined,
  format: [],
  failOn: undefined,
  onUnknown: undefined,
  block: undefined,
  select: [],
  control: [],
  skip: [],
  title: undefined,
  all: false,
  quiet: false,
  hideWaived: false,
  list: "causes",
  show: undefined,
  source: undefined,
  waivers: undefined,
  trustedConfig: undefined,
  openSaved: false,
  writeWaivers: undefined,
  by: undefined,
  reason: undefined,
  owner: undefined,
  expires: undefined,
};
