import type { Reference, Target } from "./references.ts";
import type { Unknown } from "./unknown.ts";

/**
 * Attributes whose values AWS assigns, or that are random letters: they hold no quote and no backslash, so that they cannot
 * end a string of JSON in which they are put, and no credential. They may stand in blocks
 * that AWS alone fills in: `cache_nodes[0].address`; what stands in another block or a map, as tags do, somebody wrote.
 */
const assigned =
  /^(?:(?:cache_nodes|cluster_nodes|nodes|instances|master_user_secret|dns_entry)\[\d+\]\.)?(?:\w+_)?(?:arn|arn_suffix|id|url|uri|dns|dns_name|domain_name|fqdn|endpoint|address|ip|port|revision|family|hex)$/;

/** What is not known, and whether it is the attribute that its reference names, as it is. */
interface Referring {
  readonly references: readonly Reference[];
  readonly isExact: boolean;
}

/** Whether what is not known is such an attribute, as it is. */
export function isAssigned({ references, isExact }: Referring): boolean {
  const [reference, ...others] = references;
  if (reference === undefined || others.length > 0 || !isExact || !("target" in reference.end)) return false;
  return isAssignedTarget(reference.end.target);
}

/** Whether a target is such an attribute. */
function isAssignedTarget({ type, attribute }: Pick<Target, "type" | "attribute">): boolean {
  return (/^aws_/.test(type) && assigned.test(attribute)) || (type === "random_id" && attribute === "hex");
}

/**
 * Types whose names hold letters, digits and some signs, and no quote or backslash among them: whatever they are made of,
 * AWS takes no other ones. Source: the API reference of each service, at `name`.
 */
const namedPlainly =
  /^aws_(?:iam_(?:role|user|group|policy|instance_profile)|s3_bucket|ecr_repository|ecs_(?:cluster|service|capacity_provider)|cloudwatch_log_group|cloudwatch_event_(?:rule|bus)|sqs_queue|sns_topic|lambda_(?:function|alias)|dynamodb_table|kinesis_stream|db_instance|rds_cluster|codebuild_project|a?lb|a?lb_target_group|ssm_parameter|secretsmanager_secret|security_group)$/;
const plainName = /^(?:name|bucket|function_name|identifier|cluster_identifier|db_name|database_name)$/;

/**
 * Whether it cannot end a string of JSON in which it is put: what AWS assigns, the names above, and what is drawn at random.
 * A password has quotes only where override_special asks for them, and one that is drawn makes the text no JSON at all.
 */
export function staysWithinString(of: Referring): boolean {
  const [{ end } = { end: null }, ...others] = of.references;
  if (end === null || others.length > 0 || !of.isExact || !("target" in end)) return false;
  const { type, attribute } = end.target;
  return isAssigned(of) || (namedPlainly.test(type) && plainName.test(attribute)) || isDrawn(type, attribute);
}

/** Whether it is drawn at random, by the provider of that name. */
export function isDrawn(type: string, attribute: string): boolean {
  return type.startsWith("random_") && /^(?:result|hex|b64_std|b64_url)$/.test(attribute);
}

/** Whether it is the ARN or the URL of something: neither a number nor a word. */
export function isAssignedAddress(of: Referring): boolean {
  const [{ end } = { end: null }] = of.references;
  const attribute = end !== null && "target" in end ? end.target.attribute : "";
  return isAssigned(of) && /(?:^|[._])(?:arn|url|uri|dns_name|endpoint|domain_name)$/.test(attribute);
}

/** Whether an unknown text is such an attribute. */
export function isAssignedText({ references, known }: Unknown): boolean {
  return isAssigned({ references, isExact: known.isExact });
}

/** What is written of a text that holds such attributes and nothing else that is not known, with `standIn` for them. */
export function writtenAround(text: Unknown, standIn: string): string | null {
  if (isAssignedText(text)) return standIn;
  const { parts } = text.known;
  if (parts === null || !parts.every((part) => typeof part === "string" || isAssignedText(part))) return null;
  return parts.map((part) => (typeof part === "string" ? part : standIn)).join("");
}
