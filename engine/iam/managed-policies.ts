import { type PolicyDocument, readPolicyDocument } from "../model/policy-document.ts";
import { Unknown } from "../plan/unknown.ts";

const logs = { Effect: "Allow", Action: "logs:*", Resource: "*" };

/**
 * Policies of AWS, as far as they matter: what they allow or more, and nothing of another service.
 * Source: AWS Managed Policy Reference Guide.
 */
const documents: Readonly<Record<string, readonly unknown[]>> = {
  AdministratorAccess: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  PowerUserAccess: [{ Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" }],
  AmazonEC2ContainerRegistryFullAccess: [{ Effect: "Allow", Action: "ecr:*", Resource: "*" }],
  "service-role/AWSLambdaBasicExecutionRole": [logs],
  "service-role/AWSLambdaVPCAccessExecutionRole": [logs, { Effect: "Allow", Action: "ec2:*", Resource: "*" }],
  "service-role/AWSLambdaSQSQueueExecutionRole": [logs, { Effect: "Allow", Action: "sqs:*", Resource: "*" }],
  "service-role/AWSLambdaDynamoDBExecutionRole": [logs, { Effect: "Allow", Action: "dynamodb:*", Resource: "*" }],
  "service-role/AWSLambdaKinesisExecutionRole": [logs, { Effect: "Allow", Action: "kinesis:*", Resource: "*" }],
  AWSXRayDaemonWriteAccess: [{ Effect: "Allow", Action: "xray:*", Resource: "*" }],
  AWSXrayWriteOnlyAccess: [{ Effect: "Allow", Action: "xray:*", Resource: "*" }],
  CloudWatchLambdaInsightsExecutionRolePolicy: [logs],
};

/** The document of a policy that AWS manages, by its ARN; null where it is none that is known here. */
export function managedPolicyDocument(arn: string): PolicyDocument | null {
  const name = /^arn:[a-z-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const statements = name !== undefined && Object.hasOwn(documents, name) ? documents[name] : undefined;
  if (statements === undefined) return null;
  const document = readPolicyDocument({ Statement: statements }, arn);
  return document instanceof Unknown ? null : document;
}
