resource "aws_iam_policy" "deploy_shop" {
  name = "deploy-shop"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ecs:UpdateService"]
      Resource = "arn:aws:ecs:eu-west-1:111122223333:service/shop/api"
    }]
  })
}
