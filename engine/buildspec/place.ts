/** Where the buildspec of a source stands; `inline` is in the project itself, so that the plan tells it. */
export type BuildspecPlace = "inline" | "s3" | "repository";

/**
 * Tells a buildspec from the name of one: text that is YAML or JSON, the ARN of an S3 object, or a path in the source.
 * Nothing means `buildspec.yml` at the root of the source. Source: CodeBuild API Reference, ProjectSource.buildspec.
 */
export function buildspecPlace(text: string | null): BuildspecPlace {
  if (text === null) return "repository";
  if (/^arn:[a-z-]+:s3:::/.test(text)) return "s3";
  return /\n|^\s*(?:\{|["']?(?:version|phases)["']?\s*:)/.test(text) ? "inline" : "repository";
}
