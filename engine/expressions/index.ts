export { withLibraries } from "./libraries.ts";
export { planSource } from "./plan-source.ts";
export { workOutUnknown } from "./work-out.ts";
