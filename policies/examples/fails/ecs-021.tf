resource "aws_ecs_cluster" "recorded" {
  name = "recorded"

  configuration {
    execute_command_configuration {
      logging = "NONE"
    }
  }
}

resource "aws_ecs_service" "api" {
  name                   = "recorded"
  cluster                = aws_ecs_cluster.recorded.name
  task_definition        = "shop-api"
  launch_type            = "FARGATE"
  enable_execute_command = true
}
