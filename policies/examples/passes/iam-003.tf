resource "aws_iam_policy" "some_of_sqs" {
  name = "some-of-sqs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = "arn:aws:sqs:eu-west-1:111122223333:orders"
    }]
  })
}
