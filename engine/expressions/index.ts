export { withLibraries } from "./libraries.ts";
export { workOutUnknown } from "./work-out.ts";
