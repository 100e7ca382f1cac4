/**
 * Actions that hand out data which a team keeps for itself, and that accept the ARN of what they read. Lists, names and
 * settings are no data.
 * Source: Service Authorization Reference.
 */
export const dataReadActions: readonly string[] = [
  "athena:GetQueryResults",
  "codecommit:GetBlob",
  "codecommit:GetFile",
  "codecommit:GitPull",
  "dynamodb:BatchGetItem",
  "dynamodb:GetItem",
  "dynamodb:GetRecords",
  "dynamodb:PartiQLSelect",
  "dynamodb:Query",
  "dynamodb:Scan",
  "ec2:GetConsoleScreenshot",
  "ec2:GetPasswordData",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "es:ESHttpGet",
  "kinesis:GetRecords",
  "kms:Decrypt",
  "lambda:GetFunction",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "rds-data:ExecuteStatement",
  "redshift-data:GetStatementResult",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "secretsmanager:GetSecretValue",
  "sqs:ReceiveMessage",
  "ssm:GetParameter",
  "ssm:GetParameterHistory",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
];

/** What these actions read, of services which the table of actions does not have. Source: Service Authorization Reference. */
export const dataFormats: Readonly<Record<string, readonly string[]>> = {
  athena: ["athena:*:*:workgroup/*"],
  codecommit: ["codecommit:*:*:*"],
  dynamodb: ["dynamodb:*:*:table/*"],
  es: ["es:*:*:domain/*"],
  kinesis: ["kinesis:*:*:stream/*"],
  "rds-data": ["rds:*:*:cluster:*"],
  "redshift-data": ["redshift:*:*:cluster:*"],
  sqs: ["sqs:*:*:*"],
};
