import { matchesGlob } from "../../glob.ts";
import { largest, smallest } from "../../lists.ts";
import type { LifecycleRule } from "../../model/lifecycle-policy.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";

/** A number and the position of the rule that it comes from; no rule, and 0, where nothing sets one. */
export interface Bound {
  readonly value: Maybe<number>;
  readonly rule: number | null;
}

/** What the rules of a lifecycle policy really bound: only the first rule that selects an image can expire it. */
export interface LifecycleBounds {
  readonly expiresImages: boolean;
  /**
   * `all` tagged images, those of some `patterns`, those that carry several tags at once (`combined-patterns`), `none`.
   */
  readonly taggedCoverage: "all" | "patterns" | "combined-patterns" | "none";
  /** Whether every tagged image is expired some day; which tags there are besides those of patterns, no plan tells. */
  readonly coversTagged: Maybe<boolean>;
  readonly coversUntagged: Maybe<boolean>;
  readonly count: Bound;
  readonly age: Bound;
  readonly untaggedCount: Bound;
  readonly untaggedAge: Bound;
  /**
   * How many tagged images the rules keep: the one that keeps most, and the one that keeps fewest; null where some go by age,
   * whatever their number. Each rule counts images of its own, so the numbers do not add up.
   */
  readonly kept: { readonly most: Maybe<number>; readonly fewest: Maybe<number> } | null;
  readonly anyIsLast: boolean;
  readonly combinesTags: boolean;
  readonly archives: boolean;
}

/** A rule of which it is known which images it selects, and what it does with them. */
interface ReadRule {
  readonly index: number;
  readonly priority: number;
  readonly tagStatus: string;
  readonly tagPatterns: readonly string[];
  readonly isArchive: boolean;
  readonly action: string;
  readonly countType: Maybe<string>;
  readonly countNumber: Maybe<number>;
}

/**
 * Unknown where the plan does not tell which images a rule selects: then it may stand before any other.
 * Source: ECR User Guide, "Automate the cleanup of images by using lifecycle policies", evaluation rules: an image that
 * meets the tagging requirements of a rule cannot be expired by one of lower priority.
 */
export function lifecycleBounds(rules: readonly Maybe<LifecycleRule>[]): Maybe<LifecycleBounds> {
  const read: ReadRule[] = [];
  for (const [index, rule] of rules.entries()) {
    const known = readRule(rule, index);
    if (known instanceof Unknown) return known;
    read.push(known);
  }
  read.sort((one, other) => one.priority - other.priority);
  const expiring = read.filter(({ action }) => action === "expire");
  const active = expiring.filter(({ isArchive }) => !isArchive);
  const archives = read.some(({ action }) => action === "transition");
  // Images that leave by way of the archive: how long that takes, the rules tell only together.
  if (archives && active.length < expiring.length) return new Unknown("stated", [], byArchive);
  const tagged = decidingForTagged(active);
  const untagged = active.find(({ tagStatus }) => tagStatus !== "tagged");
  const own = untagged?.tagStatus === "untagged" ? [untagged] : [];
  const any = active.findIndex(({ tagStatus }) => tagStatus === "any");
  return {
    expiresImages: expiring.length > 0,
    taggedCoverage: coverage(tagged),
    coversTagged: shielded(coversTagged(coverage(tagged)), archives),
    coversUntagged: shielded(untagged !== undefined, archives),
    count: boundOf(tagged, isCount),
    age: boundOf(tagged, isAge),
    untaggedCount: boundOf(own, isCount),
    untaggedAge: boundOf(own, isAge),
    kept: keptImages(tagged),
    anyIsLast: any === -1 || any === active.length - 1,
    combinesTags: read.some(({ tagPatterns }) => tagPatterns.length > 1),
    archives,
  };
}

const byArchive = "rules move images to the archive and expire them there; how long both take together is not added up";
const byShield = "a rule that moves images to the archive may keep the rules that expire them from doing so";
const byTags =
  "images with other tags than those of the rules are never expired, and no plan shows which tags are pushed";

function coversTagged(covered: LifecycleBounds["taggedCoverage"]): Maybe<boolean> {
  return covered === "patterns" ? new Unknown("stated", [], byTags) : covered === "all";
}

function shielded(covers: Maybe<boolean>, archives: boolean): Maybe<boolean> {
  return archives && covers === true ? new Unknown("stated", [], byShield) : covers;
}

