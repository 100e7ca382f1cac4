// What `plimsoll/policies` exports.
export { countermeasures, pack } from "../../policies/pack.ts";
