/** Partition, service, region, account and, whatever colons it has, resource. Colons of policy variables part nothing. */
export function partsOfArn(arn: string): string[] {
  const parts = arn.includes("${") ? arn.split(/:(?![^${}]*\})/) : arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** The parts of a pattern in `Resource`: those that it does not have are `*`. Source: IAM User Guide, "IAM identifiers". */
export function sixParts(arn: string): readonly string[] {
  const parts = partsOfArn(arn);
  return Array.from({ length: 6 }, (_, at) => parts[at] ?? "*");
}
