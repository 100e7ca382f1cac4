resource "aws_ecs_service" "api" {
  name             = "platform"
  cluster          = "shop"
  task_definition  = "shop-api"
  launch_type      = "FARGATE"
  platform_version = "LATEST"
}
