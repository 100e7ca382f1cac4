resource "aws_ecs_service" "api" {
  name            = "default-group"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "FARGATE"

  network_configuration {
    subnets = ["subnet-0123456789abcdef0"]
  }
}
