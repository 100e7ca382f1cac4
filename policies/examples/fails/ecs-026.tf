# Judged where the team sets the parameter enabled.
resource "aws_ecs_service" "api" {
  name            = "deployed"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "FARGATE"
}
