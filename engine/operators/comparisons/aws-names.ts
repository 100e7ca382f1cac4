import { covers, matchesGlob, patternsMeet } from "../../glob.ts";
import { arnPatternsMeet, coversEachPart } from "../../iam/arns.ts";
import { parseImageReference } from "../../model/image-reference.ts";
import type { Truth } from "../../three-valued.ts";
import { anyPattern, testText } from "./texts.ts";

/**
 * Whether an image is from one of the places: patterns of `registry/repository`, with Docker Hub and `library/` filled in
 * as the runtime does; one with a tag or digest compares those too.
 */
export function imageMatchesAny(fact: unknown, patterns: unknown): Truth {
  return anyPattern(patterns, (pattern) =>
    testText(fact, (text) => {
      const image = parseImageReference(text);
      if (image === null) return null;
      const name = `${image.registry}/${image.repository}`;
      const tag = image.tag === null ? "" : `:${image.tag}`;
      const digest = image.digest === null ? "" : `@${image.digest}`;
      return [name, `${name}${tag}`, `${name}${tag}${digest}`].some((form) => matchesGlob(form, pattern));
    }),
  );
}

/** Whether every action that the pattern allows is allowed by one of the patterns. Actions have no case. */
export function actionWithinAny(fact: unknown, patterns: unknown): Truth {
  return anyPattern(patterns, (pattern) => testText(fact, (text) => covers(pattern.toLowerCase(), text.toLowerCase())));
}

/** Whether the pattern allows an action that one of the patterns allows too. */
export function actionReachesAny(fact: unknown, patterns: unknown): Truth {
  return anyPattern(patterns, (pattern) =>
    testText(fact, (text) => patternsMeet(text.toLowerCase(), pattern.toLowerCase())),
  );
}

/**
 * Whether an ARN matches one of the patterns as IAM's `ArnLike` does: each of the six parts by itself. An ARN with
 * wildcards of its own matches if all that it takes in does; if only some of that does, nothing is decided.
 */
export function arnMatchesAny(fact: unknown, patterns: unknown): Truth {
  return anyPattern(patterns, (pattern) =>
    testText(fact, (text) => {
      if (coversEachPart(pattern, text)) return true;
      return /[*?]/.test(text) && arnPatternsMeet(text, pattern) ? null : false;
    }),
  );
}
