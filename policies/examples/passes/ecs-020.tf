resource "aws_ecs_service" "api" {
  name            = "exec"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "FARGATE"

  enable_execute_command = false
}
