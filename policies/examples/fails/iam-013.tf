resource "aws_iam_policy" "shell_anywhere" {
  name = "shell-anywhere"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "ecs:ExecuteCommand"
      Resource = "*"
    }]
  })
}
