resource "aws_ecs_service" "api" {
  name            = "launch"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "EC2"
}
