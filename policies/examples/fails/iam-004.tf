resource "aws_iam_policy" "deploy_everything" {
  name = "deploy-everything"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ecs:UpdateService"]
      Resource = "*"
    }]
  })
}
