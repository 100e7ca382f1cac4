import type { Config } from "./config.ts";

/** What counts where a team configured nothing. */
export const emptyConfig: Config = {
  failOn: undefined,
  onUnknown: undefined,
  waiversFrom: undefined,
  parameters: {},
  overrides: [],
  waivers: [],
};
