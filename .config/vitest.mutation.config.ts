import { mergeConfig, type ViteUserConfig } from "vitest/config";
import base from "./vitest.config.ts";

/**
 * The tests that judge mutants of the engine: quick ones that run it, without those that start other programs or look at
 * the text of sources. Each mutant is run by those that reach it.
 */
const { projects: _projects, reporters: _reporters, ...test } = base.test ?? {};

const own: ViteUserConfig = {
  test: {
    include: [
      "test/{detection,evaluate,iam,model,operators,plan,policy,secrets,subjects}/**/*.test.ts",
      "test/verdicts.test.ts",
    ],
    reporters: ["default"],
    maxWorkers: 1,
  },
};

export default mergeConfig({ ...base, test }, own);
