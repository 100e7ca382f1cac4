resource "aws_cloudwatch_log_group" "api" {
  name              = "/ecs/logs-api"
  retention_in_days = 365
}

resource "aws_ecs_task_definition" "api" {
  family = "logs-api"
  container_definitions = jsonencode([{
    name             = "api"
    image            = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api:3f9c2ab"
    logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = aws_cloudwatch_log_group.api.name, "awslogs-region" = "eu-west-1", "awslogs-stream-prefix" = "api" } }
  }])
}
