resource "aws_iam_policy" "pull_of_ecr" {
  name = "pull-of-ecr"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Resource = "arn:aws:ecr:eu-west-1:111122223333:repository/shop/*"
    }]
  })
}
