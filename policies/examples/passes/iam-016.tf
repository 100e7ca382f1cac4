resource "aws_iam_role" "api" {
  name = "reads-orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders" {
  name = "orders"
  role = aws_iam_role.api.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem", "dynamodb:Query"]
      Resource = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }]
  })
}

resource "aws_ecs_task_definition" "api" {
  family        = "reads-orders"
  task_role_arn = aws_iam_role.api.arn

  container_definitions = jsonencode([
    { name = "api", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1.4.2", memory = 256 },
  ])
}
