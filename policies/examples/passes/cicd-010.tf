# The rule, its target, the permission and the rights of the role: nothing of the chain is missing.
resource "aws_iam_role" "rescan" {
  name = "ecr-rescan"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "rescan" {
  role = aws_iam_role.rescan.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ecr:StartImageScan", "ecr:DescribeImages"]
      Resource = "arn:aws:ecr:eu-west-1:111122223333:repository/*"
    }]
  })
}

resource "aws_lambda_function" "rescan" {
  function_name = "ecr-rescan"
  role          = aws_iam_role.rescan.arn
  runtime       = "nodejs20.x"
  handler       = "index.handler"
  s3_bucket     = "acme-functions"
  s3_key        = "ecr-rescan.zip"
}

resource "aws_cloudwatch_event_rule" "rescan" {
  name                = "ecr-rescan"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "rescan" {
  rule = aws_cloudwatch_event_rule.rescan.name
  arn  = aws_lambda_function.rescan.arn
}

resource "aws_lambda_permission" "rescan" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.rescan.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.rescan.arn
}
