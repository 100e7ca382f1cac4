import { mistakeInCidr, overlapsAnyCidr, withinAnyCidr } from "./comparisons/addresses.ts";
import { actionReachesAny, actionWithinAny, arnMatchesAny, imageMatchesAny } from "./comparisons/aws-names.ts";
import { compareDays } from "./comparisons/days.ts";
import { isNarrow, rangeIncludesAny, rangeWithin } from "./comparisons/ranges.ts";
import {
  loadRegularExpressions,
  matchesAnyExpression,
  mistakeInExpression,
} from "./comparisons/regular-expressions.ts";
import { any, each, every, some } from "./comparisons/values.ts";
import type { Operator } from "./operator.ts";

/** Operators on texts of a form of their own: expressions, addresses, images, actions, ARNs, days. */
export const formOperators: Readonly<Record<string, Operator>> = {
  matchesRegularExpression: {
    facts: ["string", "list"],
    value: "list",
    description:
      "One of the regular expressions of RE2 is found in the fact, or in every element of it; ^ and $ bind it to the ends. There are no backreferences and no look-around, so that it takes linear time.",
    phrase: "must match one of",
    oppositePhrase: "must match none of",
    evaluate: (fact, value) => each(fact, (element) => matchesAnyExpression(element, value)),
    prepare: loadRegularExpressions,
    mistakeIn: mistakeInExpression,
  },
  someMatchesRegularExpression: {
    facts: ["list"],
    value: "list",
    description: "One of the regular expressions of RE2 is found in an element of the fact.",
    phrase: "must hold a match of one of",
    oppositePhrase: "must hold no match of",
    evaluate: (fact, value) => some(fact, (element) => matchesAnyExpression(element, value)),
    prepare: loadRegularExpressions,
    mistakeIn: mistakeInExpression,
  },
  withinAnyCidr: {
    facts: ["string", "list"],
    value: "list",
    description: "The address or range, or every one of the list, lies within one of the ranges.",
    phrase: "must lie within one of",
    oppositePhrase: "must not lie within one of",
    evaluate: (fact, value) => each(fact, (element) => withinAnyCidr(element, value)),
    mistakeIn: mistakeInCidr,
  },
  overlapsAnyCidr: {
    facts: ["string", "list"],
    value: "list",
    description: "The address or range, or one of the list, has an address in common with one of the ranges.",
    phrase: "must overlap one of",
    oppositePhrase: "must overlap none of",
    evaluate: (fact, value) => any(fact, (element) => overlapsAnyCidr(element, value)),
    mistakeIn: mistakeInCidr,
  },
  everyNarrowerThan: {
    facts: ["list"],
    value: "number",
    description:
      "Every address range of the fact has a prefix of at least so many bits; of IPv6 32 more, as /56 there is what /24 is.",
    phrase: "must have prefixes of at least",
    oppositePhrase: "must have prefixes of less than",
    evaluate: (fact, value) => every(fact, (range) => isNarrow(range, value)),
  },
  rangeIncludesAny: {
    facts: ["string", "list"],
    value: "list",
    description: "One of the numbers lies in the range, as in 8000-8080, or in one of the ranges.",
    phrase: "must include one of",
    oppositePhrase: "must include none of",
    evaluate: (fact, value) => rangeIncludesAny(fact, value),
  },
  rangeWithin: {
    facts: ["string"],
    value: "list",
    description: "Every number of the range, as in 8000-8080, is one of the list.",
    phrase: "must lie within",
    oppositePhrase: "must not lie within",
    evaluate: (fact, value) => rangeWithin(fact, value),
  },
  imageMatchesAny: {
    facts: ["string", "list"],
    value: "list",
    description:
      "The image, or every one of the list, matches one of the patterns of registry/repository, or of registry/repository:tag. nginx is docker.io/library/nginx. A text that is no image cannot be compared.",
    phrase: "must be an image of",
    oppositePhrase: "must not be an image of",
    evaluate: (fact, value) => each(fact, (element) => imageMatchesAny(element, value)),
  },
  actionsWithin: {
    facts: ["string", "list"],
    value: "list",
    description:
      "Every IAM action that the fact allows, wildcards included, is allowed by one of the patterns: ecr:Get*.",
    phrase: "must allow nothing but",
    oppositePhrase: "must allow more than",
    evaluate: (fact, value) => each(fact, (element) => actionWithinAny(element, value)),
  },
  actionsReachAny: {
    facts: ["string", "list"],
    value: "list",
    description: "The fact, wildcards included, allows one of the IAM actions: ecr:* reaches ecr:PutImage.",
    phrase: "must allow one of",
    oppositePhrase: "must allow none of",
    evaluate: (fact, value) => any(fact, (element) => actionReachesAny(element, value)),
  },
  arnMatchesAny: {
    facts: ["string", "list"],
    value: "list",
    description:
      "The ARN, or every one of the list, matches one of the patterns as ArnLike of IAM does: each of its six parts by itself. One with wildcards that does not match cannot be compared.",
    phrase: "must be an ARN of",
    oppositePhrase: "must not be an ARN of",
    evaluate: (fact, value) => each(fact, (element) => arnMatchesAny(element, value)),
  },
  daysAtMost: {
    facts: ["string", "number"],
    value: "number",
    description:
      "The fact is so many days or less: a number, or a text as 90d, 720h, P90D, rate(30 days) or a cron expression, which stands for its longest gap.",
    phrase: "must be at most, in days,",
    oppositePhrase: "must be more than, in days,",
    evaluate: (fact, value) => compareDays(fact, value, (one, other) => one <= other),
  },
  daysAtLeast: {
    facts: ["string", "number"],
    value: "number",
    description: "The fact is so many days or more; the forms are those of daysAtMost.",
    phrase: "must be at least, in days,",
    oppositePhrase: "must be less than, in days,",
    evaluate: (fact, value) => compareDays(fact, value, (one, other) => one >= other),
  },
};
