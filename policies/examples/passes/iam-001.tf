resource "aws_iam_policy" "reading_events" {
  name = "reading-events"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["events:DescribeRule"]
      Resource = "arn:aws:events:eu-west-1:111122223333:rule/shop-*"
    }]
  })
}
