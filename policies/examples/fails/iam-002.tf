resource "aws_iam_policy" "all_of_ecr" {
  name = "all-of-ecr"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "ecr:*"
      Resource = "arn:aws:ecr:eu-west-1:111122223333:repository/shop/*"
    }]
  })
}