function readRule(rule: Maybe<LifecycleRule>, index: number): Maybe<ReadRule> {
  if (rule instanceof Unknown) return rule;
  const { priority, tagStatus, tagPatterns, storageClass, action } = rule;
  const patterns: string[] = [];
  if (tagPatterns instanceof Unknown) return tagPatterns;
  for (const pattern of tagPatterns) {
    if (pattern instanceof Unknown) return pattern;
    patterns.push(pattern);
  }
  if (priority instanceof Unknown) return priority;
  if (tagStatus instanceof Unknown) return tagStatus;
  if (storageClass instanceof Unknown) return storageClass;
  if (action instanceof Unknown) return action;
  if (priority === null || tagStatus === null || !["any", "tagged", "untagged"].includes(tagStatus))
    return new Unknown("unexpected-shape");
  return {
    index,
    priority,
    tagStatus,
    tagPatterns: patterns,
    isArchive: storageClass === "archive",
    action: action ?? "",
    countType: rule.countType ?? new Unknown("unexpected-shape"),
    countNumber: countNumber(rule),
  };
}

/** Days are the only unit that there is. */
function countNumber({ countNumber: number, countUnit: unit }: LifecycleRule): Maybe<number> {
  if (unit instanceof Unknown) return unit;
  if (unit !== null && unit !== "days") return new Unknown("unexpected-shape");
  return number ?? new Unknown("unexpected-shape");
}

/** The rules that decide for any tagged image; one whose images an earlier rule takes all decides for none. */
function decidingForTagged(rules: readonly ReadRule[]): readonly ReadRule[] {
  const deciding: ReadRule[] = [];
  const taken: string[] = [];
  for (const rule of rules) {
    if (rule.tagStatus === "untagged") continue;
    if (rule.tagStatus === "any") {
      if (!taken.includes("*")) deciding.push(rule);
      taken.push("*");
      continue;
    }
    const [pattern] = rule.tagPatterns;
    // AWS refuses a rule for tagged images that names no tag.
    if (pattern === undefined) continue;
    // A pattern that matches the text of another one matches all that the other one does.
    if (rule.tagPatterns.some((each) => taken.some((earlier) => matchesGlob(each, earlier)))) continue;
    deciding.push(rule);
    if (rule.tagPatterns.length === 1) taken.push(/^\*+$/.test(pattern) ? "*" : pattern);
  }
  return deciding;
}

function coverage(tagged: readonly ReadRule[]): LifecycleBounds["taggedCoverage"] {
  const isWhole = ({ tagStatus, tagPatterns }: ReadRule) =>
    tagStatus === "any" || (tagPatterns.length === 1 && /^\*+$/.test(tagPatterns[0] ?? ""));
  if (tagged.some(isWhole)) return "all";
  if (tagged.some(({ tagPatterns }) => tagPatterns.length === 1)) return "patterns";
  return tagged.length > 0 ? "combined-patterns" : "none";
}

const isCount = (type: string) => type === "imageCountMoreThan";
const isAge = (type: string) => type === "sinceImagePushed" || type === "sinceImagePulled";

function boundOf(rules: readonly ReadRule[], isMeant: (countType: string) => boolean): Bound {
  let found: { value: number; rule: number | null } = { value: 0, rule: null };
  for (const { index, countType, countNumber: number } of rules) {
    if (countType instanceof Unknown) return { value: countType, rule: index };
    if (!isCount(countType) && !isAge(countType)) return { value: new Unknown("unexpected-shape"), rule: index };
    if (!isMeant(countType)) continue;
    if (number instanceof Unknown) return { value: number, rule: index };
    if (number > found.value) found = { value: number, rule: index };
  }
  return found;
}

function keptImages(tagged: readonly ReadRule[]): LifecycleBounds["kept"] {
  const numbers: number[] = [];
  let unknown: Unknown | null = null;
  for (const { countType, countNumber: number } of tagged) {
    if (countType instanceof Unknown) unknown ??= countType;
    else if (!isCount(countType)) return null;
    else if (number instanceof Unknown) unknown ??= number;
    else numbers.push(number);
  }
  if (tagged.length === 0) return null;
  if (unknown !== null) return { most: unknown, fewest: unknown };
  return { most: largest(numbers), fewest: smallest(numbers) };
}
