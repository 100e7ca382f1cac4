// Bundles what a configuration of rolldown names. Only warnings are printed: rolldown's own command lists every file, too.
import { build } from "rolldown";
import { loadConfig } from "rolldown/config";

const [, , file] = process.argv;
await build(await loadConfig(file));
