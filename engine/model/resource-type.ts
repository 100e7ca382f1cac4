/**
 * The name of a type, where the provider has two: `aws_alb` is the older name of `aws_lb`, with the same attributes, and so
 * are the types of its listeners and target groups. Source: provider documentation, "Resource: aws_lb".
 */
export function resourceType(type: string): string {
  return type.replace(/^aws_alb(?=_|$)/, "aws_lb");
}
