import { matchesGlob } from "./glob.ts";
import type { Policy } from "./policy/policy.ts";

/** Short names of frameworks, besides those that policy files use. */
const frameworks: Readonly<Record<string, string>> = { "security-hub": "aws-security-hub", nist: "nist-800-190" };

/**
 * The ids of the policies that stand for a control, or why there are none: `nist-800-190:4.1.1`, `security-hub:ECS.5`,
 * `cis-aws:3.*`. A section of NIST is all that stands below it.
 */
export function policiesOfControl(
  control: string,
  policies: readonly Policy[],
): { readonly ids: readonly string[] } | { readonly mistake: string } {
  const [, name = "", id = ""] = /^([a-z0-9-]+):(.+)$/.exec(control) ?? [];
  const framework = Object.hasOwn(frameworks, name) ? (frameworks[name] ?? name) : name;
  const found = policies.filter(({ controls }) => controls[framework]?.some((each) => isMeant(each, id)) === true);
  return found.length === 0 || isTool(framework)
    ? { mistake: mistakeIn(framework, id, policies) }
    : { ids: found.map((policy) => policy.id) };
}

/** Checks of other tools are no controls. */
function isTool(framework: string): boolean {
  return framework === "same-as" || framework === "part-of";
}

function isMeant(control: string, wanted: string): boolean {
  const [one, other] = [control.toUpperCase(), wanted.toUpperCase()];
  return matchesGlob(one, other) || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

function mistakeIn(framework: string, id: string, policies: readonly Policy[]): string {
  const named = policies.flatMap(({ controls }) => Object.keys(controls));
  const known = [...new Set(named)].filter((name) => !isTool(name)).sort();
  if (id === "" || !known.includes(framework))
    return `write a framework and one of its controls, as nist-800-190:4.1.1; frameworks are ${known.join(", ")}`;
  const ids = new Set(policies.flatMap(({ controls }) => controls[framework] ?? []));
  return `no policy stands for it; of ${framework} there are: ${[...ids].sort().join(", ")}`;
}
