resource "aws_iam_policy" "shell_in_test" {
  name = "shell-in-test"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "ecs:ExecuteCommand"
      Resource  = "*"
      Condition = { ArnEquals = { "ecs:cluster" = "arn:aws:ecs:eu-west-1:111122223333:cluster/test" } }
    }]
  })
}
