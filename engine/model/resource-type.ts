/**
 * The name of a type, where the provider has two: `aws_alb` is the older name of `aws_lb`, with the same attributes, and so
 * are the types of its listeners and target groups. Source: provider documentation, "Resource: aws_lb".
 */
export function resourceType(type: string): string {
  return type.replace(/^aws_alb(?=_|$)/, "aws_lb");
}

/** Whether the ARN of a resource is that of an object which may be another account's: an argument, or the topic subscribed to. */
export function holdsArnOfOthers(type: string): boolean {
  return ofOthers.has(type);
}

/** Source: provider documentation of these resources. */
const ofOthers = new Set([
  "aws_cloudwatch_event_target",
  "aws_dynamodb_kinesis_streaming_destination",
  "aws_kinesis_stream_consumer",
  "aws_lakeformation_resource",
  "aws_notifications_channel_association",
  "aws_sns_topic_data_protection_policy",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
]);
