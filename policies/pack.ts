import policies from "plimsoll:policy-files";
import type { Policy } from "../engine/policy/policy.ts";

/** The shipped policies, in the order of their ids; the build compiles them from the YAML files of this folder. */
export const pack: readonly Policy[] = policies;
