import { closeSync, openSync } from "node:fs";
import { openingOf, piecesOf, withoutWrapper } from "./file-pieces.ts";
import { memberNames } from "./member-names.ts";

/** What a file is to a search for plans; `saved` is a binary plan, and `no` what nobody takes for a plan. */
export type Look =
  | { readonly is: "plan" | "saved" | "no" }
  /** A plan that cannot be judged, or what looks like one and is none. */
  | { readonly is: "refused" | "note"; readonly why: string };

/** The names that the pages of Terraform and of CI systems give the JSON of a plan. */
const planName = /^(?:tf)?plan\.json$/i;
/** Others that speak of a plan. */
const likelyName = /^tfplan$|\.tfplan$|plan.*\.json(?:\.(?:gz|zst|xz|bz2|zip))?$/i;

const plan: Look = { is: "plan" };
const no: Look = { is: "no" };

/** What there is to say of something that is called like a plan and cannot be one. */
export function lookByName(name: string, why: string): Look {
  if (planName.test(name)) return { is: "refused", why };
  return likelyName.test(name) ? { is: "note", why: `${why}, so it is not judged` } : no;
}

/**
 * Looks at a file as far as it takes to tell whether it may be a plan. What is called `plan.json` is one, whatever it holds,
 * but for the sound JSON of something else: reading it says what is wrong with it.
 */
export function lookAt(path: string, name: string): Look {
  try {
    const file = openSync(path, "r");
    try {
      return lookAtContent(file, name);
    } finally {
      closeSync(file);
    }
  } catch {
    // What cannot be read could be one; reading it says why it cannot.
    return plan;
  }
}

function lookAtContent(file: number, name: string): Look {
  const opening = openingOf(file);
  if (opening === "saved plan") return { is: "saved" };
  const isNamed = planName.test(name);
  if (opening === "compressed") return isNamed ? plan : lookByName(name, "compressed");
  const { names, isWhole, isObject } = memberNames(
    withoutWrapper(piecesOf(file)),
    (found) => hasOne(found, formats) && (isNamed || hasOne(found, planMembers)),
  );
  if (isNamed) return isObject && isWhole && isOfOthers(names) ? notOfTerraform : plan;
  if (isPlan(names, isWhole)) return plan;
  const isSound = isObject && isWhole;
  return isSound || !likelyName.test(name)
    ? no
    : { is: "note", why: "called like a plan, and no JSON of one, so it is not judged" };
}

const notOfTerraform: Look = {
  is: "note",
  why: "the JSON of something else than a Terraform plan, so it is not judged",
};

/** Members that the JSON of Terraform begins with, whatever it is of. */
const formats = ["format_version", "plan_format_version", "remote_plan_format", "@level", "lineage"];

function isOfOthers(names: ReadonlySet<string>): boolean {
  return names.size > 0 && !hasOne(names, formats);
}

/** Members of a plan that a shown state has not. */
const planMembers = ["planned_values", "resource_changes", "configuration", "output_changes", "prior_state"];

function hasOne(names: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return wanted.some((name) => names.has(name));
}

/** Also where a plan is cut: then some of its members are not there. */
function isPlan(names: ReadonlySet<string>, isWhole: boolean): boolean {
  if (names.has("plan_format_version") || names.has("remote_plan_format")) return true;
  if (!names.has("format_version")) return false;
  if (hasOne(names, planMembers)) return true;
  return !isWhole && !names.has("values") && !names.has("provider_schemas");
}
